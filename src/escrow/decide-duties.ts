import type { EscrowEvent } from '../../events/index.ts';
import { sum } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { dutyIdFor } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { isFrozen, undisputedMilestones } from './holdings.ts';
import { heldParts } from './refund-parts.ts';
import { type EscrowState, type FundedState, isFunded } from './state.ts';
import { publicStatus } from './status.ts';

/** By which the duties that were estimated at checkout are known. */
const ESTIMATE = 'estimate';

/** Sets a part of what is held aside for duties, in proportion to what is left of each milestone. */
export function earmarkDuties(
  { dutyId, amount, at }: CommandOf<'EarmarkDuties'>,
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
  const decision = earmarkDuties(
    { type: 'EarmarkDuties', dutyId, amount: dutyEstimate, at },
    state,
  );
  return decision.kind === 'decided' ? decision.events : [];
}

const cannotEarmark = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_earmark_${publicStatus(state)}`,
    `Nothing can be set aside of a trade that is ${publicStatus(state)}.`,
  );

/** The duties went out from the bank. */
export function recordDutiesPaid(
  { dutyId, at }: CommandOf<'RecordDutiesPaid'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const duty = isFunded(state) ? state.duties.find((each) => each.dutyId === dutyId) : undefined;
  if (!isFunded(state) || duty === undefined) {
    return rejected('duties.not_found', 'No such duties were set aside.');
  }
  if (duty.paid) return nothing;
  const { tradeId } = state.terms;
  return decided({
    type: 'DutiesPaid',
    version: 1,
    ...{ tradeId, dutyId, amount: duty.amount, paidAt: at },
  });
}
