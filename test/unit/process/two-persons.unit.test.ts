import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';
import { byHand, credit, ownFunds, raisedOf, step, total } from './resolved-lines.ts';

/** What finance does with a line in suspense: it is the receipt of a trade. */
const identify = (desk: MatchingDesk, movementId: string) =>
  recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'ReceiptIdentified', version: 1, movementId, amount: total },
      ...{ tradeId: 'trd_1', occurredAt: '2026-06-29T10:00:00Z' },
    },
    { marketplaceId: 'mkt_1', cause: 'api#identify' },
  );

/** What finance does with money that it knows by another name than the line's: it suspends it, then identifies it. */
async function identifyAs(desk: MatchingDesk, movementId: string) {
  if (movementId === 'lin_1') return identify(desk, movementId);
  await recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'ReceiptSuspended', version: 1, movementId, amount: total },
      occurredAt: '2026-06-29T10:00:00Z',
    },
    { marketplaceId: 'mkt_1', cause: 'api#suspend' },
  );
  return identify(desk, movementId);
}

type Order = 'before' | 'after' | number;

/**
 * Two persons in the same second, and the matching after them, until nothing is left to look at. The one
 * who identifies the line calls it `name`.
 */
async function twoPersons(command: BreakCommand, order: Order, name = 'lin_1') {
  let act: () => Promise<unknown> = async () => undefined;
  const at = typeof order === 'number' ? order : 0;
  const desk = matchingDesk({ between: { at, act: () => act() } });
  await desk.lanes.addItems([ownFunds, credit('lin_1', 700n, { endToEndId: 'E2E-1' })]);
  await desk.run('bank_in');
  const setUp = desk.writes();
  const breakId = raisedOf(desk, 'lin_1');
  let identified = { kind: 'rejected' } as { readonly kind: string };
  act = async () => {
    identified = await identifyAs(desk, name);
  };
  if (order === 'before') await act();
  await desk.decide(breakId, command);
  if (order === 'after') await act();
  await desk.lanes.addWork('bank_in', ['lin_1', 'own_funds:TOP-1']);
  await desk.run('bank_in');
  // What is identified is expected under the name that it was given, once the queue has told.
  const isReceipt = identified.kind === 'appended';
  if (isReceipt) {
    const about = { tradeId: 'trd_1' };
    const moved = { kind: 'bank_movement', movement: 'receipt', reference: name } as const;
    await desk.lanes.addItems([
      expectationOf({ ...moved, amount: total, on: '2026-06-29' }, about),
    ]);
    await desk.run('bank_in');
  }
  return { desk, breakId, isReceipt, setUp, writes: desk.writes() };
}

describe('Two persons, of whom one identifies a line and the other resolves its break', () => {
  const sums = (desk: MatchingDesk) => {
    const legs = desk.journal().flatMap((entry) => entry.legs);
    return ['1200', '2000', '2900', '5500'].map((code) =>
      legs
        .filter(({ account }) => account === code)
        .reduce((minor, { amountMinor }) => minor + amountMinor, 0n),
    );
  };
  const commands = [
    [
      'writes it off',
      { type: 'WriteOff', limitMinor: 1_000n, ...step('bob') },
      [700n, 0n, 0n, -700n],
    ],
    ['sends it back', { type: 'SendBack', ...step('bob') }, [0n, 0n, 0n, 0n]],
    ['matches it', byHand('own_funds:TOP-1', 'lin_1', 'bob'), [0n, 0n, 0n, 0n]],
  ] as const;

  it.each(
    ['lin_1', 'E2E-1'].flatMap((name) =>
      commands.map(([what, command, booked]) => ({ name, what, command, booked })),
    ),
  )('book it once, whoever is first: as $name, and the other $what', async (told) => {
    const { name, command, booked } = told;
    const { setUp, writes } = await twoPersons(command, 0, name);
    const orders = Array.from({ length: writes - setUp }, (__, index) => setUp + index + 1);
    const winners = new Set<boolean>();
    for (const order of ['before', 'after', ...orders] as const) {
      const { desk, breakId, isReceipt } = await twoPersons(command, order, name);
      winners.add(isReceipt);
      expect([order, sums(desk)]).toEqual([order, isReceipt ? [700n, -700n, 0n, 0n] : booked]);
      const [line] = await desk.lanes.getItems('bank_in', ['lin_1']);
      expect(line?.status).toBe(isReceipt ? 'matched' : 'closed');
      const own = desk.breakEvents().filter((event) => event.breakId === breakId);
      if (isReceipt) expect(own.at(-1)?.type).toBe('BreakCleared');
      expect(await desk.lanes.getPlan('bank_in')).toBeUndefined();
      expect(await desk.lanes.listWork('bank_in', { today: '2026-06-29', limit: 1 })).toEqual([]);
    }
    expect(winners).toEqual(new Set([true, false]));
  });

  it('of the awaited item of the match that held for nothing, it is awaited on', async () => {
    const { desk } = await twoPersons(byHand('own_funds:TOP-1', 'lin_1', 'bob'), 'after');
    const [awaited] = await desk.lanes.getItems('bank_in', ['own_funds:TOP-1']);
    expect(awaited).toMatchObject({ status: 'open', matchId: null });
  });
});
