import type { BreakEvent } from '../../events/reconciliation/index.ts';
import type { WriteOffProposed } from '../../events/reconciliation/write-off-proposed.v1.ts';
import { type Money, subtract } from '../money/money.ts';
import { type Decision, decided, rejected } from '../platform/decision.ts';
import type { BreakCommandOf } from './break-commands.ts';
import type { BreakFacts, BreakState } from './break-state.ts';
import { isItemRec, itemRecs, type RecId } from './recs.ts';
import { isTolerated } from './tolerance.ts';

type Verdict = Decision<BreakEvent>;
type Match = BreakCommandOf<'MatchByHand'>;
type Unresolved = Extract<BreakState, { status: 'open' | 'write_off_proposed' }>;
type Totals = { readonly expected: Money; readonly found: Money };

/**
 * A person may join what the passes could not, but not across currencies, and with another amount only
 * where an account takes the difference: within what its rec tolerates there, or within what one person
 * may write off; above that it waits for a second person.
 */
export function matchByHand(command: Match, { facts }: Unresolved): Verdict {
  const { left, right, leftTotal, rightTotal, by, reason, at } = command;
  if (leftTotal === null || rightTotal === null) {
    const detail = 'Every item must be there, open and named once, and each side in one currency.';
    return rejected('break.items_not_open', detail);
  }
  const { currency } = facts.difference;
  if (leftTotal.currency !== currency || rightTotal.currency !== currency) {
    return rejected('break.currency_mismatch', `This break is in ${currency}.`);
  }
  if (!isComplete(facts, command)) {
    return rejected('break.items_missing', 'Both sides need items, with all that the break names.');
  }
  if (leftTotal.amountMinor !== rightTotal.amountMinor) {
    return matchWithDifference(command, facts, { expected: leftTotal, found: rightTotal });
  }
  return decided({
    ...{ type: 'BreakMatched', version: 1, breakId: facts.breakId },
    ...{ left: [...left], right: [...right], amount: leftTotal },
    ...{ by, reason: reason.trim(), at },
  });
}

/** Of several candidates a person chooses; of whatever else all items are one movement. */
function isComplete({ breakType, ...facts }: BreakFacts, { left, right }: Match): boolean {
  if (left.length === 0 || right.length === 0) return false;
  const own = [...facts.left, ...facts.right];
  const named = own.filter((id) => left.includes(id) || right.includes(id));
  return breakType === 'duplicate' ? named.length > 0 : named.length === own.length;
}

function matchWithDifference(
  { left, right, accept, by, reason, at }: Match,
  { breakId, rec }: BreakFacts,
  { expected, found }: Totals,
): Verdict {
  if (accept === undefined) {
    const detail = 'Say which account takes the difference, or find what is missing.';
    return rejected('break.amounts_differ', detail);
  }
  const { against, limitMinor } = accept;
  const asset = assetOf(rec);
  if (asset === undefined || (against === '5000') !== (asset === '1100')) {
    return rejected('break.wrong_account', `A difference of this rec is not one of ${against}.`);
  }
  const amount = subtract(found, expected);
  const size = amount.amountMinor < 0n ? -amount.amountMinor : amount.amountMinor;
  const isSmall = isItemRec(rec) && isTolerated(itemRecs[rec].tolerances, against, amount);
  const step = { version: 1, breakId, by, reason: reason.trim(), at } as const;
  const chosen = { left: [...left], right: [...right] };
  if (size > limitMinor && !isSmall) {
    return decided({
      ...{ type: 'WriteOffProposed', amount, match: { ...chosen, expected, against } },
      ...step,
    });
  }
  return decided({
    ...{ type: 'BreakMatched', ...chosen, amount: expected },
    ...{ difference: { amount, asset, against }, ...step },
  });
}

/** A second person agrees to a match and what is given up with it; the record names both. */
export function approveMatch(
  { by, reason: approvalReason, at }: BreakCommandOf<'ApproveWriteOff'>,
  { facts, proposedBy, reason, amount }: Extract<BreakState, { status: 'write_off_proposed' }>,
  { left, right, expected, against }: NonNullable<WriteOffProposed['match']>,
): Verdict {
  const asset = assetOf(facts.rec) ?? '1200';
  return decided({
    ...{ type: 'BreakMatched', version: 1, breakId: facts.breakId, left, right, amount: expected },
    difference: { amount, asset, against },
    ...{ approvedBy: by, approvalReason: approvalReason.trim(), by: proposedBy, reason, at },
  });
}

/** Where the money is that both sides of a rec tell of; none for totals, batches and statements. */
const assetOf = (rec: RecId): '1100' | '1200' | undefined =>
  rec === 'A' ? '1100' : ['C', 'D', 'E', 'G'].includes(rec) ? '1200' : undefined;
