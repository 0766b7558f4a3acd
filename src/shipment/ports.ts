import type { TrackingEvent } from '../../events/shipment/tracking-event.v1.ts';
import type { Money } from '../money/money.ts';
import { CodedError } from '../platform/errors.ts';
import type { Address, LabelRequest } from './consignment.ts';

export type * from './consignment.ts';

export type CarrierRate = {
  readonly rateId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  readonly deliveryDays?: number;
};

/**
 * What customs will ask of the buyer. `estimated` is the carrier's own calculation; with `not_included`
 * the buyer pays duty and tax on top, and must be told so.
 */
export type DutyQuote =
  | { readonly kind: 'not_included' }
  | {
      readonly kind: 'estimated';
      readonly duties: Money;
      readonly taxes: Money;
      readonly fees: Money;
    };

export type QuotedRates = {
  readonly kind: 'quoted';
  readonly rates: readonly CarrierRate[];
  readonly duties: DutyQuote;
};

/** A shipment as the carrier holds it, with what a label would cost. Nothing is bought yet. */
export type PreparedShipment = {
  readonly kind: 'prepared';
  readonly carrierShipmentId: string;
  readonly rates: readonly CarrierRate[];
};

/**
 * The carrier will not have this shipment as it is; a person must correct it. `code` is the
 * carrier's, at most 80 characters. `message` holds codes and field names only, never their values:
 * it may be logged.
 */
export type CarrierRefusal = {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  /** What the carrier complains of, as far as it says so in terms that we know. */
  readonly fields?: readonly RefusedField[];
};

/** Where in a label request a carrier sees a fault, such as `to.postalCode` or `customs`. */
export type RefusedField =
  | 'from'
  | 'to'
  | `${'from' | 'to'}.${keyof Address}`
  | 'parcels'
  | 'customs'
  | 'insuredValue';

export type PurchasedLabel = {
  readonly kind: 'purchased';
  readonly trackingNumber: string;
  readonly trackerId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  /** Whoever has the link sees names and addresses: it is fetched when needed, never stored. */
  readonly labelUrl?: string;
  readonly purchasedAt?: string;
  /** Each parcel's own number and tracker, where there are several. */
  readonly parcels?: readonly LabeledParcel[];
};

export type LabeledParcel = { readonly trackingNumber: string; readonly trackerId: string };

/** What is bought: the one shipment that was recorded, at a rate that the rule chooses. */
export type Purchase = {
  readonly carrierShipmentId: string;
  /** What the shipment is, for carriers that keep none: it is asked for only where it is needed. */
  readonly request: () => Promise<LabelRequest>;
  readonly choose: (rates: readonly CarrierRate[]) => CarrierRate | undefined;
};

/** A label that was bought, as its carrier knows it. */
export type SoldLabel = {
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  /** When it was bought, where that is known: some carriers archive by month. */
  readonly purchasedAt?: string | undefined;
};

/**
 * A label that will not be used. `voided`: nothing is owed for it. `requested`: the carrier looks
 * first whether it was used. `not_billed`: this carrier bills only what it has scanned.
 */
export type Cancellation = { readonly kind: 'voided' | 'requested' | 'not_billed' };

/** A paper of a shipment. It names people: it is fetched when it is needed, and never stored. */
export type ShippingDocument = {
  readonly type: 'label' | 'commercial_invoice' | 'waybill' | 'other';
  readonly format: 'pdf' | 'png' | 'zpl' | 'other';
} & (
  | { readonly url: string }
  /** Base 64. */
  | { readonly content: string }
);

export type PickupRequest = SoldLabel & {
  /** Our own name of the pickup, for the carrier to keep. */
  readonly reference: string;
  readonly address: Address;
  /** Instants between which the courier may come. */
  readonly readyAt: string;
  readonly closesAt: string;
  /** When it was first wanted: what a carrier has from before is no answer to it. */
  readonly requestedAt: string;
  readonly instructions?: string;
  readonly parcels: LabelRequest['parcels'];
};

export type ScheduledPickup = {
  readonly kind: 'scheduled';
  readonly pickupId: string;
  readonly confirmation?: string;
  readonly price?: Money;
};

/** A pickup as its carrier names it. */
export type OrderedPickup = Pick<ScheduledPickup, 'pickupId'>;

/** The courier does not come any more. */
export type CanceledPickup = { readonly kind: 'canceled' };

