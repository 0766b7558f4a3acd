import { isJson, type Json, numberAt, objectAt, textAt } from '../json.ts';
import { EasyPostApiError, fieldError, notFound, required } from './errors.ts';
import type { EasyPostAddress, Shipment } from './objects.ts';
import { newTrackingCode, quoteRates } from './rates.ts';
import { trackLabel } from './trackers.ts';
import type { World } from './world.ts';

/** An address whose street starts so is accepted and quoted, and refused when postage is bought. */
export const undeliverableStreet = 'UNDELIVERABLE';

/** `POST /v2/shipments`: checks, quotes, and charges nothing. */
export function createShipment(world: World, body: Json): Shipment {
  if (!isJson(body['shipment'])) throw required('shipment');
  const parameters = body['shipment'];
  const id = world.ids.next('shp');
  const at = world.now();
  const toAddress = readAddress(world, parameters, 'to_address');
  const fromAddress = readAddress(world, parameters, 'from_address');
  const parcel = readParcel(world, parameters);
  const customsInfo = isJson(parameters['customs_info']) ? parameters['customs_info'] : null;
  const crossesBorder = toAddress.country !== fromAddress.country;
  const messages = crossesBorder ? customsMessages(customsInfo) : [];
  const shipment: Shipment = {
    ...{ id, object: 'Shipment', mode: 'test', created_at: at, updated_at: at },
    ...{ reference: textAt(parameters, 'reference'), is_return: parameters['is_return'] === true },
    ...{ to_address: toAddress, from_address: fromAddress, return_address: fromAddress },
    ...{ buyer_address: toAddress, parcel, options: objectAt(parameters, 'options'), messages },
    customs_info: customsInfo && customsObject(world, customsInfo),
    rates:
      messages.length > 0
        ? []
        : quoteRates({ ids: world.ids, shipmentId: id, ounces: parcel.weight, crossesBorder, at }),
    ...{ selected_rate: null, postage_label: null, tracker: null, tracking_code: null },
    status: 'unknown',
    ...{
      forms: [],
      fees: [],
      insurance: textAt(parameters, 'insurance'),
      refund_status: null,
      scan_form: null,
    },
    ...{ batch_id: null, batch_status: null, batch_message: null, order_id: null, usps_zone: null },
  };
  world.shipments.set(id, shipment);
  return shipment;
}

function readAddress(world: World, shipment: Json, name: string): EasyPostAddress {
  const given = objectAt(shipment, name);
  const country = textAt(given, 'country')?.toUpperCase() ?? 'US';
  const missing = ['street1', 'city', 'zip'].filter((field) => textAt(given, field) === null);
  const errors = missing.map((field) => fieldError(`${name}.${field}`, 'Required and missing.'));
  if (!/^[A-Z]{2}$/.test(country)) {
    errors.push(fieldError(`${name}.country`, 'Not a two-letter country code.'));
  }
  if (errors.length > 0) {
    const message = 'Unable to create shipment, one or more parameters were invalid.';
    throw new EasyPostApiError(422, 'SHIPMENT.INVALID_PARAMS', message, errors);
  }
  const at = world.now();
  return {
    ...{
      id: world.ids.next('adr'),
      object: 'Address',
      mode: 'test',
      created_at: at,
      updated_at: at,
    },
    ...{ name: textAt(given, 'name'), company: textAt(given, 'company') },
    ...{ street1: textAt(given, 'street1'), street2: textAt(given, 'street2') },
    ...{ city: textAt(given, 'city'), state: textAt(given, 'state'), zip: textAt(given, 'zip') },
    ...{ country, phone: textAt(given, 'phone'), email: textAt(given, 'email') },
    ...{ residential: null, federal_tax_id: null, state_tax_id: null, carrier_facility: null },
    verifications: {},
  };
}

function readParcel(world: World, shipment: Json): Shipment['parcel'] {
  const given = objectAt(shipment, 'parcel');
  const weight = numberAt(given, 'weight');
  if (weight === null || weight <= 0) {
    const error = fieldError('parcel.weight', 'Must be greater than zero.');
    throw new EasyPostApiError(422, 'SHIPMENT.INVALID_PARAMS', 'Parcel is invalid.', [error]);
  }
  const [length, width, height] = ['length', 'width', 'height'].map((edge) =>
    numberAt(given, edge),
  );
  const at = world.now();
  return {
    ...{
      id: world.ids.next('prcl'),
      object: 'Parcel',
      mode: 'test',
      created_at: at,
      updated_at: at,
    },
    ...{ length, width, height, weight, predefined_package: null },
  };
}

/** Carriers quote nothing across a border without customs data; EasyPost passes on why. */
function customsMessages(customsInfo: Json | null): Shipment['messages'] {
  const complaint = (message: string) => ({ carrier: 'sandbox', type: 'rate_error', message });
  if (customsInfo === null) return [complaint('customs_info is required for this shipment')];
  const items = Array.isArray(customsInfo['customs_items']) ? customsInfo['customs_items'] : [];
  if (items.length === 0) return [complaint('customs_items must not be empty')];
  return items.flatMap((item, index) => {
    const bad = isJson(item) ? badCustomsFields(item) : ['customs_item'];
    return bad.map((field) => complaint(`customs_items[${index}].${field} is invalid`));
  });
}

