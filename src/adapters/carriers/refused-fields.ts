import type { RefusedField } from '../../shipment/ports.ts';

/** Under which names carriers speak of a request's parts. */
const PARTS: Readonly<Record<string, 'from' | 'to' | 'parcels' | 'customs' | 'insuredValue'>> = {
  to_address: 'to',
  address_to: 'to',
  receiverDetails: 'to',
  from_address: 'from',
  address_from: 'from',
  shipperDetails: 'from',
  parcel: 'parcels',
  parcels: 'parcels',
  packages: 'parcels',
  customs_info: 'customs',
  customs_items: 'customs',
  customs_declaration: 'customs',
  exportDeclaration: 'customs',
  insurance: 'insuredValue',
  insuredValue: 'insuredValue',
};

/** And of an address' lines. */
const LINES = {
  name: 'name',
  fullName: 'name',
  company: 'company',
  companyName: 'company',
  street1: 'street1',
  addressLine1: 'street1',
  street2: 'street2',
  addressLine2: 'street2',
  city: 'city',
  cityName: 'city',
  state: 'state',
  provinceCode: 'state',
  zip: 'postalCode',
  postalCode: 'postalCode',
  country: 'country',
  countryCode: 'country',
  phone: 'phone',
  email: 'email',
} as const;

/**
 * The fields of a carrier's refusal in our own terms, each once; those that no table knows are left out.
 *
 * @example refusedFields(['to_address.zip', 'customerDetails.shipperDetails.cityName']) // ['to.postalCode', 'from.city']
 */
export const refusedFields = (fields: readonly string[]): readonly RefusedField[] => [
  ...new Set(fields.map(toField).filter((field) => field !== undefined)),
];

function toField(field: string): RefusedField | undefined {
  const names = field.split('.');
  const part = names.map((name) => lookUp(PARTS, name)).find((found) => found !== undefined);
  if (part !== 'from' && part !== 'to') return part;
  const line = lookUp(LINES, names.at(-1) ?? '');
  return line === undefined ? part : `${part}.${line}`;
}

const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
