import type { EscrowEvent } from '../../events/index.ts';
import { cameBack, type LinkPorts, linkOf, providerLinkOf } from './chain-links.ts';

type RefundEvent = Extract<
  EscrowEvent,
  { type: 'RefundSubmitted' | 'RefundCredited' | 'RefundSettled' | 'RefundFailed' }
>;
type EventOf<T extends RefundEvent['type']> = Extract<RefundEvent, { type: T }>;

const TYPES: ReadonlySet<EscrowEvent['type']> = new Set<RefundEvent['type']>([
  'RefundSubmitted',
  'RefundCredited',
  'RefundSettled',
  'RefundFailed',
]);

const isOfRefund = (event: EscrowEvent): event is RefundEvent => TYPES.has(event.type);

/**
 * Each attempt of a refund that whoever makes it has, and what came back of it: of both the provider's
 * booking, its payout and the bank's line, or the bank's own line.
 */
export async function chainOfRefunds(ports: LinkPorts, events: readonly EscrowEvent[]) {
  const byAttempt = Map.groupBy(
    events.filter(isOfRefund),
    ({ refundId, attempt, providerRefundId }) => `${refundId}#${attempt}#${providerRefundId}`,
  );
  return Promise.all([...byAttempt.values()].map((own) => refundOf(ports, own)));
}

async function refundOf(ports: LinkPorts, own: readonly RefundEvent[]) {
  const [first] = own;
  const credited = own.find((event) => event.type === 'RefundCredited');
  const settled = own.find((event) => event.type === 'RefundSettled');
  const failed = own.find((event) => event.type === 'RefundFailed');
  const { refundId = '', attempt = 1, providerRefundId = '' } = first ?? {};
  const booking = settled?.booking ?? credited?.booking ?? failed?.returned;
  const refund = {
    ...{ refundId, attempt, providerRefundId },
    ...(booking === undefined ? {} : { amount: booking.amount }),
    ...(settled === undefined ? {} : { settledAt: settled.settledAt }),
  };
  if (booking?.from === 'bank') {
    const bank = await linkOf(ports, 'bank_out', `refund_paid:${providerRefundId}`);
    const returned = await linkOf(ports, 'bank_out', `refund_returned:${providerRefundId}`);
    return { ...refund, bank, returned, cameBack: await cameBack(ports, providerRefundId) };
  }
  const provider = await providerLinkOf(ports, `refund:${providerRefundId}`);
  if (failed === undefined) return { ...refund, provider };
  return { ...refund, provider, returned: await returnedOf(ports, failed) };
}

/** A provider books what could not be refunded back to the balance, and pays it out with the rest. */
async function returnedOf(
  ports: LinkPorts,
  { providerRefundId, reason, failedAt }: EventOf<'RefundFailed'>,
) {
  const provider = await providerLinkOf(ports, `refund_failure:${providerRefundId}`);
  return { reason, failedAt, provider };
}
