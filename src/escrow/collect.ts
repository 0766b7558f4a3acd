import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import { escrowEvolution } from './evolve.ts';
import type { PaymentProvider, ProviderPayment } from './ports.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';
import type { EscrowState } from './state.ts';

export type CollectionPorts = EscrowPorts & { readonly payments: PaymentProvider };

type UnpaidState = Extract<EscrowState, { status: 'awaiting_payment' | 'canceling' }>;

/** A trade's state as its stream has it now. */
export const loadEscrow = async (ports: EscrowPorts, tradeId: string): Promise<EscrowState> =>
  fold(escrowEvolution, await ports.store.load(escrowStream(tradeId)));

/**
 * The one payment intent of an unpaid trade: the recorded one, else the one the provider already
 * has under the trade's id, else a new one, which is recorded.
 */
export async function ensurePaymentIntent(
  ports: CollectionPorts,
  context: EscrowContext,
  state: UnpaidState,
): Promise<ProviderPayment> {
  if (state.paymentIntentId !== null) return ports.payments.get(state.paymentIntentId);
  const { tradeId, quote } = state.terms;
  const payment =
    (await ports.payments.findForTrade(tradeId)) ??
    (await ports.payments.create({ tradeId, amount: quote.sell }));
  await runEscrow(ports, context, {
    type: 'RecordPaymentRequest',
    paymentIntentId: payment.paymentIntentId,
  });
  return payment;
}

/** Records what the provider now says of a payment: paid, closed, or neither yet. */
export async function recordProviderPayment(
  ports: EscrowPorts,
  context: EscrowContext,
  provider: ProviderPayment,
): Promise<EscrowOutcome> {
  if (provider.status === 'canceled') {
    return runEscrow(ports, context, {
      type: 'RecordPaymentClosed',
      at: ports.now().toISOString(),
    });
  }
  if (provider.payment === null) {
    return { kind: 'unchanged', state: await loadEscrow(ports, context.tradeId) };
  }
  return runEscrow(ports, context, { type: 'RecordPayment', payment: provider.payment });
}

/**
 * Closes the payment of a trade whose cancellation is requested. The provider decides between the
 * cancellation and a payment that is already made; a trade whose intent was never recorded gets it
 * now, so that no open intent stays behind.
 */
export async function closePayment(
  ports: CollectionPorts,
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, context.tradeId);
  if (state.status !== 'canceling') return { kind: 'unchanged', state };
  const { paymentIntentId } = await ensurePaymentIntent(ports, context, state);
  const provider = await ports.payments.cancel(paymentIntentId);
  // Money that has come is recorded before anything else: a refusal alone would end the matter, and
  // nobody would ask again if this function died after it.
  if (provider.status === 'canceled' || provider.payment !== null) {
    return recordProviderPayment(ports, context, provider);
  }
  return runEscrow(ports, context, {
    type: 'RefuseCancellation',
    paymentStatus: provider.status,
  });
}
