import { releasedByAcceptance, soldBy } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const chargebackLostBeforeRelease: Scenario = {
  name: 'chargeback-lost-before-release',
  title: "The buyer's bank takes the money back for good, out of what is still held",
  body: releasedByAcceptance,
  ending: {
    status: 'charged_back',
    milestones: ['delivery: refunded'],
    chargebacks: ['lost: 10,246.74 EUR'],
    happened: ['ChargebackLost'],
  },
  play: async ({ trade, stripe, untilStatus }) => {
    const { paymentIntentId } = trade.payment;
    stripe.pay(paymentIntentId);
    await untilStatus('in_fulfilment');
    const { id } = stripe.openDispute(paymentIntentId);
    await untilStatus('charged_back');
    stripe.endDispute(id, 'lost');
  },
};

export const chargebackLostAfterRelease: Scenario = {
  name: 'chargeback-lost-after-release',
  title:
    "The buyer's bank takes the money back after the seller was paid, who owes it from then on",
  body: soldBy('acct_sandbox_charged_back_later'),
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    chargebacks: ['lost: 10,246.74 EUR'],
    debts: ['11,500.00 USD'],
    happened: ['ChargebackLost', 'SellerDebtIncurred'],
  },
  play: async ({ trade, stripe, untilStatus }) => {
    const { paymentIntentId } = trade.payment;
    stripe.pay(paymentIntentId);
    await untilStatus('settled');
    const { id } = stripe.openDispute(paymentIntentId);
    await untilStatus('charged_back');
    stripe.endDispute(id, 'lost');
  },
};
