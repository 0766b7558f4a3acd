import { openArchive } from '../../../src/process/paper-archive.ts';
import { paperFacts } from '../../../src/process/paper-facts.ts';
import { readTrade } from '../../../src/process/trade-view.ts';
import { tradeId } from '../../support/builders.ts';
import { askFor, type Desk, deskOf, linesIn } from '../../support/paper-desk.ts';
import { sampleBuyer, vaultOf } from '../../support/paper-facts.ts';
import { toldTrades } from '../../support/told-trades.ts';

const keysIn = ({ contents }: Desk): readonly string[] => [...contents.keys()].sort();
const issue = (n: number) => `issues/${tradeId}/${n}`;
const invoice = (n: number) => `papers/${tradeId}/${n}/commercial_invoice-de.pdf`;

describe('A paper that was issued', () => {
  it('is printed once, and kept under its issue beside what it was issued for', async () => {
    const desk = await deskOf();
    const first = await askFor(desk);
    expect(await askFor(desk)).toEqual(first);
    expect(desk.printed).toHaveLength(1);
    expect(keysIn(desk)).toEqual([issue(1), invoice(1)]);
  });

  it('stays as it was when the template changes; what was not issued is in the new one', async () => {
    const before = await deskOf({ template: 'Template 1' });
    const first = await askFor(before);
    const after = await deskOf({ template: 'Template 2', contents: before.contents });
    expect(await askFor(after)).toEqual(first);
    expect(after.printed).toEqual([]);
    expect(linesIn(await askFor(after, { language: 'en' }))[0]).toBe('Template 2');
  });

  it('stays even where no font would print it any more', async () => {
    const desk = await deskOf();
    const first = await askFor(desk);
    const ports = { ...desk.ports, unprintableIn: async () => ['ä'] };
    expect(await askFor({ ...desk, ports })).toEqual(first);
  });

  it('is one where many ask at once, and all of them get the same bytes', async () => {
    const desk = await deskOf();
    let printings = 0;
    const print = async () => {
      printings += 1;
      return Buffer.from(`printed as number ${printings}`);
    };
    const counting = { ...desk, ports: { ...desk.ports, print } };
    const opened = await Promise.all(Array.from({ length: 10 }, () => askFor(counting)));
    expect(new Set(opened.map((one) => linesIn(one).join())).size).toBe(1);
    expect(printings).toBeGreaterThan(1);
    expect(keysIn(desk)).toEqual([issue(1), invoice(1)]);
    expect(linesIn(await askFor(counting))).toEqual(linesIn(opened[0] as never));
  });

  it('has one number in all its languages, and with the packing list', async () => {
    const desk = await deskOf();
    for (const language of ['de', 'en', 'ko'])
      for (const type of ['commercial_invoice', 'packing_list'] as const)
        expect(await askFor(desk, { type, language })).toMatchObject({ issue: 1 });
    expect(desk.printed).toHaveLength(6);
    expect(keysIn(desk).filter((key) => key.startsWith('issues/'))).toHaveLength(1);
  });
});

