import type { Incoterm } from '../../events/common.ts';
import type { Money } from '../money/money.ts';

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

/** One parcel, packed: whole grams and whole millimeters. `items` is what it holds of the declaration. */
export type ParcelSpec = {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly items?: readonly CustomsItem[];
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
  /** All of them go together, under one purchase; at least one. */
  readonly parcels: readonly ParcelSpec[];
  readonly customs: CustomsDeclaration;
  /** For how much the whole consignment is insured with the carrier; nothing by default. */
  readonly insuredValue?: Money;
  /** True for goods that go back to their sender. */
  readonly isReturn?: boolean;
};
