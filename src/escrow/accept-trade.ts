import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';

/**
 * The marketplace says that the buyer accepts the goods. The evidence is the request itself: which
 * trade, when, and under which request id it was made.
 */
export function acceptTrade(
  ports: EscrowPorts,
  context: EscrowContext,
  { requestId }: { readonly requestId: string },
): Promise<EscrowOutcome> {
  const at = ports.now().toISOString();
  const evidence = { rule: 'buyer_accepted', tradeId: context.tradeId, requestId, at };
  return runEscrow(ports, context, {
    type: 'AcceptGoods',
    evidenceSha256: sha256Hex(canonicalJson(evidence)),
    evidence,
    at,
  });
}
