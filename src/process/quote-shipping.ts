import type { QuoteShipping } from '../../events/marketplace/quote-shipping.v1.ts';
import { add, type Money } from '../money/money.ts';
import { type RateRule, rankRates } from '../shipment/choose-rate.ts';
import { pack, shareOut } from '../shipment/pack.ts';
import type {
  CarrierPort,
  CarrierRate,
  CarrierRefusal,
  DutyQuote,
  LabelRequest,
  ParcelSpec,
} from '../shipment/ports.ts';
import { toAddress } from './label-request.ts';

export type ShippingOffer = {
  readonly kind: 'offered';
  readonly provider: string;
  readonly rates: readonly CarrierRate[];
  readonly duties: DutyQuote;
  readonly parcels: readonly ParcelSpec[];
  readonly insuredValue: Money | undefined;
};

export type QuoteShippingPorts = {
  readonly carrier: Pick<CarrierPort, 'carrier' | 'quoteRates'>;
  /** By which labels are bought here: what a request does not say is as it has it. */
  readonly rule: RateRule;
  readonly insureGoods: boolean;
};

/** What carriers would take for goods, as a trade's would be packed and insured. Nothing is kept. */
export async function quoteShipping(
  { carrier, rule, insureGoods }: QuoteShippingPorts,
  body: QuoteShipping,
  reference: string,
): Promise<ShippingOffer | CarrierRefusal> {
  const values = body.lineItems.map(({ value }) => value);
  const insuredValue = body.insuredValue ?? (insureGoods ? values.reduce(add) : undefined);
  const request = labelRequestOf(body, { reference, insuredValue });
  const quoted = await carrier.quoteRates(request);
  if (quoted.kind === 'refused') return quoted;
  return {
    kind: 'offered',
    provider: carrier.carrier,
    rates: rankRates(ruleOf(body, rule))(quoted.rates),
    duties: quoted.duties,
    parcels: request.parcels,
    insuredValue,
  };
}

const labelRequestOf = (
  { from, to, lineItems, incoterm, parcels }: QuoteShipping,
  {
    reference,
    insuredValue,
  }: { readonly reference: string; readonly insuredValue: Money | undefined },
): LabelRequest => ({
  reference,
  from: toAddress(from),
  to: toAddress(to),
  parcels: parcels === undefined ? pack(lineItems) : packed(parcels, lineItems),
  customs: {
    ...{ contentsType: 'merchandise', incoterm, signerName: from.name, restrictionType: 'none' },
    items: lineItems,
  },
  ...(insuredValue === undefined ? {} : { insuredValue }),
});

/** Parcels as they were told, each with its part of the goods. */
function packed(
  parcels: NonNullable<QuoteShipping['parcels']>,
  lineItems: QuoteShipping['lineItems'],
): readonly ParcelSpec[] {
  const contents = shareOut(lineItems, parcels.length);
  return parcels.map((parcel, index) => ({ ...parcel, items: contents[index] ?? [] }));
}

function ruleOf(
  { prefer, carriers, services, maxDays, maxPrice }: QuoteShipping,
  rule: RateRule,
): RateRule {
  return {
    ...rule,
    ...(prefer === undefined ? {} : { prefer }),
    ...(carriers === undefined ? {} : { carriers }),
    ...(services === undefined ? {} : { services }),
    ...(maxDays === undefined ? {} : { maxDays }),
    ...(maxPrice === undefined
      ? {}
      : {
          maxPrice: {
            currency: maxPrice.currency,
            amountMinor: String(maxPrice.amountMinor),
          },
        }),
  };
}

/** The answer of `POST /v1/shipping-rates`. What a purchase would name a rate by stays inside. */
export const presentOffer = ({
  provider,
  rates,
  duties,
  parcels,
  insuredValue,
}: ShippingOffer) => ({
  provider,
  rates: rates.map(({ carrier, service, price, deliveryDays }) => ({
    ...{ carrier, service, price },
    ...(deliveryDays === undefined ? {} : { deliveryDays }),
  })),
  duties,
  parcels: parcels.map(({ weightGrams, lengthMm, widthMm, heightMm }) => ({
    ...{ weightGrams, lengthMm, widthMm, heightMm },
  })),
  ...(insuredValue === undefined ? {} : { insuredValue }),
});