describe('Papers of which the facts changed', () => {
  it('are another issue with a number of its own, beside the first, which stays', async () => {
    const before = await deskOf({ trade: toldTrades.funded });
    const first = await askFor(before);
    const kept = new Map(before.contents);
    const after = await deskOf({ trade: toldTrades.delivered, contents: before.contents });
    const second = await askFor(after);
    expect(second).toMatchObject({ kind: 'paper', issue: 2 });
    expect(linesIn(first)).toContain('PO-2026-000117');
    expect(linesIn(second)).toContain('PO-2026-000117/2');
    for (const [key, bytes] of kept) expect(after.contents.get(key)).toEqual(bytes);
    expect(keysIn(after)).toEqual([issue(1), issue(2), invoice(1), invoice(2)]);
  });

  it('are a third issue with another parcel', async () => {
    const { contents } = await issuedTwice();
    const third = await deskOf({ trade: toldTrades.inTwoParcels, contents });
    expect(await askFor(third)).toMatchObject({ issue: 3 });
  });

  it('are the first issue again, as it was printed, once the facts are as they were', async () => {
    const { first, contents } = await issuedTwice();
    const again = await deskOf({ trade: toldTrades.funded, template: 'Template 2', contents });
    expect(await askFor(again)).toEqual(first);
  });

  it('keep their number once the first papers have expired, and are printed anew under it', async () => {
    const { contents } = await issuedTwice();
    for (const n of [1, 2]) contents.delete(invoice(n));
    const desk = await deskOf({ contents });
    expect(await askFor(desk)).toMatchObject({ issue: 2 });
    expect(desk.printed.map(({ fields }) => fields[0]?.[1])).toEqual(['PO-2026-000117/2']);
  });

  it('have two numbers where old and new facts are asked for at once', async () => {
    const contents = new Map<string, Uint8Array>();
    const desks = await Promise.all(
      [toldTrades.funded, toldTrades.delivered].map((trade) => deskOf({ trade, contents })),
    );
    const asked = [...desks, ...desks, ...desks].map((desk) => askFor(desk));
    const issues = (await Promise.all(asked)).map((one) => 'issue' in one && one.issue);
    expect([...new Set(issues)].sort()).toEqual([1, 2]);
    expect([...contents.keys()].filter((key) => key.startsWith('issues/'))).toHaveLength(2);
  });

  it('are told by a corrected quantity, too', async () => {
    const { ports } = await deskOf();
    const history = await readTrade(ports.stores, { tradeId });
    if (history === undefined) throw new Error('There is no such trade.');
    const facts = await paperFacts(ports.vault, history);
    const { seller, buyer } = history.escrow.terms;
    const partyIds = [seller.partyId, buyer.partyId];
    const archive = await openArchive(ports, { tradeId, partyIds });
    const items = facts.items.map((item, at) => (at === 0 ? { ...item, quantity: 7 } : item));
    expect(await archive.issueOf(facts)).toBe(1);
    expect(await archive.issueOf({ ...facts, items })).toBe(2);
    expect(await archive.issueOf(structuredClone(facts))).toBe(1);
  });
});

async function issuedTwice() {
  const before = await deskOf({ trade: toldTrades.funded });
  const first = await askFor(before);
  await askFor(await deskOf({ contents: before.contents }));
  return { first, contents: before.contents };
}

describe('What is kept of papers', () => {
  it('is not readable without the keys of the vault', async () => {
    const desk = await deskOf();
    const opened = await askFor(desk);
    const held = [...desk.contents.values()].map((bytes) => Buffer.from(bytes).toString('utf8'));
    const words = linesIn(opened).filter((line) => line.length > 5);
    expect(words).toContain('Vogel Antriebstechnik GmbH');
    for (const text of [...held, ...desk.contents.keys()])
      expect(words.filter((word) => text.includes(word))).toEqual([]);
  });

  it.each([
    [issue(1), invoice(1)],
    [invoice(1), issue(1)],
  ])(
    'is an error where %s was changed, cut short or moved, and is not printed again',
    async (key, other) => {
      const desk = await deskOf();
      await askFor(desk);
      const whole = Buffer.from(desk.contents.get(key) ?? []);
      const harmed = Buffer.from(whole);
      harmed.writeUInt8(harmed.readUInt8(40) ^ 1, 40);
      for (const bytes of [harmed, whole.subarray(0, 20), desk.contents.get(other)]) {
        desk.contents.set(key, bytes ?? Buffer.from(''));
        await expect(askFor(desk)).rejects.toMatchObject({
          ...{ code: 'paper.unreadable', retryable: false, fields: { key } },
        });
        expect(Buffer.from(desk.contents.get(key) ?? [])).toEqual(Buffer.from(bytes ?? []));
      }
      expect(desk.printed).toHaveLength(1);
    },
  );

  it('is gone for whoever has the link once one party was erased, issued or not', async () => {
    const desk = await deskOf();
    await askFor(desk);
    const erased = await vaultOf(sampleBuyer, ['seller']);
    const after = await deskOf({ vault: erased, contents: desk.contents });
    expect(await askFor(after)).toMatchObject({
      ...{ kind: 'refused', status: 410, code: 'paper.party_erased' },
    });
    expect(after.printed).toEqual([]);
  });
});
