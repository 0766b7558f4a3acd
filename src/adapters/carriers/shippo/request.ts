import { toMajorString } from '../../../money/format.ts';
import type { Money } from '../../../money/money.ts';
import type { Address, CustomsDeclaration, LabelRequest } from '../../../shipment/ports.ts';
import { insuredParts } from '../insured-parts.ts';
import { millimetersToCentimeters } from '../units.ts';
import { needsNoFiling } from '../us-exports.ts';

/**
 * The body of `POST /shipments`. Shippo takes texts, each with its unit: grams and centimeters here.
 * `metadata` is our reference, by which the shipment is found again.
 */
export const toShipment = ({
  reference,
  from,
  to,
  parcels,
  customs,
  insuredValue,
  isReturn,
}: LabelRequest) => ({
  address_from: toAddress(from),
  address_to: toAddress(to),
  parcels: parcels.map(({ weightGrams, lengthMm, widthMm, heightMm }, index) => ({
    weight: String(weightGrams),
    mass_unit: 'g',
    length: String(millimetersToCentimeters(lengthMm)),
    width: String(millimetersToCentimeters(widthMm)),
    height: String(millimetersToCentimeters(heightMm)),
    distance_unit: 'cm',
    ...(parcels.length < 2
      ? {}
      : insuranceOf(insuredValue && insuredParts(parcels, insuredValue)[index])),
  })),
  ...(from.country === to.country
    ? {}
    : { customs_declaration: toDeclaration(customs, from.country) }),
  extra: {
    reference_1: reference,
    ...(isReturn === true ? { is_return: true } : {}),
    ...(parcels.length < 2 ? insuranceOf(insuredValue).extra : {}),
  },
  metadata: reference,
  async: false,
});

/** What Shippo insures: a single parcel with its shipment, each of several by itself. */
const insuranceOf = (value: Money | undefined) =>
  value === undefined
    ? {}
    : {
        extra: {
          insurance: {
            amount: toMajorString(value),
            currency: value.currency,
            content: 'merchandise',
          },
        },
      };

/** Field by field, so that nothing else a caller knows of a person reaches the carrier. */
export const toAddress = (address: Address) => ({
  name: address.name,
  company: address.company,
  street1: address.street1,
  street2: address.street2,
  city: address.city,
  state: address.state,
  zip: address.postalCode,
  country: address.country,
  phone: address.phone,
  email: address.email,
});

const CONTENTS: Readonly<Record<CustomsDeclaration['contentsType'], string>> = {
  merchandise: 'MERCHANDISE',
  sample: 'SAMPLE',
  returned_goods: 'RETURN_MERCHANDISE',
  documents: 'DOCUMENTS',
  gift: 'GIFT',
};

/** The terms that Shippo knows. Others are left out: nothing else is declared in their place. */
const INCOTERMS: ReadonlySet<string> = new Set(['DDP', 'FCA', 'DAP']);

/** How an export from the United States was filed, or that it need not be: `AES X2026…` is an ITN. */
const exportFiling = (customs: CustomsDeclaration, exportCountry: string) => {
  const { exportFilingCitation } = customs;
  if (exportFilingCitation !== undefined) {
    return { eel_pfc: 'AES_ITN', aes_itn: exportFilingCitation.replace(/^AES /, '') };
  }
  return needsNoFiling(customs, exportCountry) ? { eel_pfc: 'NOEEI_30_37_a' } : {};
};

/** A line's value and weight are the whole line's, which is also how Shippo counts them. */
const toDeclaration = (customs: CustomsDeclaration, exportCountry: string) => ({
  certify: true,
  certify_signer: customs.signerName,
  contents_type: CONTENTS[customs.contentsType],
  non_delivery_option: 'RETURN',
  ...(INCOTERMS.has(customs.incoterm) ? { incoterm: customs.incoterm } : {}),
  ...exportFiling(customs, exportCountry),
  items: customs.items.map((item) => ({
    description: item.description,
    quantity: item.quantity,
    net_weight: String(item.weightGrams),
    mass_unit: 'g',
    value_amount: toMajorString(item.value),
    value_currency: item.value.currency,
    origin_country: item.originCountry,
    hs_code: item.hsCode,
  })),
});
