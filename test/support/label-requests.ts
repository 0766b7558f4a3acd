import { money } from '../../src/money/money.ts';
import type { Address, LabelRequest } from '../../src/shipment/ports.ts';

const consignor: Address = {
  name: 'Kim Sample',
  company: 'Sample Optics',
  street1: '129 Samsung-ro',
  city: 'Suwon',
  postalCode: '16677',
  country: 'KR',
  phone: '+82 31 000 0000',
};

const consignee: Address = {
  name: 'Maria Muster',
  street1: 'Invalidenstraße 117',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
  phone: '+49 30 555 0117',
  email: 'maria@example.com',
};

/** Lenses from Suwon to Berlin under that reference. */
export const labelRequest = (
  reference: string,
  changes: { to?: Partial<Address>; from?: Partial<Address> } & Partial<
    Pick<LabelRequest, 'customs' | 'parcels' | 'insuredValue' | 'isReturn'>
  > = {},
): LabelRequest => ({
  reference,
  from: { ...consignor, ...changes.from },
  to: { ...consignee, ...changes.to },
  parcels: changes.parcels ?? [{ weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 150 }],
  ...(changes.insuredValue === undefined ? {} : { insuredValue: changes.insuredValue }),
  ...(changes.isReturn === undefined ? {} : { isReturn: changes.isReturn }),
  customs: changes.customs ?? {
    contentsType: 'merchandise',
    incoterm: 'DAP',
    signerName: 'Kim Sample',
    restrictionType: 'none',
    items: [
      {
        description: 'Camera lenses',
        quantity: 20,
        value: money('USD', 1_150_000n),
        weightGrams: 1_000,
        hsCode: '900211',
        originCountry: 'KR',
      },
    ],
  },
});
