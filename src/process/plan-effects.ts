import type { TreasuryEvent } from '../../events/index.ts';
import type { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import type { BankChargeLimits } from '../money/bank-charges.ts';
import { derivedId } from '../platform/ids.ts';
import type { Plan, StoredItem, StoredMatch } from '../reconciliation/plan.ts';
import type { RecId } from '../reconciliation/recs.ts';
import { paymentOf, shortReturn } from './short-return.ts';
import { type Find, startOf, suspensionsOf, transferReceived } from './suspense-effects.ts';

/** What a plan has the books do: movements of money at the bank, and what the bank says of payouts. */
export type Effects = {
  readonly movements: readonly TreasuryEvent[];
  readonly outcomes: readonly BankPayoutOutcome[];
};

/**
 * What follows from a plan, but for the lines that leave suspense, which are asked for first. Every movement and message has an id that follows from the items, so that
 * carrying a plan out again changes nothing.
 */
export function effectsOf(plan: Plan, find: Find, limits: BankChargeLimits): Effects {
  const movements: TreasuryEvent[] = [];
  const outcomes: BankPayoutOutcome[] = [];
  const settle = ({ left, right }: Sides, rec: RecId): void => {
    const date = dateOf(right, find);
    const occurredAt = instantOf(date, plan.at);
    for (const item of left.flatMap((id) => find(id) ?? [])) {
      if (rec === 'D') outcomes.push(...confirmed(item, date));
      if (rec === 'C') movements.push(...payoutReceived(item, occurredAt));
      if (rec === 'E') movements.push(...transferReceived(item, right, occurredAt));
    }
  };
  for (const match of plan.matches) {
    settle(match, match.rec);
    movements.push(...tolerated(match, instantOf(dateOf(match.right, find), plan.at)));
  }
  for (const end of plan.resolved) {
    // A line that nobody expected may be matched by hand with what another rec expects.
    settle(end, find(end.left[0] ?? '')?.rec ?? end.facts.rec);
    movements.push(...accepted(end, instantOf(dateOf(end.right, find), plan.at)));
  }
  const raised = plan.raise.filter(({ breakType }) => breakType === 'returned');
  const lines = [...raised.flatMap(({ right }) => right), ...(plan.cameBack ?? [])];
  outcomes.push(...lines.flatMap((id) => returned(find(id), { find, limits })));
  movements.push(...suspensionsOf(plan, find));
  return { movements, outcomes };
}

type Sides = Pick<StoredMatch, 'left' | 'right'>;

const dateOf = (right: readonly string[], find: Find): string =>
  right.flatMap((id) => find(id)?.item.date ?? []).sort()[0] ?? '';

/**
 * What is read late is of the day that its line names, though it is posted when it is written. What has no
 * line is of the moment in which it was decided.
 */
const instantOf = (date: string, at: string): string => (date === '' ? at : startOf(date));

/** The bank has debited a payment of ours. One that came back has its own entry by then. */
function confirmed({ item, about }: StoredItem, date: string): readonly BankPayoutOutcome[] {
  const { endToEndId } = item.keys;
  const payoutId = about?.payoutId;
  const isReturn = item.returned !== undefined;
  if (isReturn || endToEndId === undefined || payoutId === undefined || date === '') return [];
  const outcome = { kind: 'confirmed', bookedAt: startOf(date) } as const;
  return [outcomeOf(payoutId, endToEndId, outcome)];
}

/**
 * A payment came back. What the bank kept of it is the difference to what was paid; where that is more than
 * banks keep, the line is a person's, and nobody is told.
 */
function returned(
  line: StoredItem | undefined,
  { find, limits }: { readonly find: Find; readonly limits: BankChargeLimits },
): readonly BankPayoutOutcome[] {
  const { endToEndId } = line?.item.keys ?? {};
  const payment = paymentOf(line, find);
  const payoutId = payment?.about?.payoutId;
  if (line === undefined || endToEndId === undefined || payoutId === undefined) return [];
  if (shortReturn(limits, { line, payment }) !== undefined) return [];
  const { currency, amountMinor, date } = line.item;
  return [
    outcomeOf(payoutId, endToEndId, {
      ...{ kind: 'returned', returned: { currency, amountMinor } },
      ...{ code: reasonOf(line.item.returned), bookedAt: startOf(date) },
    }),
  ];
}

/** A bank's own words are no code. */
export const reasonOf = (reason: string | undefined): string =>
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
function payoutReceived({ item, about }: StoredItem, occurredAt: string): readonly TreasuryEvent[] {
  const { currency, amountMinor } = item;
  const movementId = about?.payoutId;
  if (movementId === undefined || amountMinor <= 0n) return [];
  const amount = { currency, amountMinor };
  return [{ type: 'PspPayoutReceived', version: 1, movementId, amount, occurredAt }];
}

/** What a person gave up with a match by hand. */
function accepted(
  { facts: { breakId }, left, right, difference }: Plan['resolved'][number],
  occurredAt: string,
): readonly TreasuryEvent[] {
  if (difference === undefined) return [];
  const { amount, asset, against: account } = difference;
  const movementId = derivedId('dif', breakId, left.join(' '), right.join(' '));
  return [
    {
      ...{ type: 'DifferenceTolerated', version: 1, movementId, amount, asset, account },
      ...{ breakId, occurredAt },
    },
  ];
}

const ASSET: Partial<Record<RecId, '1100' | '1200'>> = {
  ...{ A: '1100', C: '1200', D: '1200', E: '1200', G: '1200' },
};

/** What was tolerated has an account of its own for each reason, so that it can be seen. */
function tolerated(
  { matchId, rec, currency, difference }: StoredMatch,
  occurredAt: string,
): readonly TreasuryEvent[] {
  const asset = ASSET[rec];
  if (difference === undefined || asset === undefined) return [];
  const amount = { currency, amountMinor: difference.minor };
  return [
    {
      ...{ type: 'DifferenceTolerated', version: 1, movementId: matchId, amount, asset },
      ...{ account: difference.account, occurredAt },
    },
  ];
}