export type LabelOutcome = PurchasedLabel | CarrierRefusal;

/**
 * That a carrier can prove a delivery. The proof names people, so it stays there: `reference` says
 * where it can be asked for, `sha256` is of the answer that held or announced it.
 */
export type ProofOfDelivery = {
  readonly kind: 'signature' | 'document' | 'photo';
  readonly reference: string;
  readonly sha256: string;
};

/** What the carrier knows of a parcel on its way, in canonical terms. */
export type CarrierTracking = {
  readonly trackerId: string;
  readonly trackingNumber?: string;
  readonly scans: readonly TrackingEvent[];
  readonly proof?: ProofOfDelivery;
};

/**
 * Whoever sells labels. Carriers know no idempotency keys, so a label is bought in two steps:
 * `prepare` costs nothing and may be repeated; its `carrierShipmentId` is recorded by a conditional
 * write; `buy` then always names that one shipment, which a carrier sells only once.
 *
 * Every method throws `CarrierUnavailableError` where the answer is not known or not given.
 */
export type CarrierPort = {
  /** The provider's name as events and webhook routes spell it, such as `easypost`. */
  readonly carrier: string;
  /**
   * True where a prepared shipment is sold once, whoever buys it how often at a time. Where not, `buy`
   * must not run twice at once for one shipment: its caller claims it first.
   */
  readonly sellsOnce: boolean;
  /** What carriers would take for it, and what customs would. Nothing is kept or bought. */
  quoteRates(request: LabelRequest): Promise<QuotedRates | CarrierRefusal>;
  /** Creates the shipment at the carrier, under our reference. Buys nothing. */
  prepare(request: LabelRequest): Promise<PreparedShipment | CarrierRefusal>;
  /**
   * The shipment that an earlier `prepare` created under this reference, of so many parcels; one of
   * them, if several did. A prepared shipment without a label costs nothing, so a miss is not a danger.
   */
  findPrepared(reference: string, parcelCount: number): Promise<PreparedShipment | undefined>;
  /** Asks first whether this shipment has its label; buys the chosen rate if it has none. */
  buy(purchase: Purchase): Promise<LabelOutcome>;
  /** Gives a label back that was not handed over. Doing it twice does no harm. */
  cancel(label: SoldLabel): Promise<Cancellation | CarrierRefusal>;
  documents(label: SoldLabel): Promise<readonly ShippingDocument[]>;
  /**
   * True where `schedulePickup` asks first whether a pickup was ordered under its reference. Where not,
   * an order whose answer was lost must not be repeated: its caller claims it first.
   */
  readonly findsPickups: boolean;
  /** Orders the courier; one that `findsPickups` orders one, whoever asks for it how often at a time. */
  schedulePickup(request: PickupRequest): Promise<ScheduledPickup | CarrierRefusal>;
  /** Tells the courier not to come. Doing it twice does no harm. */
  cancelPickup(pickup: OrderedPickup): Promise<CanceledPickup | CarrierRefusal>;
  /** Everything the carrier knows of a parcel now; undefined if it does not know the tracker. */
  track(trackerId: string): Promise<CarrierTracking | undefined>;
};

/**
 * Why a carrier gave no answer.
 * - `carrier.unknown_outcome`: a timeout, a broken connection or a failure on their side. The call
 *   may have taken effect: the next try asks before it acts.
 * - `carrier.rate_limited`: refused before it was looked at.
 * - `carrier.account_refused`: our key, our permissions or our balance, not the shipment.
 */
export type CarrierUnavailableCode =
  | 'carrier.unknown_outcome'
  | 'carrier.rate_limited'
  | 'carrier.account_refused';

export type CarrierUnavailableError = CodedError & { readonly code: CarrierUnavailableCode };

/** A provider of which there is no key: an operator must put it there, and messages wait for that. */
export const noKeyFor = (provider: string): never => {
  throw carrierUnavailable('carrier.account_refused', {
    message: `There is no key for ${provider}.`,
  });
};

/**
 * The error that adapters throw. All of them are worth another try, an account's too: keys are
 * rotated and balances topped up while messages wait.
 */
export const carrierUnavailable = (
  code: CarrierUnavailableCode,
  options: {
    readonly message: string;
    readonly fields?: Readonly<Record<string, string>>;
    readonly cause?: unknown;
  },
): CodedError => new CodedError({ code, retryable: true, ...options });
