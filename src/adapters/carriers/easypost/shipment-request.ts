import { toMajorString } from '../../../money/format.ts';
import type { Address, CustomsDeclaration, LabelRequest } from '../../../shipment/ports.ts';
import { gramsToOunces, millimetersToInches, parcelOunces } from '../units.ts';
import { needsNoFiling } from '../us-exports.ts';

/**
 * The body of `POST /shipments`, for one parcel. Weights are ounces and lengths inches; a customs
 * line's value and weight are the whole line's, which is also how EasyPost counts them.
 */
export const toShipmentRequest = (request: LabelRequest) => {
  const [parcel] = request.parcels;
  return { shipment: { reference: request.reference, ...toShipment(request, parcel) } };
};

/** The body of `POST /orders`: several parcels that are bought together, each with its own customs. */
export const toOrderRequest = (request: LabelRequest) => ({
  order: {
    reference: request.reference,
    to_address: toAddress(request.to),
    from_address: toAddress(request.from),
    is_return: request.isReturn === true,
    shipments: request.parcels.map((parcel) => toShipment(request, parcel)),
  },
});

const toShipment = (
  { from, to, customs, isReturn, insuredValue, parcels }: LabelRequest,
  parcel: LabelRequest['parcels'][number] | undefined,
) => {
  const declared = { ...customs, items: parcel?.items ?? customs.items };
  return {
    to_address: toAddress(to),
    from_address: toAddress(from),
    ...(isReturn === true ? { is_return: true } : {}),
    ...(parcel === undefined ? {} : { parcel: toParcel(parcel, declared) }),
    options: { incoterm: customs.incoterm },
    ...(insuredValue === undefined || parcels.length > 1
      ? {}
      : { insurance: toMajorString(insuredValue) }),
    ...(from.country === to.country ? {} : { customs_info: toCustomsInfo(declared, from.country) }),
  };
};

const toParcel = (
  parcel: LabelRequest['parcels'][number],
  { items }: Pick<CustomsDeclaration, 'items'>,
) => ({
  weight: parcelOunces(
    parcel.weightGrams,
    items.map(({ weightGrams }) => weightGrams),
  ),
  length: millimetersToInches(parcel.lengthMm),
  width: millimetersToInches(parcel.widthMm),
  height: millimetersToInches(parcel.heightMm),
});

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

const toCustomsInfo = (customs: CustomsDeclaration, exportCountry: string) => ({
  contents_type: customs.contentsType,
  customs_certify: true,
  customs_signer: customs.signerName,
  non_delivery_option: 'return',
  restriction_type: customs.restrictionType,
  ...exportFiling(customs, exportCountry),
  customs_items: customs.items.map((item) => ({
    description: item.description,
    quantity: item.quantity,
    value: toMajorString(item.value),
    currency: item.value.currency,
    weight: gramsToOunces(item.weightGrams),
    hs_tariff_number: item.hsCode,
    origin_country: item.originCountry,
  })),
});

const NO_FILING_NEEDED = 'NOEEI 30.37(a)';

/**
 * `eel_pfc`: how an export from the United States was filed. A citation that was given is passed on;
 * without one the exemption is claimed where it holds. Where it does not, nothing is claimed, and the
 * carrier says whether it files or refuses.
 */
const exportFiling = (customs: CustomsDeclaration, exportCountry: string) => {
  const { exportFilingCitation } = customs;
  if (exportFilingCitation !== undefined) return { eel_pfc: exportFilingCitation };
  return needsNoFiling(customs, exportCountry) ? { eel_pfc: NO_FILING_NEEDED } : {};
};
