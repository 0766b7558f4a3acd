import * as z from 'zod/mini';
import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../events/index.ts';
import { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import type { RefundPaid } from '../../events/treasury/refund-paid.v1.ts';
import type { RefundReturned } from '../../events/treasury/refund-returned.v1.ts';
import type { EscrowCommand } from '../escrow/commands.ts';
import type { ProviderRefund } from '../escrow/ports.ts';
import { type EscrowPorts, runEscrow } from '../escrow/run.ts';
import { zero } from '../money/money.ts';
import { isReturnStream } from '../platform/ids.ts';
import { done, type Handled, handledBy, inOrder } from './handled.ts';

/** What the escrow queue carries: what other streams decided, and deadlines. */
export const EscrowMessage = z.discriminatedUnion('kind', [RoutedRecord, DeadlinePassed]);
export type EscrowMessage = z.infer<typeof EscrowMessage>;

/** A refund that finance has paid, as a provider would report it: there is nothing to ask. */
const paidByBank = ({
  movementId,
  tradeId,
  refundId,
  attempt = 1,
  amount,
}: RefundPaid): ProviderRefund => ({
  ...{ providerRefundId: movementId, tradeId, refundId, attempt, amount },
  ...{ status: 'succeeded', takenFrom: 'bank' },
  debited: amount,
  fee: zero(amount.currency),
  failureReason: null,
});

/** One that came back, likewise: it is owed again, and a person tries anew. */
const returnedByBank = ({
  reference: movementId,
  code,
  ...event
}: RefundReturned): ProviderRefund => ({
  ...paidByBank({ ...event, type: 'RefundPaid', movementId }),
  ...{ status: 'failed', debited: null, fee: null, failureReason: code },
});

/** A movement's record belongs to the movement; its event says which trade it is for. */
const tradeOf = (event: TradelaneEvent, record: Pick<TradelaneRecord, 'tradeId'>): string =>
  event.type === 'ReceiptIdentified' ||
  event.type === 'RefundPaid' ||
  event.type === 'RefundReturned'
    ? event.tradeId
    : record.tradeId;

/** What another stream's event asks of the escrow; nothing, for those it does not care about. */
function commandFor(event: TradelaneEvent, at: string): EscrowCommand | undefined {
  switch (event.type) {
    case 'LabelPurchased': {
      const { shipmentId, carrier, trackingNumber } = event;
      return { type: 'BookShipment', booking: { shipmentId, carrier, trackingNumber } };
    }
    case 'ShipmentDelivered': {
      const { shipmentId, deliveredAt, evidenceSha256 } = event;
      return { type: 'ConfirmDelivery', shipmentId, deliveredAt, evidenceSha256, at };
    }
    case 'ShipmentDeliveryWithdrawn':
      return {
        type: 'WithdrawDelivery',
        shipmentId: event.shipmentId,
        shipmentStatus: event.status,
      };
    case 'ShipmentDispatched': {
      const { shipmentId, dispatchedAt } = event;
      return { type: 'RecordDispatch', shipmentId, dispatchedAt };
    }
    case 'PayoutSettled':
    case 'PayoutSetOff':
    case 'PayoutPaidThrough': {
      const { milestoneId, payoutId, attempt = 1 } = event;
      return { type: 'RecordMilestonePaid', milestoneId, payoutId, attempt, at };
    }
    case 'PayoutReturned': {
      const { milestoneId, payoutId, attempt, code } = event;
      return { type: 'RecordMilestoneReturned', milestoneId, payoutId, attempt, code };
    }
    case 'ReceiptIdentified': {
      const { movementId: receiptId, amount } = event;
      return { type: 'ApplyReceipt', receiptId, amount, at };
    }
    case 'RefundPaid':
      return { type: 'RecordRefund', refund: paidByBank(event), at };
    case 'RefundReturned':
      return { type: 'RecordRefund', refund: returnedByBank(event), at };
    default:
      return undefined;
  }
}

/** A payment and its return may be told by one record, and each is a decision of its own. */
const causeOf = (messageId: string, { type }: EscrowCommand): string =>
  type === 'RecordMilestoneReturned' ? `${messageId}/${type}` : messageId;

/** Applies to the escrow what other contexts and the clock told it. */
export const consumeEscrow =
  (ports: EscrowPorts) =>
  async (message: EscrowMessage): Promise<Handled> => {
    const at = ports.now().toISOString();
    if (message.kind === 'deadline_passed') {
      const { deadline, dueAt, tradeId, subjectId, messageId: cause } = message;
      return handledBy(
        await runEscrow(
          ports,
          { tradeId, cause },
          { type: 'PassDeadline', deadline, subjectId, dueAt, at },
        ),
      );
    }
    const { record, messageId } = message;
    if (isReturnStream(record.streamId)) return done;
    return inOrder(
      record.events.flatMap((event) => {
        const command = commandFor(event, at);
        if (command === undefined) return [];
        const context = { tradeId: tradeOf(event, record), cause: causeOf(messageId, command) };
        return [async () => handledBy(await runEscrow(ports, context, command))];
      }),
    );
  };
