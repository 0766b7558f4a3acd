import { FUNDS_BLOCKED } from '../settlement/decide-block.ts';
import type { PayoutState } from '../settlement/payout-state.ts';

/** Of a payout that is blocked: whoever reads it is not told why. */
export const ON_HOLD = 'payout.on_hold';

/** Why a payout was not made, as it is told outside. */
export const reasonOf = (code: string): string => (code === FUNDS_BLOCKED ? ON_HOLD : code);

/** A payout that failed or came back says why; one that waits or was kept says what of. */
export function presentPayout(payoutId: string, state: PayoutState) {
  if (state.status === 'not_requested') return { id: payoutId, status: state.status };
  if (!('terms' in state)) {
    const { milestoneId } = state.subject;
    return {
      id: payoutId,
      milestoneId,
      status: state.status,
      ...('parts' in state ? { parts: state.parts } : { paidThrough: state.carrierPayoutId }),
    };
  }
  const { rail, amount, milestoneId, attempt, parts, recovered, availableOn } = state.terms;
  return {
    id: payoutId,
    milestoneId,
    rail,
    status: state.status,
    amount,
    ...('transferId' in state ? { transferId: state.transferId } : {}),
    ...(state.status === 'requested' && availableOn !== undefined ? { availableOn } : {}),
    ...('code' in state ? { reason: reasonOf(state.code) } : {}),
    ...('refusal' in state ? { refusal: state.refusal } : {}),
    ...('reversed' in state ? { reversed: state.reversed } : {}),
    ...(attempt === undefined ? {} : { attempt }),
    ...(parts === undefined ? {} : { parts }),
    ...(recovered === undefined ? {} : { recovered }),
  };
}
