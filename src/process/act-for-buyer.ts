import * as z from 'zod/mini';
import { DisputeTrade } from '../../events/marketplace/dispute-trade.v1.ts';
import { acceptTrade } from '../escrow/accept-trade.ts';
import { disputeTrade } from '../escrow/dispute-trade.ts';
import type { EscrowContext, EscrowOutcome, EscrowPorts } from '../escrow/run.ts';
import { sha256Hex } from '../platform/ids.ts';
import type { LinkKeys } from './signature.ts';
import { type Confirmable, isConfirmation } from './tracking-link.ts';
import type { TrackingView } from './tracking-view.ts';
import type { TradeHistory } from './trade-view.ts';

/** What the buyer sends from a form, as the fields have it. */
export type BuyerForm = {
  readonly confirmation: string;
  readonly reason?: string | undefined;
  readonly parts: readonly string[];
};

/** `changed`: the form was made for another state of the trade, or too long ago. */
export type BuyerResult = 'done' | 'changed' | 'refused' | 'incomplete';

export type BuyerPorts = EscrowPorts & { readonly keys: LinkKeys };

const Dispute = z.pick(DisputeTrade, { reason: true, milestoneIds: true });

/**
 * Does what the buyer confirmed on the tracking page, by the same use cases as the marketplace's
 * API. The confirmation is the request: sent again, it has done what it did, and does no more.
 */
export async function actForBuyer(
  ports: BuyerPorts,
  { history, view }: { readonly history: TradeHistory; readonly view: TrackingView },
  { act, form }: { readonly act: Confirmable['act']; readonly form: BuyerForm },
): Promise<BuyerResult> {
  const { tradeId, version } = view;
  const requestId = `page_${sha256Hex(form.confirmation)}`;
  const context = { tradeId, cause: requestId };
  if (history.records.some(({ cause }) => cause.startsWith(`${requestId}/`))) return 'done';
  const confirmation = { value: form.confirmation, now: ports.now() };
  if (!isConfirmation(ports.keys, { act, tradeId, version }, confirmation)) return 'changed';
  if (act === 'accept') return resultOf(await acceptTrade(ports, context, { requestId }));
  return disputeForBuyer(ports, context, { view, form, requestId });
}

async function disputeForBuyer(
  ports: EscrowPorts,
  context: EscrowContext,
  {
    view,
    form,
    requestId,
  }: { readonly view: TrackingView; readonly form: BuyerForm; readonly requestId: string },
): Promise<BuyerResult> {
  const single = view.disputable.length === 1;
  const milestoneIds = single
    ? view.disputable.map(({ milestoneId }) => milestoneId)
    : [...form.parts];
  const claim = Dispute.safeParse({ reason: form.reason, milestoneIds });
  if (!claim.success) return 'incomplete';
  const { reason } = claim.data;
  return resultOf(
    await disputeTrade(ports, context, {
      idempotencyKey: requestId,
      reason,
      milestoneIds,
      evidenceSha256: null,
    }),
  );
}

const resultOf = ({ kind }: EscrowOutcome): BuyerResult =>
  kind === 'appended' || kind === 'unchanged' ? 'done' : 'refused';
