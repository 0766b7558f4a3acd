import type {
  BatchEvent,
  BreakEvent,
  EscrowEvent,
  PayoutEvent,
  PeriodEvent,
  SellerEvent,
  ShipmentEvent,
  TreasuryEvent,
} from '../../../events/index.ts';
import { bankFileRail } from '../../../src/adapters/bank/bank-file-rail.ts';
import { sendAll } from '../../../src/adapters/sqs/send.ts';
import { stripeEventFeed } from '../../../src/adapters/stripe/event-feed.ts';
import { stripePaymentProvider } from '../../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../../src/adapters/stripe/transfer-rail.ts';
import type { QuoteDesk } from '../../../src/escrow/ports.ts';
import { LockPolicy } from '../../../src/fx/lock-policy.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { payableStep } from '../../../src/money/currency.ts';
import { blockDesk } from '../../../src/process/block-desk.ts';
import { claimedQuoteDesk } from '../../../src/process/claimed-quote.ts';
import type { ConsumeSettlementPorts } from '../../../src/process/consume-settlement.ts';
import type { OfferPorts } from '../../../src/process/offer-quote.ts';
import { quoteDesk } from '../../../src/process/quote-desk.ts';
import { sellerCountry } from '../../../src/process/seller-country.ts';
import { type Corridor, DEFAULT_CORRIDORS } from '../../../src/settlement/corridors.ts';
import { clockOf, type Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { carrierFor } from '../ports/carrier-api.ts';
import type { CarrierState } from '../ports/carrier-state.ts';
import type { EventsTable } from '../ports/events.ts';
import type { LanesTable } from '../ports/lanes.ts';
import type { Queues } from '../ports/queues.ts';
import type { QuotesTable } from '../ports/quotes.ts';
import type { createRates } from '../ports/rates.ts';
import { stripeClient } from '../ports/stripe-api.ts';
import type { StripeState } from '../ports/stripe-state.ts';
import type { VaultTable } from '../ports/vault.ts';
import type { ViewsTable } from '../ports/views.ts';
import type { QueueName } from '../world.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import type { Witness } from './witness.ts';

/** The settings that a deployment has by default. */
export const SETTINGS = {
  feeBasisPoints: 250,
  marginBasisPoints: 150,
  paymentWindowSeconds: 1_800,
  inspectionPeriodSeconds: 259_200,
  payoutRetryPauseSeconds: 900,
  payoutBatchWindowSeconds: 3_600,
  /** What is less is not paid to sellers of that country, but with their next payout. */
  smallestPayout: { country: 'JP', currency: 'USD', amountMinor: 50_000n },
  deliveryGraceSeconds: 7_200,
} as const;

/** Where what sellers owe is taken back of their transfers first. */
export const RECOVERING_COUNTRY = 'SG';

const { country, ...minimum } = SETTINGS.smallestPayout;
const CORRIDORS: readonly Corridor[] = [
  { country: RECOVERING_COUNTRY, rails: ['stripe_transfer'], recoverByReversal: true },
  { country, currency: minimum.currency, rails: ['stripe_transfer', 'bank_file'], minimum },
  ...DEFAULT_CORRIDORS,
];

/** Everything that functions reach by their ports. */
export type Plant = {
  readonly sim: Sim;
  readonly witness: Witness;
  readonly events: EventsTable;
  readonly queues: Queues;
  readonly views: ViewsTable;
  readonly vault: VaultTable;
  readonly lanes: LanesTable;
  readonly quotes: QuotesTable;
  readonly rates: ReturnType<typeof createRates>;
  readonly stripe: StripeState;
  readonly carrier: CarrierState;
  /** Trades whose first payment the bank debits and then gives back. */
  readonly bankReturns: Set<string>;
  /** Null in worlds whose bank and provider write no statements. */
  readonly bookkeeping: Bookkeeping | null;
};

/** The event streams for one run of a function, as `functions/_shared/stores.ts` has them. */
export const storesOf = ({ events }: Plant, task: Task) => ({
  escrows: journaledStore<EscrowEvent>(events.storeFor(task)),
  shipments: journaledStore<ShipmentEvent>(events.storeFor(task)),
  payouts: journaledStore<PayoutEvent>(events.storeFor(task)),
  sellers: journaledStore<SellerEvent>(events.storeFor(task)),
  batches: journaledStore<BatchEvent>(events.storeFor(task)),
  breaks: journaledStore<BreakEvent>(events.storeFor(task)),
  movements: journaledStore<TreasuryEvent>(events.storeFor(task)),
  periods: journaledStore<PeriodEvent>(events.storeFor(task)),
});

export const nowOf = ({ sim }: Plant, task: Task) => clockOf(sim, task);

export const paymentsOf = ({ stripe }: Plant, task: Task) =>
  stripePaymentProvider(stripeClient(stripe, task));

/** Where Stripe keeps what it could not deliver. */
export const feedOf = ({ stripe }: Plant, task: Task) =>
  stripeEventFeed(stripeClient(stripe, task), { livemode: false });

/** What paying sellers needs, as `functions/_shared/settlement.ts` has it. */
export function settlementOf(plant: Plant, task: Task): ConsumeSettlementPorts {
  const { payouts, sellers, batches, escrows } = storesOf(plant, task);
  const now = nowOf(plant, task);
  return {
    ...{ store: payouts, sellers, batches, escrows, now },
    blockOf: blockDesk(escrows),
    sellerCountryOf: sellerCountry(escrows),
    corridors: CORRIDORS,
    retryPauseSeconds: SETTINGS.payoutRetryPauseSeconds,
    bankChargeLimits: {},
    rails: {
      stripe_transfer: stripeTransferRail(stripeClient(plant.stripe, task)),
      bank_file: bankFileRail({
        ...{ batches, sellers, now },
        batchWindowSeconds: SETTINGS.payoutBatchWindowSeconds,
      }),
    },
  };
}

export const carrierOf = ({ carrier }: Plant, task: Task) => carrierFor(carrier, task);

const PRICES = {
  marginBasisPoints: SETTINGS.marginBasisPoints,
  chargeStep: payableStep,
} as const;

export const quotesOf = ({ rates }: Plant, task: Task, lockSeconds: number): QuoteDesk =>
  quoteDesk({
    ...PRICES,
    rates: rates(task),
    lockPremiumBasisPoints: 0,
    lockSeconds,
  });

/** The desk of a checkout that names a quote it was given before, as `functions/marketplace-api` has it. */
export const quoteDeskFor = (
  plant: Plant,
  task: Task,
  claim: { readonly marketplaceId: string; readonly quoteId: string | undefined },
): QuoteDesk => {
  const desk = quotesOf(plant, task, SETTINGS.paymentWindowSeconds);
  const { marketplaceId, quoteId } = claim;
  const quotes = plant.quotes.storeFor(task);
  return quoteId === undefined ? desk : claimedQuoteDesk(desk, { quotes, quoteId, marketplaceId });
};

/** What giving a quote before checkout needs. */
export const offersOf = (plant: Plant, task: Task): OfferPorts => ({
  ...PRICES,
  rates: plant.rates(task),
  quotes: plant.quotes.storeFor(task),
  policy: LockPolicy.parse({}),
  refusalOf: () => undefined,
  now: nowOf(plant, task),
});

/** Sends to a queue as the functions do. The queue's name stands for its address. */
export const senderOf =
  ({ queues }: Plant, task: Task) =>
  (queue: QueueName, messages: readonly unknown[]): Promise<void> =>
    sendAll(queues.clientFor(task), queue, messages);
