import type { PaymentProvider, ProviderPayment } from '../../src/escrow/ports.ts';
import { type Money, money } from '../../src/money/money.ts';
import type { ProviderTransfer, TransferRail } from '../../src/settlement/ports.ts';
import type { CarrierPort } from '../../src/shipment/ports.ts';
import { otherCalls } from './carrier-calls.ts';
import { fakeChargebacks } from './fake-chargebacks.ts';
import { easyRail, providerTransfer } from './fake-rail.ts';
import { fakeRefunds } from './fake-refunds.ts';

/** Providers with which nothing goes wrong: the buyer pays at once and every label is sold. */
export const providers = (now: () => Date) => ({
  payments: payments(now),
  rail: rail(),
  carrier,
});

function payments(now: () => Date): PaymentProvider {
  const intents = new Map<string, { readonly tradeId: string; readonly amount: Money }>();
  const find = (id: string): ProviderPayment => {
    const intent = intents.get(id);
    if (intent === undefined) throw new Error(`There is no payment intent ${id}.`);
    const { tradeId, amount } = intent;
    return {
      paymentIntentId: id,
      tradeId,
      status: 'succeeded',
      clientSecret: `${id}_secret`,
      payment: {
        paymentIntentId: id,
        chargeId: `ch_of_${tradeId}`,
        received: amount,
        settled: money('USD', 1_162_300n),
        fee: money('USD', 17_459n),
        capturedAt: now().toISOString(),
      },
      transferred: null,
    };
  };
  return {
    ...fakeRefunds().port,
    ...fakeChargebacks().port,
    refusalOf: () => undefined,
    findForPayer: async () => undefined,
    findForTrade: async () => undefined,
    create: async (request) => {
      const id = `pi_of_${request.tradeId}`;
      intents.set(id, request);
      return find(id);
    },
    get: async (id) => find(id),
    lower: async (id) => find(id),
    cancel: async (id) => find(id),
  };
}

function rail(): TransferRail {
  const transfers = new Map<string, ProviderTransfer>();
  return {
    ...easyRail,
    ofTrade: async (tradeId) => {
      const transfer = transfers.get(`tr_of_${tradeId}`);
      return transfer === undefined ? [] : [transfer];
    },
    find: async ({ tradeId }) => transfers.get(`tr_of_${tradeId}`),
    create: async ({ tradeId, payoutId, amount }) => {
      const transfer = providerTransfer({ transferId: `tr_of_${tradeId}`, payoutId, amount });
      transfers.set(transfer.transferId, transfer);
      return transfer;
    },
    get: async (transferId) => {
      const transfer = transfers.get(transferId);
      if (transfer === undefined) throw new Error(`There is no transfer ${transferId}.`);
      return transfer;
    },
  };
}

const carrier: CarrierPort = {
  ...otherCalls,
  carrier: 'easypost',
  prepare: async ({ reference }) => ({
    kind: 'prepared',
    carrierShipmentId: `shp_of_${reference}`,
    rates: [],
  }),
  findPrepared: async () => undefined,
  buy: async () => ({
    kind: 'purchased',
    ...{ trackingNumber: '1Z999AA10123456784', trackerId: 'trk_1' },
    ...{ carrier: 'UPS', service: 'Expedited', price: money('USD', 8_450n) },
  }),
  track: async () => undefined,
};
