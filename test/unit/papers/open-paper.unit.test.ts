import { openPaper } from '../../../console/papers/open-paper.ts';
import { inMemoryPartyVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { type PaperName, paperToken } from '../../../src/process/paper-link.ts';
import { tradeId } from '../../support/builders.ts';
import { type Desk, deskOf, linesIn } from '../../support/paper-desk.ts';
import { sampleBuyer, vaultOf } from '../../support/paper-facts.ts';
import { linkKey } from '../../support/tracking-site.ts';

const name: PaperName = { tradeId, type: 'commercial_invoice', language: 'de' };

/** Opens the link that was given for an hour, at the beginning of it. */
async function open(
  desk: Promise<Desk>,
  { until = '2026-07-07T10:00:00.000Z', token = paperToken([linkKey], name, new Date(until)) } = {},
) {
  return openPaper((await desk).ports, token);
}

describe('A link to a paper', () => {
  it('opens it, with the people of the vault', async () => {
    const opened = await open(deskOf());
    expect(opened).toMatchObject({ kind: 'paper', name, issue: 1 });
    expect(linesIn(opened)).toEqual(
      expect.arrayContaining(['Handelsrechnung', 'Vogel Antriebstechnik GmbH']),
    );
  });

  it.each([
    ['that was never given', { token: 'x'.repeat(68) }, 404, 'paper.not_found'],
    ['that is over', { until: '2026-07-07T08:59:00.000Z' }, 410, 'paper.link_expired'],
    [
      'of another trade',
      {
        token: paperToken(
          [linkKey],
          { ...name, tradeId: `trd_${'0'.repeat(26)}` },
          new Date('2026-07-08'),
        ),
      },
      404,
      'paper.not_found',
    ],
    [
      'in a language that papers are not in',
      { token: paperToken([linkKey], { ...name, language: 'sv' }, new Date('2026-07-08')) },
      404,
      'paper.not_found',
    ],
  ])('%s opens nothing, and has nothing kept', async (_, changes, status, code) => {
    const desk = deskOf();
    expect(await open(desk, changes)).toMatchObject({ kind: 'refused', status, code });
    expect((await desk).contents.size).toBe(0);
  });

  it('opens nothing where the vault never had a party', async () => {
    const opened = await open(deskOf({ vault: inMemoryPartyVault() }));
    expect(opened).toMatchObject({ status: 410, code: 'paper.party_erased' });
  });

  it('opens it in any script of its languages', async () => {
    const vault = await vaultOf({ ...sampleBuyer, name: '王小明 / 김민수 / محمد / राम' });
    expect(await open(deskOf({ vault }))).toMatchObject({ kind: 'paper' });
  });

  it('opens nothing that would be printed as boxes, and names the characters', async () => {
    const desk = await deskOf({ vault: await vaultOf({ ...sampleBuyer, name: 'שלמה 𪚥' }) });
    expect(await open(Promise.resolve(desk))).toMatchObject({
      status: 409,
      code: 'paper.unprintable',
      detail: expect.stringMatching(/^No font has “ש” \(U\+05E9\), .*“𪚥” \(U\+2A6A5\)\.$/u),
    });
    expect([...desk.contents.keys()].filter((key) => key.endsWith('.pdf'))).toEqual([]);
  });

  it('fails where the vault fails', async () => {
    const failure = new Error('no vault');
    const vault = { ...inMemoryPartyVault(), get: () => Promise.reject(failure) };
    await expect(open(deskOf({ vault }))).rejects.toBe(failure);
  });
});
