import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { item } from '../reconciliation/items.ts';
import type { MatchingDesk } from './matching-desk.ts';

/** A provider’s payout that is expected, a credit of the bank, and money of our own that is on its way. */
export const announced: LaneItem = {
  ...{ lane: 'bank_in', side: 'left', rec: 'C', about: { payoutId: 'po_1' } },
  item: item('provider_payout_announced:po_1', 700n, { keys: { payoutId: 'po_1' } }),
};
export const credit = (
  id: string,
  minor = 700n,
  keys: LaneItem['item']['keys'] = {},
): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, minor, { keys }) },
});
export const ownFunds: LaneItem = {
  ...{ lane: 'bank_in', side: 'left', rec: 'E' },
  item: item('own_funds:TOP-1', 700n, { keys: { endToEndId: 'TOP-1' } }),
};

/** The break that an item is in. */
export const raisedOf = (desk: MatchingDesk, itemId: string) => {
  const found = desk
    .breakEvents()
    .find(
      (event) => event.type === 'BreakRaised' && event.right.concat(event.left).includes(itemId),
    );
  if (found === undefined) throw new Error(`${itemId} is in no break.`);
  return found.breakId;
};
/** What a person says to whatever is done about a break. */
export const step = (by = 'ann') => ({
  by,
  reason: 'Same day, same amount.',
  at: '2026-06-29T10:00:00Z',
});
export const total = { currency: 'EUR', amountMinor: 700n } as const;
export const byHand = (left: string, right: string, by?: string): BreakCommand => ({
  ...{ type: 'MatchByHand', left: [left], right: [right], leftTotal: total, rightTotal: total },
  ...step(by),
});

/** What the journal has on the bank account, and in suspense. */
export const balances = (desk: MatchingDesk) => {
  const sum = (code: string) =>
    desk
      .journal()
      .flatMap(({ legs }) => legs)
      .filter(({ account }) => account === code)
      .reduce((minor, { amountMinor }) => minor + amountMinor, 0n);
  return { bank: sum('1200'), suspense: sum('2900') };
};

/** How often an item has been used: by a match, or by what a person did about its break. */
export const uses = (desk: MatchingDesk, itemId: string): number => {
  const matched = desk.matches.filter(({ left, right }) => [...left, ...right].includes(itemId));
  const reopened = new Set(
    desk.breakEvents().flatMap((event) => (event.type === 'BreakReopened' ? [event.breakId] : [])),
  );
  const ended = desk.breakEvents().filter((event) => {
    if (event.type === 'BreakMatched') {
      return [...event.left, ...event.right].includes(itemId) && !reopened.has(event.breakId);
    }
    const ends = event.type === 'BreakWrittenOff' || event.type === 'BreakSentBack';
    return ends && event.breakId === raisedOf(desk, itemId);
  });
  return new Set(matched.map(({ matchId }) => matchId)).size + ended.length;
};
