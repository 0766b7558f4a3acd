import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../events/index.ts';
import { add, type Money, negate, subtract } from '../money/money.ts';
import { expectationOf } from '../reconciliation/expectations.ts';
import type { ReconItem } from '../reconciliation/item.ts';
import type { LaneItem, Subject } from '../reconciliation/lane.ts';
import { messageIdOf } from '../settlement/bank-references.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * What the books expect others to say, once a record is written: each leg on 1100 that the provider
 * will list, each payment that the bank will debit or has given back.
 */
export const expectationsOf = ({ events, tradeId }: TradelaneRecord): readonly LaneItem[] =>
  events.flatMap((event) => expectedBy(event, { tradeId }));

function expectedBy(event: TradelaneEvent, about: Subject): readonly LaneItem[] {
  switch (event.type) {
    case 'EscrowFunded': {
      const net = subtract(event.settled, event.fee);
      return [atProvider('charge', { sourceId: event.chargeId, net, at: event.capturedAt, about })];
    }
    case 'RefundCredited':
    case 'RefundSettled': {
      // What was never charged, and what receipts have paid, is on no balance of ours at the provider.
      if (event.booking.from !== undefined) return [];
      const net = negate(add(event.booking.debited, event.booking.fee));
      const { providerRefundId: sourceId } = event;
      const at = event.type === 'RefundSettled' ? event.settledAt : event.creditedAt;
      return [atProvider('refund', { sourceId, net, at, about })];
    }
    case 'ChargebackOpened': {
      const net = negate(add(event.withdrawn, event.fee));
      const { chargebackId: sourceId, openedAt: at } = event;
      return [atProvider('chargeback', { sourceId, net, at, about })];
    }
    case 'PayoutSettled': {
      if (event.rail === 'bank_file') return [];
      const { transferId: sourceId, settledAt: at, payoutId } = event;
      const net = negate(event.amount);
      return [atProvider('transfer', { sourceId, net, at, about: { ...about, payoutId } })];
    }
    case 'PayoutInstructionAdded': {
      const { endToEndId, uetr, batchId, amount, closesAt, payoutId } = event;
      const { item } = expectationOf({
        ...{ kind: 'payout_sent', payoutId: endToEndId, uetr, amount },
        ...{ batchId: messageIdOf(batchId), on: closesAt.slice(0, DAY_LENGTH) },
      });
      return [
        {
          lane: 'bank_out',
          side: 'left',
          rec: 'D',
          item,
          about: { tradeId: event.tradeId, payoutId },
        },
      ];
    }
    case 'PayoutReturned': {
      const { transferId: endToEndId, returned, code, returnedAt, payoutId } = event;
      const item: ReconItem = {
        id: `payout_returned:${endToEndId}`,
        ...{ currency: returned.currency, amountMinor: returned.amountMinor },
        ...{ date: returnedAt.slice(0, DAY_LENGTH), keys: { endToEndId }, returned: code },
      };
      return [{ lane: 'bank_out', side: 'left', rec: 'D', item, about: { ...about, payoutId } }];
    }
    default:
      return [];
  }
}

const atProvider = (
  kind: string,
  {
    sourceId,
    net,
    at,
    about,
  }: {
    readonly sourceId: string;
    readonly net: Money;
    readonly at: string;
    readonly about: Subject;
  },
): LaneItem => ({
  ...{ lane: 'provider', side: 'left', rec: 'A', about },
  item: {
    id: `${kind}:${sourceId}`,
    ...{ currency: net.currency, amountMinor: net.amountMinor },
    ...{ date: at.slice(0, DAY_LENGTH), keys: { sourceId } },
  },
});
