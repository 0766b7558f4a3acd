import type { EscrowEvent } from '../../events/index.ts';
import { type Money, money, subtract, sum } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { dutyIdFor } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { isUnreleased } from './evolve-duties.ts';
import { isFrozen, undisputedMilestones } from './holdings.ts';
import { heldParts } from './refund-parts.ts';
import { type Duty, type EscrowState, type FundedState, isFunded } from './state.ts';
import { publicStatus } from './status.ts';

/** By which the duties that were estimated at checkout are known. */
const ESTIMATE = 'estimate';

/** Sets a part of what is held aside for duties, in proportion to what is left of each milestone. */
export function earmarkDuties(
  { dutyId, amount, at }: Omit<CommandOf<'EarmarkDuties'>, 'type'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  if (!isFunded(state)) return cannotEarmark(state);
  const known = state.duties.find((duty) => duty.dutyId === dutyId);
  if (known !== undefined) {
    return known.amount.amountMinor === amount.amountMinor
      ? nothing
      : rejected('duties.id_reused', `Another amount is set aside as ${dutyId}.`);
  }
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not held yet.');
  }
  const { currency } = state.terms.amount;
  const open = isFrozen(state) ? [] : undisputedMilestones(state);
  const left = sum(
    currency,
    open.map(({ remaining }) => remaining),
  );
  if (open.length === 0) return cannotEarmark(state);
  if (amount.currency !== currency || amount.amountMinor > left.amountMinor) {
    return rejected('duties.exceed_held', 'That much of this currency is not held any more.');
  }
  const { tradeId } = state.terms;
  const parts = [...heldParts(open, amount)];
  return decided({
    type: 'DutiesEarmarked',
    version: 1,
    ...{ tradeId, dutyId, amount, parts },
    earmarkedAt: at,
  });
}

/**
 * What the seller's duties are likely to be is set aside in the decision that makes the money held, so
 * that no release comes before it.
 */
export function earmarkAtOnce(state: FundedState, at: string): readonly EscrowEvent[] {
  const { tradeId, dutyEstimate } = state.terms;
  if (dutyEstimate === undefined || isFrozen(state)) return [];
  const dutyId = dutyIdFor(tradeId, ESTIMATE);
  const decision = earmarkDuties({ dutyId, amount: dutyEstimate, at }, state);
  return decision.kind === 'decided' ? decision.events : [];
}

const cannotEarmark = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_earmark_${publicStatus(state)}`,
    `Nothing can be set aside of a trade that is ${publicStatus(state)}.`,
  );

/**
 * The duties went out from the bank, as they were billed. Less than was set aside goes back to the
 * milestones that it came from, if they are not released yet; more is taken of what is held.
 */
export function recordDutiesPaid(
  { dutyId, billed, at }: CommandOf<'RecordDutiesPaid'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const duty = isFunded(state) ? state.duties.find((each) => each.dutyId === dutyId) : undefined;
  if (!isFunded(state) || duty === undefined) {
    return rejected('duties.not_found', 'No such duties were set aside.');
  }
  if (duty.paid) return nothing;
  const bill = billed ?? duty.amount;
  if (bill.currency !== duty.amount.currency) {
    return rejected('duties.currency_mismatch', 'The duties are in the currency of the trade.');
  }
  const beyond = bill.amountMinor - duty.amount.amountMinor;
  if (beyond < 0n) return payLess(state, duty, { bill, at });
  if (beyond > 0n) return payMore(state, duty, { more: money(bill.currency, beyond), at });
  return decided(paid(state, duty, at));
}

const paid = (
  { terms: { tradeId } }: FundedState,
  { dutyId, amount }: Pick<Duty, 'dutyId' | 'amount'>,
  at: string,
): EscrowEvent => ({ type: 'DutiesPaid', version: 1, ...{ tradeId, dutyId, amount, paidAt: at } });

function payLess(
  state: FundedState,
  duty: Duty,
  { bill, at }: { readonly bill: Money; readonly at: string },
): Decision<EscrowEvent> {
  const { tradeId } = state.terms;
  const { dutyId } = duty;
  const amount = subtract(duty.amount, bill);
  const from = duty.parts.map(({ milestoneId, held }) => ({ milestoneId, remaining: held }));
  const parts = [...heldParts(from, amount)];
  if (!isUnreleased(parts, state)) {
    return rejected(
      'duties.milestone_released',
      'The milestone that this was set aside of is released; pay what was set aside.',
    );
  }
  const released: EscrowEvent = {
    type: 'DutiesReleased',
    version: 1,
    ...{ tradeId, dutyId, amount, parts, releasedAt: at },
  };
  return bill.amountMinor === 0n
    ? decided(released)
    : decided(released, paid(state, { dutyId, amount: bill }, at));
}

/** What is billed beyond is duties of its own, set aside and paid in the same decision. */
function payMore(
  state: FundedState,
  duty: Duty,
  { more, at }: { readonly more: Money; readonly at: string },
): Decision<EscrowEvent> {
  const dutyId = dutyIdFor(state.terms.tradeId, `${duty.dutyId}/more`);
  const earmarked = earmarkDuties({ dutyId, amount: more, at }, state);
  return earmarked.kind === 'decided'
    ? decided(paid(state, duty, at), ...earmarked.events, paid(state, { dutyId, amount: more }, at))
    : earmarked;
}
