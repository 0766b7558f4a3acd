import type { Incoterm } from '../../events/common.ts';
import type { TrackingEvent } from '../../events/shipment/tracking-event.v1.ts';
import type { Money } from '../money/money.ts';
import { CodedError } from '../platform/errors.ts';

/** Who hands over or receives a parcel, in the clear: it goes to the carrier and is never stored. */
export type Address = {
  readonly name: string;
  readonly company?: string;
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
  readonly email?: string;
};

/** One parcel, packed: whole grams and whole millimeters. */
export type ParcelSpec = {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
};

/** One line of the declaration. `value` and `weightGrams` are the whole line's, not one piece's. */
export type CustomsItem = {
  readonly description: string;
  readonly quantity: number;
  readonly value: Money;
  readonly weightGrams: number;
  readonly hsCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly originCountry: string;
};

export type CustomsDeclaration = {
  readonly contentsType: 'merchandise' | 'sample' | 'returned_goods' | 'documents' | 'gift';
  readonly incoterm: Incoterm;
  readonly signerName: string;
  readonly restrictionType: 'none' | 'quarantine' | 'sanitary_phytosanitary_inspection';
  /** Proof that the export was filed with the authorities, such as `AES X20261123012345`. */
  readonly exportFilingCitation?: string;
  readonly items: readonly CustomsItem[];
};

export type LabelRequest = {
  /** Our shipment id: the carrier keeps it, so that `findPrepared` can ask for it. */
  readonly reference: string;
  readonly from: Address;
  readonly to: Address;
  readonly parcel: ParcelSpec;
  readonly customs: CustomsDeclaration;
};

export type CarrierRate = {
  readonly rateId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  readonly deliveryDays?: number;
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
};

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
};

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
  /** Creates the shipment at the carrier, under our reference. Buys nothing. */
  prepare(request: LabelRequest): Promise<PreparedShipment | CarrierRefusal>;
  /**
   * The shipment that an earlier `prepare` created under this reference; one of them, if several
   * did. A prepared shipment without a label costs nothing, so a miss is not a danger.
   */
  findPrepared(reference: string): Promise<PreparedShipment | undefined>;
  /** Asks first whether this shipment has its label; buys the cheapest rate if it has none. */
  buy(prepared: Pick<PreparedShipment, 'carrierShipmentId'>): Promise<LabelOutcome>;
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
