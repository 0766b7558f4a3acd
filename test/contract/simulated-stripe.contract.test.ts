import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { type Money, money } from '../../src/money/money.ts';
import { transferIn } from '../simulation/ports/stripe-cash.ts';
import {
  createIntent,
  createTransfer,
  intentOf,
  pay,
  type StripeState,
} from '../simulation/ports/stripe-state.ts';
import {
  describePaymentProvider,
  type PaymentProviderUnderTest,
} from '../support/describe-payment-provider.ts';
import { describeTransferRail } from '../support/describe-transfer-rail.ts';
import type { TransferRailUnderTest } from '../support/transfer-rail-under-test.ts';
import { simulatedStripe } from './simulated-stripe.support.ts';

const charged = (state: StripeState, paymentIntentId: string) => {
  const { charge } = intentOf(state, paymentIntentId);
  if (charge === null) throw new Error(`${paymentIntentId} has no charge.`);
  return charge;
};

const payFor = (state: StripeState, paymentIntentId: string): void => {
  if (pay(state, paymentIntentId, { slowly: false }) === 'closed') {
    throw new Error(`${paymentIntentId} is closed.`);
  }
};

/** The balance transaction is missing from the next read, and there for the one after. */
function withholdBalance(state: StripeState, paymentIntentId: string): void {
  const intent = intentOf(state, paymentIntentId);
  const charge = charged(state, paymentIntentId);
  const shownFromMs = [Number.POSITIVE_INFINITY];
  intent.charge = {
    ...charge,
    get bookedAtMs() {
      return shownFromMs.pop() ?? charge.bookedAtMs;
    },
  };
}

const paymentMethods = {
  create: 'paymentIntents.create',
  find: 'paymentIntents.search',
  get: 'paymentIntents.retrieve',
  cancel: 'paymentIntents.cancel',
  refund: 'refunds.create',
  findRefund: 'refunds.list',
};

describePaymentProvider('The simulated Stripe', async (): Promise<PaymentProviderUnderTest> => {
  const { state, stripe, live, failNext } = simulatedStripe();
  return {
    provider: stripePaymentProvider(stripe),
    pay: (id) => payFor(state, id),
    transfer: (id, amountMinor) => {
      transferIn(state, id, amountMinor);
    },
    payerOf: async (id) => intentOf(state, id).customerId ?? '',
    startProcessing: (id) => {
      intentOf(state, id).status = 'processing';
    },
    withholdBalance: (id) => withholdBalance(state, id),
    failNext: (call, failure) => failNext(paymentMethods[call], failure),
    forgetKeys: () => state.keys.clear(),
    paymentsOf: async (tradeId) =>
      [...state.intents.values()].filter((intent) => intent.tradeId === tradeId).length,
    booked: async (id) => {
      const { id: chargeId, amount, settled, fee, capturedAtMs } = charged(state, id);
      const seconds = Math.floor(capturedAtMs / 1_000) * 1_000;
      const capturedAt = new Date(seconds).toISOString();
      return { paymentIntentId: id, chargeId, received: amount, settled, fee, capturedAt };
    },
    stop: async () => live.stop(),
  };
});

const transferMethods = {
  create: 'transfers.create',
  find: 'transfers.list',
  get: 'transfers.retrieve',
};

describeTransferRail('The simulated Stripe', async (): Promise<TransferRailUnderTest> => {
  const { state, stripe, live, failNext } = simulatedStripe();
  const destination = 'acct_seller1';
  const charge = (tradeId: string, amount: Money): string => {
    const { id } = createIntent(state, { tradeId, amount });
    payFor(state, id);
    return charged(state, id).id;
  };
  state.funds.openingMinor = 0n;
  state.funds.areChargesAvailable = false;
  return {
    rail: stripeTransferRail(stripe),
    destination,
    charge: async (tradeId, amount) => charge(tradeId, amount),
    makeAvailable: () => {
      state.funds.areChargesAvailable = true;
      // What the provider keeps as its fee is not there to be paid out.
      state.funds.openingMinor = 100_000n;
    },
    failNext: (call, failure) => failNext(transferMethods[call], failure),
    forgetKeys: () => state.keys.clear(),
    transfersOf: async (payoutId) =>
      state.transfers.filter((transfer) => transfer.payoutId === payoutId).length,
    reverse: async (transferId, part) => {
      const transfer = state.transfers.find(({ id }) => id === transferId);
      state.reversed.set(transferId, (part ?? transfer?.amount)?.amountMinor ?? 0n);
    },
    restrict: (isRestricted) => {
      if (isRestricted) state.restricted.add(destination);
      else state.restricted.delete(destination);
    },
    crowd: async (tradeId, count) => {
      const sourceChargeId = charge(tradeId, money('USD', BigInt(count)));
      const amount = money('USD', 1n);
      return Array.from({ length: count }, () => {
        const request = {
          payoutId: null,
          attempt: 1,
          tradeId,
          destination,
          amount,
          sourceChargeId,
        };
        return createTransfer(state, request).id;
      });
    },
    stop: async () => live.stop(),
  };
});
