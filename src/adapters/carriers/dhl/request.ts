import { minorUnitDigits } from '../../../money/currency.ts';
import { toMajorString } from '../../../money/format.ts';
import type { Money } from '../../../money/money.ts';
import { roundQuotient } from '../../../money/rounding.ts';
import type { Address, CustomsItem, LabelRequest, ParcelSpec } from '../../../shipment/ports.ts';
import { gramsToKilograms, millimetersToWholeCentimeters } from '../units.ts';
import { needsNoFiling } from '../us-exports.ts';

/** What every request names beside the consignment. */
export type Terms = { readonly accountNumber: string; readonly shipAt: Date };

const account = ({ accountNumber }: Terms) => [{ typeCode: 'shipper', number: accountNumber }];

/** `2026-11-26T15:00:00 GMT+00:00`, as DHL writes times. */
export const dhlTime = (at: Date): string => `${at.toISOString().slice(0, 19)} GMT+00:00`;

/**
 * DHL's JSON has amounts as numbers. They are written from exact decimal text, and JSON's shortest
 * form of such a number is that text again.
 */
const amountOf = (value: Money): number => Number(toMajorString(value));

/**
 * The price of one piece of a line, which DHL multiplies by the quantity: to the thousandth, as DHL
 * takes it, since it need not be a whole number of minor units.
 */
const priceOfOne = ({ value, quantity }: CustomsItem): number => {
  const divisor = 10n ** BigInt(minorUnitDigits(value.currency)) * BigInt(quantity);
  return Number(roundQuotient(value.amountMinor * 1_000n, divisor, 'halfEven')) / 1_000;
};

/** A street of DHL's has 45 characters, as a city; the rest of a street goes into the next line. */
const LINE = 45;
const COMPANY = 100;
const EMAIL = 70;

const postal = (address: Address) => ({
  postalCode: address.postalCode,
  cityName: address.city.slice(0, LINE),
  countryCode: address.country,
  ...(address.state === undefined || address.state.length < 2
    ? {}
    : { provinceCode: address.state.slice(0, 35) }),
  addressLine1: address.street1.slice(0, LINE),
  ...(address.street1.length > LINE
    ? { addressLine2: address.street1.slice(LINE, 2 * LINE) }
    : address.street2 === undefined
      ? {}
      : { addressLine2: address.street2.slice(0, LINE) }),
});

const contact = (address: Address) => ({
  fullName: address.name,
  companyName: (address.company ?? address.name).slice(0, COMPANY),
  phone: address.phone ?? '',
  ...(address.email === undefined || address.email.length > EMAIL ? {} : { email: address.email }),
});

export const partyDetails = (address: Address) => ({
  postalAddress: postal(address),
  contactInformation: contact(address),
});

/** Metric: kilograms to the gram, centimeters as whole numbers. */
export const packagesOf = (parcels: readonly ParcelSpec[]) =>
  parcels.map((parcel, index) => ({
    weight: gramsToKilograms(parcel.weightGrams),
    dimensions: {
      length: millimetersToWholeCentimeters(parcel.lengthMm),
      width: millimetersToWholeCentimeters(parcel.widthMm),
      height: millimetersToWholeCentimeters(parcel.heightMm),
    },
    customerReferences: [{ value: String(index + 1), typeCode: 'CU' }],
  }));

const crossesBorder = ({ from, to }: LabelRequest): boolean => from.country !== to.country;

/** The whole declaration's value, in the currency of its first line; undefined where they differ. */
export function declaredValue({ customs }: LabelRequest): Money | undefined {
  const [first, ...others] = customs.items.map(({ value }) => value);
  if (first === undefined || others.some(({ currency }) => currency !== first.currency)) {
    return undefined;
  }
  const amountMinor = others.reduce((sum, one) => sum + one.amountMinor, first.amountMinor);
  return { ...first, amountMinor };
}

/** The body of `POST /rates`. */
export const toRates = (request: LabelRequest, terms: Terms) => ({
  customerDetails: {
    shipperDetails: postal(request.from),
    receiverDetails: postal(request.to),
  },
  accounts: account(terms),
  plannedShippingDateAndTime: dhlTime(terms.shipAt),
  unitOfMeasurement: 'metric',
  isCustomsDeclarable: crossesBorder(request),
  packages: packagesOf(request.parcels).map(({ weight, dimensions }) => ({ weight, dimensions })),
});

