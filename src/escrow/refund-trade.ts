import type { Money } from '../money/money.ts';
import { refundIdFor } from '../platform/ids.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';

/**
 * The marketplace gives the buyer money back. The refund's id follows from the request's idempotency
 * key, so that the same request again is the same refund. It is made by a worker.
 */
export const refundTrade = (
  ports: EscrowPorts,
  context: EscrowContext,
  { idempotencyKey, amount }: { readonly idempotencyKey: string; readonly amount: Money },
): Promise<EscrowOutcome> =>
  runEscrow(ports, context, {
    type: 'RequestRefund',
    refundId: refundIdFor(context.tradeId, idempotencyKey),
    amount,
    reason: 'marketplace',
    at: ports.now().toISOString(),
  });

/** The marketplace has a failed refund tried anew. */
export const retryRefundOf = (
  ports: EscrowPorts,
  context: EscrowContext,
  { refundId }: { readonly refundId: string },
): Promise<EscrowOutcome> =>
  runEscrow(ports, context, { type: 'RetryRefund', refundId, at: ports.now().toISOString() });
