import * as z from 'zod/mini';
import { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { WebhookUnreadable } from '../../events/messages/webhook-unreadable.v1.ts';
import { type AnswerPorts, answerChargebacks } from '../escrow/answer-chargebacks.ts';
import {
  type CollectionPorts,
  chargeRest,
  closePayment,
  closeUnneeded,
  recordProviderPayment,
} from '../escrow/collect.ts';
import {
  confirmRefund,
  makeRefunds,
  type RefundPorts,
  recordProviderRefund,
} from '../escrow/make-refunds.ts';
import type { ProviderPayment, ProviderRefund } from '../escrow/ports.ts';
import { recordProviderChargeback } from '../escrow/record-chargeback.ts';
import type { ProviderTransfer } from '../settlement/ports.ts';
import { recordRecoveries } from '../settlement/reverse-transfer.ts';
import type { SettlementPorts } from '../settlement/run.ts';
import { recordProviderTransfer } from '../settlement/settle.ts';
import { checkTransfers } from './check-transfers.ts';
import { done, type Handled, handledBy, ignored, inOrder } from './handled.ts';
import {
  recordAccount,
  recordFailedPayout,
  recordOwnPayout,
  type TreasuryDesk,
} from './record-payouts.ts';
import type { EventFeed } from './sweep-events.ts';

/** What the payments queue carries: what Stripe reported, and what is to be done at Stripe. */
export const PaymentsMessage = z.discriminatedUnion('kind', [
  StripeEventReceived,
  RoutedRecord,
  DeadlinePassed,
  WebhookUnreadable,
]);
export type PaymentsMessage = z.infer<typeof PaymentsMessage>;

export type PaymentsPorts = {
  readonly collection: AnswerPorts;
  readonly settlement: SettlementPorts;
  readonly feed: EventFeed;
  readonly treasury: TreasuryDesk;
};

/** Reads what Stripe says now of an object that changed, and records it. */
export const consumePayments =
  (ports: PaymentsPorts) =>
  async (message: PaymentsMessage): Promise<Handled> => {
    switch (message.kind) {
      case 'routed_record':
        return carryOut(ports.collection, message);
      case 'deadline_passed':
        return passDeadline(ports, message);
      case 'webhook_unreadable':
        return { kind: 'rejected', code: 'payments.unreadable_webhook', detail: message.reason };
      case 'stripe_event_received':
        return recordStripeEvent(ports, message);
      default: {
        const unknownMessage: never = message;
        return unknownMessage;
      }
    }
  };

async function passDeadline(
  ports: PaymentsPorts,
  { deadline, tradeId, subjectId, messageId: cause }: DeadlinePassed,
): Promise<Handled> {
  const { collection, settlement, feed } = ports;
  if (deadline !== 'transfer_check') {
    return handledBy(await confirmRefund(collection, { tradeId, refundId: subjectId }));
  }
  return checkTransfers(
    {
      ...{ escrow: collection, settlement, feed },
      record: (transfer, told) => recordTransferOf(settlement, transfer, told),
      recordEvent: (event) => recordStripeEvent(ports, event),
    },
    { tradeId, payoutId: subjectId, cause },
  );
}

/** One object and one kind of change is one cause, under however many event ids Stripe sends it. */
async function recordStripeEvent(
  {
    collection,
    settlement,
    treasury,
  }: Pick<PaymentsPorts, 'collection' | 'settlement' | 'treasury'>,
  { eventType, eventId, objectId, account }: StripeEventReceived,
): Promise<Handled> {
  const cause = `stripe#${objectId}#${eventType}`;
  switch (eventType) {
    case 'payment_intent.succeeded':
    case 'payment_intent.canceled':
    case 'payment_intent.partially_funded':
      return recordPaymentIntent(collection, objectId, cause);
    case 'cash_balance.funds_available':
      return recordPayer(collection, objectId, cause);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return recordRefund(collection, await collection.payments.getRefund(objectId));
    case 'charge.refunded': {
      const refunds = await collection.payments.refundsOf(objectId);
      return inOrder(refunds.map((refund) => () => recordRefund(collection, refund)));
    }
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return recordChargeback(collection, objectId);
    case 'transfer.created':
    case 'transfer.reversed':
      return recordTransfer(settlement, objectId, cause);
    // An account changes many times, and its bank may refuse more than once.
    case 'account.updated':
      return recordAccount(settlement, objectId, `${cause}#${eventId}`);
    case 'payout.created':
    case 'payout.paid':
    case 'payout.canceled':
      return recordOwnPayout(treasury, objectId, cause);
    case 'payout.failed':
      return account === undefined
        ? recordOwnPayout(treasury, objectId, cause)
        : recordFailedPayout(settlement, { objectId, account }, cause);
    default: {
      const unknownType: never = eventType;
      return unknownType;
    }
  }
}

async function recordChargeback(ports: RefundPorts, chargebackId: string): Promise<Handled> {
  const chargeback = await ports.payments.getChargeback(chargebackId);
  if (chargeback.tradeId === null) return ignored('chargeback of another system');
  return handledBy(await recordProviderChargeback(ports, chargeback.tradeId, chargeback));
}

async function recordRefund(ports: RefundPorts, refund: ProviderRefund): Promise<Handled> {
  if (refund.tradeId === null) return ignored('refund of another system');
  return handledBy(await recordProviderRefund(ports, refund.tradeId, refund));
}

/** After what refunds are made: when one is asked for, and when nothing holds it up any more. */
const REFUNDING = [
  'RefundRequested',
  'RefundRetried',
  'ChargebackWon',
  'ChargebackLost',
  'FundsUnblocked',
  'RefundCredited',
];

/** What a stored decision asks of the provider. */
async function carryOut(ports: AnswerPorts, { record, messageId }: RoutedRecord): Promise<Handled> {
  const context = { tradeId: record.tradeId, cause: messageId };
  const types = new Set<string>(record.events.map(({ type }) => type));
  if (types.has('CancellationRequested')) return handledBy(await closePayment(ports, context));
  if (types.has('ChargebackResponseRequested')) {
    return handledBy(await answerChargebacks(ports, context));
  }
  return inOrder([
    ...(types.has('RestRequested')
      ? [async () => handledBy(await chargeRest(ports, context))]
      : []),
    ...(types.has('FundsUnblocked')
      ? [
          async () => handledBy(await closePayment(ports, context)),
          async () => handledBy(await answerChargebacks(ports, context)),
        ]
      : []),
    ...(types.has('PaymentNoLongerNeeded')
      ? [async () => handledBy(await closeUnneeded(ports, context))]
      : []),
    ...(REFUNDING.some((type) => types.has(type))
      ? [async () => handledBy(await makeRefunds(ports, context))]
      : []),
  ]);
}

async function recordPaymentIntent(
  ports: CollectionPorts,
  paymentIntentId: string,
  cause: string,
): Promise<Handled> {
  return record(ports, await ports.payments.get(paymentIntentId), cause);
}

/** A buyer has transferred money that no payment uses: the payment of that buyer's trade says why. */
async function recordPayer(
  ports: CollectionPorts,
  payerId: string,
  cause: string,
): Promise<Handled> {
  const provider = await ports.payments.findForPayer(payerId);
  return provider === undefined
    ? ignored('customer of another system')
    : record(ports, provider, cause);
}

async function record(
  ports: CollectionPorts,
  provider: ProviderPayment,
  cause: string,
): Promise<Handled> {
  const { tradeId } = provider;
  if (tradeId === null) return ignored('payment intent of another system');
  return handledBy(await recordProviderPayment(ports, { tradeId, cause }, provider));
}

async function recordTransfer(
  ports: SettlementPorts,
  transferId: string,
  cause: string,
): Promise<Handled> {
  const transfer = await ports.rails.stripe_transfer.get(transferId);
  const { payoutId } = transfer;
  if (payoutId === null) return ignored('transfer of another system');
  return recordTransferOf(ports, { ...transfer, payoutId }, cause);
}

/** A transfer of ours as the provider holds it: that it was made, and what was taken back of it. */
const recordTransferOf = (
  ports: SettlementPorts,
  transfer: ProviderTransfer & { readonly payoutId: string },
  cause: string,
): Promise<Handled> => {
  const { payoutId } = transfer;
  return inOrder([
    async () => handledBy(await recordProviderTransfer(ports, { payoutId, cause }, transfer)),
    async () => {
      const told = await recordRecoveries(ports, { payoutId, cause }, transfer);
      return told === undefined ? done : handledBy(told);
    },
  ]);
};
