import type { CurrencyCode } from '../../../src/money/currency.ts';
import type { Random } from '../engine/random.ts';
import type { JourneyStop } from '../ports/carrier-state.ts';

type Amount = { readonly currency: CurrencyCode; readonly amountMinor: string };

/** The body of `POST /v1/trades`. */
export type TradeRequest = {
  readonly reference: string;
  readonly parties: { readonly buyer: unknown; readonly seller: unknown };
  readonly lineItems: readonly unknown[];
  readonly incoterm: string;
  readonly amount: Amount;
  readonly payInCurrency: CurrencyCode;
  readonly milestones?: readonly MilestoneRequest[];
  readonly shipWithinSeconds?: number;
};

/** A milestone's part is an amount, or a share where all of them have one. */
export type MilestoneRequest = {
  readonly milestoneId: string;
  readonly amount?: Amount;
  readonly shareBasisPoints?: number;
  readonly inspectionPeriodSeconds?: number;
  readonly release?:
    | { readonly rule: 'inspection' | 'acceptance' }
    | { readonly rule: 'document'; readonly documentType: 'bill_of_lading' }
    | { readonly rule: 'date'; readonly releaseAt: string };
};

const TRADE_CURRENCIES: readonly CurrencyCode[] = ['USD', 'USD', 'USD', 'GBP'];
const PAY_IN_CURRENCIES: readonly CurrencyCode[] = [
  'EUR',
  'EUR',
  'JPY',
  'GBP',
  'USD',
  'KRW',
  'KWD',
];

/** What one carton takes. */
const CARTON_GRAMS = 30_000;
/** From 100.00 to 20,000.00, odd cents included. */
const AMOUNT_MINOR = [10_000, 2_000_000] as const;

const person = (role: string, ordinal: number, country: string) => ({
  name: `${role} Lastname${ordinal}x`,
  email: `${role.toLowerCase()}.${ordinal}x@person.example`,
  phone: `+49 30 5550${100_000 + ordinal}`,
  address: {
    street1: `${ordinal}x ${role} Street`,
    city: 'Musterstadt',
    postalCode: '10115',
    country,
  },
});

/** What `request` says of people, as it must be found nowhere but in the vault. */
export const personalDataOf = (ordinal: number): readonly string[] =>
  ['Buyer', 'Seller'].flatMap((role) => {
    const { name, email, phone, address } = person(role, ordinal, 'DE');
    return [name, email, phone, address.street1];
  });

/** A request with an amount and currencies that are drawn, and what the scenario wants otherwise. */
export function tradeRequest(
  draw: Random,
  ordinal: number,
  wanted: Partial<Pick<TradeRequest, 'payInCurrency' | 'amount'>> & {
    /** How the seller is paid; a Stripe account where it is not said. */
    readonly paidBy?: 'bank';
    readonly payoutAccountId?: string;
    readonly sellerCountry?: string;
    /** A seller of several trades of a world. */
    readonly seller?: 'regular';
    /** How many cartons the goods fill; one where it is not said. */
    readonly parcels?: number;
  } = {},
): TradeRequest {
  const drawn: Amount = {
    currency: draw.pick(TRADE_CURRENCIES),
    amountMinor: String(draw.between(...AMOUNT_MINOR)),
  };
  const amount = wanted.amount ?? drawn;
  const own = `${wanted.paidBy === 'bank' ? 'bank' : 'acct'}_seller${wanted.seller ?? ordinal}`;
  const { payoutAccountId = own, sellerCountry = 'KR' } = wanted;
  return {
    reference: `PO-${ordinal}`,
    parties: {
      buyer: person('Buyer', ordinal, 'DE'),
      seller: { ...person('Seller', ordinal, sellerCountry), payoutAccountId },
    },
    lineItems: [
      {
        description: 'Steel brackets',
        hsCode: '732690',
        originCountry: 'KR',
        quantity: 10,
        weightGrams: 12_000 + ((wanted.parcels ?? 1) - 1) * CARTON_GRAMS,
        value: amount,
      },
    ],
    incoterm: 'DAP',
    amount,
    payInCurrency: wanted.payInCurrency ?? draw.pick(PAY_IN_CURRENCIES),
  };
}

const HOUR = 3_600;

/** What may be scanned between the first and the last scan; not every carrier scans all of it. */
const ON_THE_WAY: readonly JourneyStop[] = [
  { afterSeconds: 6 * HOUR, status: 'in_transit', detail: 'received_at_origin_facility' },
  { afterSeconds: 20 * HOUR, status: 'in_transit', detail: 'departed_facility' },
  { afterSeconds: 12 * HOUR, status: 'in_transit', detail: 'weather_delay' },
  { afterSeconds: 9 * HOUR, status: 'out_for_delivery', detail: 'out_for_delivery' },
];

/** From the seller's door to the buyer's, within a few days. */
export const deliveredJourney = (draw: Random): readonly JourneyStop[] => [
  { afterSeconds: draw.between(60, 4 * HOUR), status: 'pre_transit', detail: 'label_created' },
  ...ON_THE_WAY.filter(() => draw.chance(0.4)).map((stop) => ({
    ...stop,
    afterSeconds: draw.between(600, stop.afterSeconds),
  })),
  {
    afterSeconds: draw.between(600, 4 * HOUR),
    status: 'delivered',
    detail: 'arrived_at_destination',
  },
];
