import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import { escrowEvolution } from './evolve.ts';
import type { PaymentProvider, ProviderPayment } from './ports.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';
import { type EscrowState, isFunded } from './state.ts';

export type CollectionPorts = EscrowPorts & { readonly payments: PaymentProvider };

type UnpaidState = Extract<EscrowState, { status: 'awaiting_payment' | 'canceling' }>;

/** A trade's state as its stream has it now. */
export const loadEscrow = async (
  { store }: { readonly store: Pick<EscrowPorts['store'], 'load'> },
  tradeId: string,
): Promise<EscrowState> => fold(escrowEvolution, await store.load(escrowStream(tradeId)));

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
  const { payment, transferred, status } = provider;
  const at = ports.now().toISOString();
  if (transferred === null) {
    if (status === 'canceled')
      return runEscrow(ports, context, { type: 'RecordPaymentClosed', at });
    if (payment !== null) return runEscrow(ports, context, { type: 'RecordPayment', payment });
    return { kind: 'unchanged', state: await loadEscrow(ports, context.tradeId) };
  }
  // Each further transfer is told by the same kind of event: the sum makes it another cause.
  const summed = { ...context, cause: `${context.cause}#${transferred.amountMinor}` };
  if (status === 'canceled') {
    return runEscrow(ports, summed, { type: 'RecordPaymentClosed', at, unused: transferred });
  }
  return payment === null
    ? runEscrow(ports, summed, { type: 'RecordTransfers', received: transferred, at })
    : runEscrow(ports, summed, { type: 'RecordPayment', payment, unused: transferred });
}

/**
 * Closes the payment of a trade that receipts have funded, so that nobody pays it twice. What was
 * transferred for it goes back.
 */
export async function closeUnneeded(
  ports: CollectionPorts,
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, context.tradeId);
  if (!isFunded(state) || state.payment.receiptIds === undefined) {
    return { kind: 'unchanged', state };
  }
  const open = await ports.payments.findForTrade(context.tradeId);
  if (open === undefined) return { kind: 'unchanged', state };
  const provider = await ports.payments.cancel(open.paymentIntentId);
  return recordProviderPayment(ports, context, provider);
}

/** Has the provider charge what receipts have not paid, once both together are the whole. */
export async function chargeRest(
  ports: CollectionPorts,
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, context.tradeId);
  if (state.status !== 'awaiting_payment' || state.rest === undefined) {
    return { kind: 'unchanged', state };
  }
  const { paymentIntentId } = await ensurePaymentIntent(ports, context, state);
  const provider = await ports.payments.lower(paymentIntentId, state.rest);
  return recordProviderPayment(ports, context, provider);
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
  const isHeldUp = state.status === 'canceling' && state.block !== undefined;
  if (state.status !== 'canceling' || isHeldUp) return { kind: 'unchanged', state };
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
