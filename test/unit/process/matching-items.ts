import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { item } from '../reconciliation/items.ts';
import type { MatchingDesk } from './matching-desk.ts';

/** A payout by bank that our books expect, and the line by which the bank tells of it. */
export const payment = (ref: string, minor: bigint, date = '2026-06-26'): LaneItem => ({
  ...{ lane: 'bank_out', side: 'left', rec: 'D' },
  item: item(`payout_sent:${ref}`, -minor, { keys: { endToEndId: ref }, date }),
  about: { payoutId: `payout_${ref}`, tradeId: `trd_${ref}` },
});
export const debit = (id: string, ref: string, minor: bigint): LaneItem => ({
  ...{ lane: 'bank_out', side: 'right', rec: null },
  item: item(id, -minor, { keys: { endToEndId: ref } }),
});

/** What came in by the bank, and a provider’s payout that is expected there. */
export const credit = (
  id: string,
  minor: bigint,
  keys: LaneItem['item']['keys'] = {},
): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, minor, { keys }) },
});
export const announced = (id: string, minor: bigint): LaneItem => ({
  ...{ lane: 'bank_in', side: 'left', rec: 'C', about: { payoutId: id } },
  item: item(`provider_payout_announced:${id}`, minor, { keys: { payoutId: id } }),
});

/** What a run has left behind. */
export const breaksOf = (desk: MatchingDesk) => desk.breakEvents().map((event) => event.type);
export const raised = (desk: MatchingDesk) =>
  desk.breakEvents().flatMap((event) => (event.type === 'BreakRaised' ? [event] : []));
export const statusOf = (desk: MatchingDesk, id: string) =>
  desk.lanes.all().find((one) => one.item.id === id)?.status;
