import type { BreakEvent, PayoutEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore, WorkEntry } from '../reconciliation/ports.ts';
import { isRefused } from '../settlement/payout-outcomes.ts';
import { loadPayout } from '../settlement/run.ts';

export type RefusedPaymentsPorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'reopenItems'>;
  readonly breaks: Pick<EventStore<BreakEvent>, 'load'>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
};

/** True of a bank's open line by which a payment that we named has left. */
const isDebit = ({ side, status, item }: StoredItem): boolean =>
  side === 'right' &&
  status === 'open' &&
  item.returned === undefined &&
  item.amountMinor < 0n &&
  item.keys.endToEndId !== undefined;

/** What the debit of the payment that an item names is expected under. */
const paymentOf = ({ item }: StoredItem): string => paymentId(item.keys.endToEndId ?? '');

/**
 * Which of the payments that are taken back are debited and pay their payout, though the bank had refused
 * them. Where the payout has gone on with another payment, the debit is a break.
 */
export async function debitedAfterAll(
  ports: Pick<RefusedPaymentsPorts, 'payouts'>,
  items: readonly StoredItem[],
  takenBack: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const debited = new Set(items.filter(isDebit).map(paymentOf));
  const payments = items.filter(({ item: { id } }) => takenBack.has(id) && debited.has(id));
  const found = await Promise.all(
    payments.map(async (one) => ((await isAwaited(ports, one)) ? [one.item.id] : [])),
  );
  return new Set(found.flat());
}

/** The payout waits for the payment, or goes on with it by now. */
async function isAwaited(
  { payouts }: Pick<RefusedPaymentsPorts, 'payouts'>,
  { about, item: { keys } }: StoredItem,
): Promise<boolean> {
  if (about?.payoutId === undefined) return false;
  const { endToEndId = '' } = keys;
  const { state } = await loadPayout({ store: payouts }, about.payoutId);
  const isCurrent = 'transferId' in state && state.transferId === endToEndId;
  return isCurrent || isRefused(state, endToEndId);
}

/**
 * A payment that the bank refused is debited all the same: its debit is expected again, and so settles
 * the payout as any other does. Where the payout has gone on without it, money has left twice: the line
 * is a break then, for a person. True where any was.
 */
export async function reopenRefused(
  ports: RefusedPaymentsPorts,
  lane: Lane,
  work: readonly WorkEntry[],
): Promise<boolean> {
  if (lane !== 'bank_out') return false;
  const looked = await ports.lanes.getItems(lane, [...new Set(work.map(({ itemId }) => itemId))]);
  const wanted = new Set(looked.filter(isDebit).map(paymentOf));
  if (wanted.size === 0) return false;
  const payments = await ports.lanes.getItems(lane, [...wanted]);
  const refused: StoredItem[] = [];
  for (const { withdrawn: _, ...payment } of payments) {
    if (await isTakenBack(ports, payment)) refused.push({ ...payment, breakId: null });
  }
  if (refused.length > 0) await ports.lanes.reopenItems(refused);
  return refused.length > 0;
}

/** Closed by the refusal and by no person, and the payout still waits with it. */
async function isTakenBack(
  { breaks, payouts }: RefusedPaymentsPorts,
  { status, breakId, about, item }: StoredItem,
): Promise<boolean> {
  const { payoutId } = about ?? {};
  if (status !== 'closed' || payoutId === undefined) return false;
  const { state } = await loadPayout({ store: payouts }, payoutId);
  if (!isRefused(state, item.keys.endToEndId ?? '')) return false;
  if (breakId === null) return true;
  const found = fold(breakEvolution, await breaks.load(breakStream(breakId)));
  return found.status === 'resolved' && found.resolution === 'cleared';
}
