import { type CollectionPorts, closePayment } from './collect.ts';
import { type EscrowContext, type EscrowOutcome, runEscrow } from './run.ts';

/**
 * Cancels an unpaid trade: records the intent, closes the payment at the provider, records the
 * answer. If the buyer has paid meanwhile, the payment stands and the answer is a rejection.
 */
export async function cancelTrade(
  ports: CollectionPorts,
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const requested = await runEscrow(ports, context, { type: 'RequestCancellation' });
  if (requested.state.status !== 'canceling') return requested;
  const closed = await closePayment(ports, context);
  if (closed.kind === 'too_early') return closed;
  if (closed.state.status === 'canceled' || closed.state.status === 'expired') return closed;
  return {
    kind: 'rejected',
    state: closed.state,
    code: 'trade.already_paid',
    detail: 'The buyer has paid or is paying; the payment can no longer be called off.',
  };
}
