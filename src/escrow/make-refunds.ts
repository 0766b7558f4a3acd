import { one } from '../money/rational.ts';
import { assertInvariant, isCodedError } from '../platform/errors.ts';
import { type CollectionPorts, loadEscrow } from './collect.ts';
import { endsOf } from './evolve-chargebacks.ts';
import { isRefundFrozen } from './holdings.ts';
import type { MidRate, ProviderRefund, RateDesk, RefundOf } from './ports.ts';
import { isByBank } from './refund-ways.ts';
import { type EscrowContext, type EscrowOutcome, runEscrow } from './run.ts';
import {
  canRefund,
  type EscrowState,
  type FundedState,
  isFunded,
  type Refund,
  type RefundingState,
} from './state.ts';

export type RefundPorts = CollectionPorts & { readonly rates: RateDesk };

/**
 * Makes every refund of a trade that was asked for and that the provider does not have yet: values
 * it, which is the intent, asks the provider what exists, makes what does not, and records the
 * answer. Safe to repeat from any point. Stops at the first that can't be made now, but not at one that turns
 * out to go back by bank, which is said in the end.
 */
export async function makeRefunds(
  ports: RefundPorts,
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, context.tradeId);
  let outcome: EscrowOutcome = { kind: 'unchanged', state };
  // A refund waits for the end of a chargeback, which calls for it again. It does not wait for an inquiry's.
  // Blocked funds go nowhere until the block is lifted, which calls for it too.
  if (!canRefund(state) || (isFunded(state) && isRefundFrozen(state))) return outcome;
  if (state.block !== undefined) return outcome;
  let turned: EscrowOutcome | undefined;
  for (const refund of state.refunds.toSorted(byBankLast)) {
    if (!TO_BE_MADE.includes(refund.status)) continue;
    outcome = await makeRefund(ports, { context, state, refund });
    if (isTurned(outcome, refund)) turned = outcome;
    else if (outcome.kind === 'too_early' || outcome.kind === 'rejected') return outcome;
  }
  return turned ?? outcome;
}

/** Asked for, or on the buyer's cash balance at the provider, from where it goes to the buyer's bank. */
const TO_BE_MADE: readonly Refund['status'][] = ['requested', 'valued', 'credited'];

/** A refund by bank waits for a person, and holds up none of the others. */
const byBankLast = (left: Refund, right: Refund): number =>
  Number(isByBank(left)) - Number(isByBank(right));

/** Whether the refund has become one by bank right now. */
const isTurned = ({ kind, state }: EscrowOutcome, refund: Refund): boolean =>
  kind === 'rejected' && !isByBank(refund) && isValuedByBank(state, refund);

const isValuedByBank = (state: EscrowState, { refundId }: Refund): boolean =>
  canRefund(state) &&
  state.refunds.some(
    (refund) => refund.refundId === refundId && refund.status === 'valued' && isByBank(refund),
  );

type Making = {
  readonly context: EscrowContext;
  readonly state: RefundingState;
  readonly refund: Refund;
};

async function makeRefund(ports: RefundPorts, making: Making): Promise<EscrowOutcome> {
  const { context, state, refund } = making;
  const { refundId, attempt } = refund;
  const { tradeId, cause } = context;
  const valued = await runEscrow(
    ports,
    { tradeId, cause: `${cause}/${refundId}` },
    {
      type: 'ValueRefund',
      refundId,
      mid: isFunded(state) ? await midRate(ports, state) : SAME_CURRENCY,
      at: ports.now().toISOString(),
    },
  );
  if (!isReady(valued, { refundId, attempt })) return valued;
  if (isByBank(refund)) return byBank(valued, refund);
  const made = await refundOnce(ports, making);
  return 'afterChargebacks' in made
    ? turn(ports, making, made.afterChargebacks)
    : recordProviderRefund(ports, tradeId, made);
}

/** True where the refund is valued, or lies on the cash balance, and may be made; it may have been called off meanwhile, or blocked. */
function isReady(
  { kind, state }: EscrowOutcome,
  { refundId, attempt }: Pick<Refund, 'refundId' | 'attempt'>,
): boolean {
  if (kind === 'too_early' || kind === 'rejected' || !canRefund(state)) return false;
  if (state.block !== undefined) return false;
  return state.refunds.some(
    (refund) =>
      refund.refundId === refundId &&
      refund.attempt === attempt &&
      (refund.status === 'valued' || refund.status === 'credited'),
  );
}

