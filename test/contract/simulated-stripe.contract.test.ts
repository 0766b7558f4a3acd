import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { type Money, money } from '../../src/money/money.ts';
import { transferIn } from '../simulation/ports/stripe-cash.ts';
import { endDispute, openDispute } from '../simulation/ports/stripe-disputes.ts';
import {
  capture,
  createIntent,
  intentOf,
  pay,
  startDebit,
} from '../simulation/ports/stripe-intents.ts';
import { createReversal } from '../simulation/ports/stripe-reversals.ts';
import type { StripeState } from '../simulation/ports/stripe-state.ts';
import { createTransfer } from '../simulation/ports/stripe-transfers.ts';
import { type ChargebacksUnderTest, describeChargebacks } from '../support/describe-chargebacks.ts';
import {
  describePaymentProvider,
  type PaymentProviderUnderTest,
} from '../support/describe-payment-provider.ts';
import { describeTransferRail } from '../support/describe-transfer-rail.ts';
import { DEBIT_SECONDS } from '../support/sepa-debit.ts';
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
  createPayer: 'customers.create',
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
    startProcessing: (id) => startDebit(state, intentOf(state, id)),
    debit: async (id) => {
      const { scheduler } = live.sim;
      startDebit(state, intentOf(state, id));
      return new Promise((resolve) =>
        scheduler.at(scheduler.nowMs() + DEBIT_SECONDS * 1_000, () => {
          capture(state, intentOf(state, id));
          resolve(new Date(Math.floor(scheduler.nowMs() / 1_000) * 1_000).toISOString());
        }),
      );
    },
    withholdBalance: (id) => withholdBalance(state, id),
    failNext: (call, failure) => failNext(paymentMethods[call], failure),
    forgetKeys: () => state.keys.clear(),
    paymentsOf: async (tradeId) =>
      [...state.intents.values()].filter((intent) => intent.tradeId === tradeId).length,
    payersOf: async (tradeId) =>
      state.customers.filter((customer) => customer.tradeId === tradeId).map(({ id }) => id),
    booked: async (id) => {
      const { id: chargeId, amount, settled, fee, capturedAtMs } = charged(state, id);
      const seconds = Math.floor(capturedAtMs / 1_000) * 1_000;
      const capturedAt = new Date(seconds).toISOString();
      return {
        paymentIntentId: id,
        chargeId,
        received: amount,
        settled,
        fee,
        capturedAt,
        availableOn: capturedAt,
      };
    },
    stop: async () => live.stop(),
  };
});

const chargebackMethods = {
  contest: 'disputes.update',
  accept: 'disputes.close',
  get: 'disputes.retrieve',
};

describeChargebacks('The simulated Stripe', async (): Promise<ChargebacksUnderTest> => {
  const { state, stripe, live, failNext } = simulatedStripe();
  const provider = stripePaymentProvider(stripe);
  return {
    provider,
    pay: async () => {
      // In what it settles in: two conversions would cost what the bank gives back.
      const amount = money('USD', 1_024_674n);
      const { paymentIntentId } = await provider.create({ tradeId: 'trd_1', amount });
      payFor(state, paymentIntentId);
      const { payment } = await provider.get(paymentIntentId);
      if (payment === null) throw new Error(`${paymentIntentId} is not paid.`);
      return payment;
    },
    dispute: async (chargeId) => openDispute(state, chargeId).id,
    end: async (id, outcome) => endDispute(state, id, outcome),
    failNext: (call, failure) => failNext(chargebackMethods[call], failure),
    forgetKeys: () => state.keys.clear(),
    stop: async () => live.stop(),
  };
});

const transferMethods = {
  create: 'transfers.create',
  find: 'transfers.list',
  get: 'transfers.retrieve',
  reverse: 'transfers.createReversal',
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
    reversalsOf: async (transferId) =>
      state.reversals.filter((reversal) => reversal.transferId === transferId).length,
    arrive: () => {},
    drain: async () => {
      state.drained.add(destination);
    },
    reverse: async (transferId, part) => {
      const transfer = state.transfers.find(({ id }) => id === transferId);
      const { amountMinor } = part ?? transfer?.amount ?? { amountMinor: 0n };
      createReversal(state, { transferId, amountMinor, metadata: {} });
    },
    restrict: (isRestricted) => {
      if (isRestricted) state.restricted.add(destination);
      else state.restricted.delete(destination);
    },
    payOut: async (refusal) => {
      const id = `po_${state.payouts.size + 1}`;
      const status = refusal === undefined ? 'paid' : 'failed';
      state.payouts.set(id, { id, account: destination, status, failureCode: refusal ?? null });
      return id;
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
