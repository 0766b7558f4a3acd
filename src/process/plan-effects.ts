import type { TreasuryEvent } from '../../events/index.ts';
import type { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import type { Plan, StoredItem, StoredMatch } from '../reconciliation/plan.ts';
import type { RecId } from '../reconciliation/recs.ts';

/** What a plan has the books do: movements of money at the bank, and what the bank says of payouts. */
export type Effects = {
  readonly movements: readonly TreasuryEvent[];
  readonly outcomes: readonly BankPayoutOutcome[];
};

/** An item by its id, among all that the plan is about. */
type Find = (itemId: string) => StoredItem | undefined;

/**
 * What follows from a plan. Every movement and message has an id that follows from the items, so that
 * carrying a plan out again changes nothing.
 */
export function effectsOf(plan: Plan, find: Find): Effects {
  const movements: TreasuryEvent[] = [];
  const outcomes: BankPayoutOutcome[] = [];
  const settle = (rec: RecId, left: readonly string[], date: string): void => {
    for (const item of left.flatMap((id) => find(id) ?? [])) {
      if (rec === 'D') outcomes.push(...confirmed(item, date));
      if (rec === 'C') movements.push(...payoutReceived(item, plan.at));
    }
  };
  for (const match of plan.matches) {
    settle(match.rec, match.left, dateOf(match.right, find));
    movements.push(...tolerated(match, plan.at));
  }
  for (const { facts, left, right, resolution } of plan.resolved) {
    // A line that nobody expected may be matched by hand with what another rec expects.
    settle(find(left[0] ?? '')?.rec ?? facts.rec, left, dateOf(right, find));
    if (resolution === 'sent_back') movements.push(...released(right, 'sent_back', plan, find));
    if (resolution === 'matched' && facts.rec === 'E') {
      movements.push(...released(facts.right, 'matched', plan, find));
    }
  }
  for (const { rec, breakType, left, right } of plan.raise) {
    if (breakType === 'returned') outcomes.push(...right.flatMap((id) => returned(find(id), find)));
    if (rec === 'E' && left.length === 0) movements.push(...suspended(right, plan.at, find));
  }
  // What lay in suspense and was a payout of the provider's is booked as that, and only as that.
  const receipts = plan.matches.filter(({ rec }) => rec === 'C').flatMap(({ right }) => right);
  const held = receipts.filter((id) => find(id)?.breakId != null);
  movements.push(...released(held, 'matched', plan, find));
  return { movements, outcomes };
}

const dateOf = (right: readonly string[], find: Find): string =>
  right.flatMap((id) => find(id)?.item.date ?? []).sort()[0] ?? '';

/** The bank has debited a payment of ours. One that came back has its own entry by then. */
function confirmed({ item, about }: StoredItem, date: string): readonly BankPayoutOutcome[] {
  const { endToEndId } = item.keys;
  const payoutId = about?.payoutId;
  const isReturn = item.returned !== undefined;
  if (isReturn || endToEndId === undefined || payoutId === undefined || date === '') return [];
  const outcome = { kind: 'confirmed', bookedAt: `${date}T00:00:00Z` } as const;
  return [outcomeOf(payoutId, endToEndId, outcome)];
}

/** A payment came back. What the bank kept of it is the difference to what was paid. */
function returned(line: StoredItem | undefined, find: Find): readonly BankPayoutOutcome[] {
  const { endToEndId } = line?.item.keys ?? {};
  const payoutId = find(`payout_sent:${endToEndId}`)?.about?.payoutId;
  if (line === undefined || endToEndId === undefined || payoutId === undefined) return [];
  const { currency, amountMinor, date } = line.item;
  return [
    outcomeOf(payoutId, endToEndId, {
      ...{ kind: 'returned', returned: { currency, amountMinor } },
      ...{ code: reasonOf(line.item.returned), bookedAt: `${date}T00:00:00Z` },
    }),
  ];
}

/** A bank's own words are no code. */
const reasonOf = (reason: string | undefined): string =>
  reason !== undefined && /^[A-Za-z0-9_.-]{1,64}$/.test(reason) ? reason : 'returned';

const outcomeOf = (
  payoutId: string,
  endToEndId: string,
  outcome: BankPayoutOutcome['outcome'],
): BankPayoutOutcome => ({
  ...{ kind: 'bank_payout_outcome', version: 1, payoutId, endToEndId, outcome },
  messageId: `statement#${outcome.kind}#${endToEndId}`,
});

/** A provider's payout has reached the bank, as the provider announced it. */
function payoutReceived({ item, about }: StoredItem, at: string): readonly TreasuryEvent[] {
  const { currency, amountMinor } = item;
  const movementId = about?.payoutId;
  if (movementId === undefined || amountMinor <= 0n) return [];
  const amount = { currency, amountMinor };
  return [{ type: 'PspPayoutReceived', version: 1, movementId, amount, occurredAt: at }];
}

/** Nobody expects it, so it is somebody's: it is owed under its own line until it is known whose. */
const suspended = (right: readonly string[], at: string, find: Find): readonly TreasuryEvent[] =>
  right.flatMap((movementId) => {
    const { currency, amountMinor } = find(movementId)?.item ?? { amountMinor: 0n };
    if (currency === undefined || amountMinor <= 0n) return [];
    const amount = { currency, amountMinor };
    return [{ type: 'ReceiptSuspended', version: 1, movementId, amount, occurredAt: at } as const];
  });

const released = (
  right: readonly string[],
  reason: 'matched' | 'sent_back',
  { at }: Plan,
  find: Find,
): readonly TreasuryEvent[] =>
  suspended(right, at, find).map(({ movementId, ...receipt }) => ({
    ...{ type: 'ReceiptReleased', version: 1, movementId, reason, occurredAt: at },
    amount: (receipt as Extract<TreasuryEvent, { type: 'ReceiptSuspended' }>).amount,
  }));

const ASSET: Partial<Record<RecId, '1100' | '1200' | '1400'>> = {
  ...{ A: '1100', C: '1200', D: '1200', E: '1200', G: '1400' },
};

/** What was tolerated has an account of its own for each reason, so that it can be seen. */
function tolerated(
  { matchId, rec, currency, difference }: StoredMatch,
  at: string,
): readonly TreasuryEvent[] {
  const asset = ASSET[rec];
  if (difference === undefined || asset === undefined) return [];
  const amount = { currency, amountMinor: difference.minor };
  return [
    {
      ...{ type: 'DifferenceTolerated', version: 1, movementId: matchId, amount, asset },
      ...{ account: difference.account, occurredAt: at },
    },
  ];
}