/** What came by bank goes back by bank, and what the provider does not give back: finance pays it and says so, as a movement. */
const byBank = ({ state }: EscrowOutcome, { refundId }: Refund): EscrowOutcome => ({
  kind: 'rejected',
  state,
  code: 'refund.by_bank',
  detail: `${refundId} is to be paid from the segregated account, and recorded as refund_paid.`,
});

/** What the provider refuses to give back of a disputed charge goes back by bank, once no chargeback is open. */
async function turn(
  ports: RefundPorts,
  { context, refund }: Making,
  afterChargebacks: number,
): Promise<EscrowOutcome> {
  const { tradeId, cause } = context;
  const { refundId } = refund;
  const outcome = await runEscrow(
    ports,
    { tradeId, cause: `${cause}/${refundId}/bank` },
    { type: 'TurnRefundToBank', refundId, afterChargebacks, at: ports.now().toISOString() },
  );
  return isValuedByBank(outcome.state, refund) ? byBank(outcome, refund) : outcome;
}

/** What the provider has of a refund; or how many chargebacks had ended where it refuses a disputed charge. */
type Answer = ProviderRefund | { readonly afterChargebacks: number };

/**
 * Asks for the refund and makes it only where there is none. A provider repeats a refusal under the same key, so each
 * chargeback that has ended allows another one. They are tried in their order, and each only once those before
 * it were refused: a slow worker that knows of fewer ends can make nothing beside what was made.
 */
async function refundOnce(
  { payments }: RefundPorts,
  { context: { tradeId }, state, refund }: Making,
): Promise<Answer> {
  const of = sourceOf(state, refund);
  const { refundId, attempt, amount } = refund;
  const found = await payments.findRefund({ ...of, refundId, attempt });
  if (found !== undefined) return found;
  const ended = isFunded(state) ? endsOf(state.chargebacks) : 0;
  const request = { ...of, tradeId, refundId, attempt, amount };
  for (let afterChargebacks = 0; afterChargebacks <= ended; afterChargebacks += 1) {
    try {
      return await payments.refund({ ...request, afterChargebacks });
    } catch (error) {
      if (!isCodedError(error) || error.code !== 'stripe.charge_disputed') throw error;
    }
  }
  return { afterChargebacks: ended };
}

function sourceOf(state: RefundingState, { from, refundId, creditedBy }: Refund): RefundOf {
  const paymentIntentId = isFunded(state) ? state.payment.paymentIntentId : state.paymentIntentId;
  const isCash = creditedBy !== undefined || from === 'cash_balance';
  if (isCash && paymentIntentId !== null) return { unusedOf: paymentIntentId };
  assertInvariant(
    isFunded(state) && from === 'charge',
    'escrow.refund_without_charge',
    `${refundId} is of a charge that the trade does not have.`,
  );
  return { chargeId: (state as FundedState).payment.chargeId };
}

const SAME_CURRENCY: MidRate = { rate: one, rateDate: null };

/** A currency is worth itself; between two the latest mid rate says. */
export async function midRate(
  { rates }: Pick<RefundPorts, 'rates'>,
  { terms, payment }: Pick<FundedState, 'terms' | 'payment'>,
  buy = payment.received.currency,
): Promise<MidRate> {
  const sell = terms.amount.currency;
  return sell === buy ? SAME_CURRENCY : rates.mid({ sell, buy });
}

/**
 * Records what the provider says of a refund now. The same fact is one cause, from wherever it
 * reaches us.
 */
export const recordProviderRefund = (
  ports: Pick<RefundPorts, 'store' | 'now'>,
  tradeId: string,
  refund: ProviderRefund,
): Promise<EscrowOutcome> =>
  runEscrow(
    ports,
    { tradeId, cause: `refund#${refund.providerRefundId}#${refund.status}` },
    { type: 'RecordRefund', refund, at: ports.now().toISOString() },
  );

/** Asks the provider about a refund that it has not confirmed in time. */
export async function confirmRefund(
  ports: RefundPorts,
  { tradeId, refundId }: { readonly tradeId: string; readonly refundId: string },
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, tradeId);
  const refund = canRefund(state)
    ? state.refunds.find((each) => each.refundId === refundId)
    : undefined;
  if (refund?.status !== 'submitted' || refund.providerRefundId === null) {
    return { kind: 'unchanged', state };
  }
  return recordProviderRefund(
    ports,
    tradeId,
    await ports.payments.getRefund(refund.providerRefundId),
  );
}