function badCustomsFields(item: Json): string[] {
  const positive = ['quantity', 'value', 'weight'].filter(
    (name) => !((numberAt(item, name) ?? 0) > 0),
  );
  const code = /^\d{6,10}$/.test(textAt(item, 'hs_tariff_number')?.replaceAll('.', '') ?? '');
  const origin = /^[A-Z]{2}$/.test(textAt(item, 'origin_country') ?? '');
  return [
    ...positive,
    ...(code ? [] : ['hs_tariff_number']),
    ...(origin ? [] : ['origin_country']),
  ];
}

const customsObject = (world: World, given: Json): Json => ({
  ...{ id: world.ids.next('cstinfo'), object: 'CustomsInfo', mode: 'test', ...given },
  customs_items: (given['customs_items'] as Json[] | undefined)?.map((item) => ({
    ...{ id: world.ids.next('cstitem'), object: 'CustomsItem', mode: 'test', ...item },
  })),
});

/** Finds a shipment by its id, or the newest one with that reference. @throws EasyPostApiError 404 */
export function findShipment(world: World, idOrReference: string): Shipment {
  const found =
    world.shipments.get(idOrReference) ??
    [...world.shipments.values()].findLast(({ reference }) => reference === idOrReference);
  if (found === undefined) throw notFound();
  return found;
}

/** `POST /v2/shipments/:id/buy`: one shipment takes postage once. */
export function buyShipment(world: World, id: string, body: Json): Shipment {
  const shipment = findShipment(world, id);
  if (shipment.postage_label !== null) {
    const message = 'Postage already exists for this shipment.';
    throw new EasyPostApiError(422, 'SHIPMENT.POSTAGE.EXISTS', message);
  }
  const rateId = textAt(objectAt(body, 'rate'), 'id');
  if (rateId === null) throw required('rate');
  const rate = shipment.rates.find((offered) => offered.id === rateId);
  if (rate === undefined) throw notFound();
  if (isUndeliverable(shipment)) {
    const message = 'Unable to complete shipment purchase: the address is not deliverable.';
    throw new EasyPostApiError(422, 'SHIPMENT.POSTAGE.FAILURE', message, [
      fieldError('to_address', 'Address not found'),
    ]);
  }
  return addPostage(world, shipment, rate);
}

/** Whether carriers refuse the address when postage is bought. */
export const isUndeliverable = ({ to_address }: Pick<Shipment, 'to_address'>): boolean =>
  to_address.street1?.toUpperCase().startsWith(undeliverableStreet) === true;

/** `POST /v2/shipments/:id/refund`: taken back where the parcel was not scanned. */
export function refundShipment(world: World, id: string): Shipment {
  const shipment = findShipment(world, id);
  if (shipment.postage_label === null) {
    throw new EasyPostApiError(422, 'SHIPMENT.REFUND.NO_POSTAGE', 'There is nothing to refund.');
  }
  const isScanned = (shipment.tracker?.tracking_details ?? []).some(
    ({ status }) => status !== 'pre_transit',
  );
  if (isScanned) {
    throw new EasyPostApiError(422, 'SHIPMENT.REFUND.REJECTED', 'The label was used.');
  }
  shipment['refund_status'] ??= 'submitted';
  shipment.updated_at = world.now();
  return shipment;
}

/** `POST /v2/shipments/:id/insure`: after its purchase, once. */
export function insureShipment(world: World, id: string, body: Json): Shipment {
  const shipment = findShipment(world, id);
  const given = numberAt(body, 'amount');
  const amount = given === null ? textAt(body, 'amount') : given.toFixed(2);
  if (amount === null) throw required('amount');
  if (shipment.postage_label === null || textAt(shipment, 'insurance') !== null) {
    const message = 'The shipment was not bought, or is insured already.';
    throw new EasyPostApiError(422, 'SHIPMENT.INSURANCE.FAILURE', message);
  }
  shipment['insurance'] = amount;
  shipment.updated_at = world.now();
  return shipment;
}

export function addPostage(
  world: World,
  shipment: Shipment,
  rate: Shipment['rates'][number],
): Shipment {
  const at = world.now();
  const files = `https://easypost-files.example.invalid/files`;
  shipment.selected_rate = { ...rate, updated_at: at };
  shipment.tracking_code = newTrackingCode(world.ids, rate.carrier);
  shipment.postage_label = {
    ...{ id: world.ids.next('pl'), object: 'PostageLabel', created_at: at, updated_at: at },
    ...{ date_advance: 0, label_date: at, label_resolution: 300, label_size: '4x6' },
    ...{ label_type: 'default', label_file_type: 'image/png', integrated_form: 'none' },
    ...{ label_pdf_url: null, label_zpl_url: null, label_epl2_url: null, label_file: null },
    label_url: `${files}/postage_label/${world.ids.hex(32)}.png`,
  };
  if (shipment.customs_info !== null) {
    shipment.forms.push({
      ...{ id: world.ids.next('form'), object: 'Form', mode: 'test', created_at: at },
      ...{ form_type: 'commercial_invoice', submitted_electronically: false },
      form_url: `${files}/form/${world.ids.hex(32)}.pdf`,
    });
  }
  shipment.updated_at = at;
  shipment.tracker = trackLabel(world, shipment, shipment.tracking_code);
  return shipment;
}
