/** What the elements of pain.001.001.09 hold, in characters of the bank's set. */
export const FIELD_LENGTHS = {
  name: 140,
  street: 70,
  buildingNumber: 16,
  postalCode: 16,
  town: 35,
  region: 35,
  remittance: 140,
} as const;