/** The body of `POST /landed-cost`: what customs will ask, in the currency of the declaration. */
export const toLandedCost = (request: LabelRequest, value: Money, terms: Terms) => ({
  customerDetails: {
    shipperDetails: postal(request.from),
    receiverDetails: postal(request.to),
  },
  accounts: account(terms),
  unitOfMeasurement: 'metric',
  currencyCode: value.currency,
  isCustomsDeclarable: true,
  isDTPRequested: request.customs.incoterm === 'DDP',
  getCostBreakdown: true,
  shipmentPurpose: 'commercial',
  transportationMode: 'air',
  merchantSelectedCarrierName: 'DHL',
  packages: packagesOf(request.parcels).map(({ weight, dimensions }) => ({ weight, dimensions })),
  items: request.customs.items.map((item, index) => ({
    number: index + 1,
    description: item.description,
    manufacturerCountry: item.originCountry,
    quantity: item.quantity,
    quantityType: 'prt',
    unitPrice: priceOfOne(item),
    unitPriceCurrencyCode: item.value.currency,
    commodityCode: item.hsCode,
    weight: gramsToKilograms(Math.ceil(item.weightGrams / item.quantity)),
    weightUnitOfMeasurement: 'metric',
  })),
});

const DTP = 'DD';
const INSURANCE = 'II';
const PAPERLESS = 'WY';

/** Duty paid by the sender, insurance and paperless trade are services that cost extra. */
const servicesOf = (request: LabelRequest) => [
  ...(crossesBorder(request) ? [{ serviceCode: PAPERLESS }] : []),
  ...(request.customs.incoterm === 'DDP' && crossesBorder(request) ? [{ serviceCode: DTP }] : []),
  ...(request.insuredValue === undefined
    ? []
    : [
        {
          serviceCode: INSURANCE,
          value: amountOf(request.insuredValue),
          currency: request.insuredValue.currency,
        },
      ]),
];

/** DHL asks for a telephone number of either side, and refuses an empty one. */
export const withoutPhone = ({
  from,
  to,
}: Pick<LabelRequest, 'from' | 'to'>): readonly string[] => [
  ...(from.phone === undefined ? ['shipperDetails.phone'] : []),
  ...(to.phone === undefined ? ['receiverDetails.phone'] : []),
];

/** The body of `POST /shipments`, which makes the shipment and sells its label in one. */
export const toShipment = (request: LabelRequest, productCode: string, terms: Terms) => ({
  plannedShippingDateAndTime: dhlTime(terms.shipAt),
  pickup: { isRequested: false },
  productCode,
  accounts: account(terms),
  customerReferences: [{ value: request.reference, typeCode: 'CU' }],
  valueAddedServices: servicesOf(request),
  outputImageProperties: {
    encodingFormat: 'pdf',
    imageOptions: [
      { typeCode: 'label', isRequested: true },
      ...(crossesBorder(request)
        ? [{ typeCode: 'invoice', invoiceType: 'commercial', isRequested: true }]
        : []),
    ],
  },
  customerDetails: {
    shipperDetails: partyDetails(request.from),
    receiverDetails: partyDetails(request.to),
  },
  content: {
    packages: packagesOf(request.parcels),
    isCustomsDeclarable: crossesBorder(request),
    description: request.customs.items
      .map(({ description }) => description)
      .join(', ')
      .slice(0, 70),
    incoterm: request.customs.incoterm,
    unitOfMeasurement: 'metric',
    ...(crossesBorder(request) ? declarationOf(request, terms) : {}),
    ...filingOf(request),
  },
});

/** How an export from the United States was filed, or that it need not be, for the label. */
const filingOf = ({ customs, from }: LabelRequest) => {
  const filing =
    customs.exportFilingCitation ??
    (needsNoFiling(customs, from.country) ? 'NOEEI 30.37(a)' : undefined);
  return filing === undefined || filing.length > 20 ? {} : { USFilingTypeValue: filing };
};

const declarationOf = (request: LabelRequest, { shipAt }: Terms) => {
  const value = declaredValue(request);
  return {
    ...(value === undefined
      ? {}
      : { declaredValue: amountOf(value), declaredValueCurrency: value.currency }),
    exportDeclaration: {
      lineItems: request.customs.items.map((item, index) => ({
        number: index + 1,
        description: item.description,
        price: priceOfOne(item),
        quantity: { value: item.quantity, unitOfMeasurement: 'PCS' },
        commodityCodes: [{ typeCode: 'outbound', value: item.hsCode }],
        exportReasonType: request.isReturn === true ? 'return' : 'permanent',
        manufacturerCountry: item.originCountry,
        weight: {
          netValue: gramsToKilograms(item.weightGrams),
          grossValue: gramsToKilograms(item.weightGrams),
        },
      })),
      invoice: { number: request.reference.slice(0, 35), date: shipAt.toISOString().slice(0, 10) },
      exportReason: request.isReturn === true ? 'return' : 'sale',
      ...(request.customs.exportFilingCitation === undefined
        ? {}
        : { exportReference: request.customs.exportFilingCitation }),
    },
  };
};
