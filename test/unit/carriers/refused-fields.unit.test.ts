import { toRefusal } from '../../../src/adapters/carriers/answers.ts';
import { refusedFields } from '../../../src/adapters/carriers/refused-fields.ts';

describe('The fields of a refusal', () => {
  it.each([
    ['EasyPost', ['to_address.zip', 'from_address.street1'], ['to.postalCode', 'from.street1']],
    ['Shippo', ['address_to.zip', 'address_from', 'parcels'], ['to.postalCode', 'from', 'parcels']],
    ['an adapter of ours', ['insuredValue'], ['insuredValue']],
    [
      'DHL Express',
      [
        'customerDetails.receiverDetails.postalAddress.cityName',
        'customerDetails.shipperDetails.contactInformation.phone',
        'content.packages',
        'content.exportDeclaration.lineItems',
      ],
      ['to.city', 'from.phone', 'parcels', 'customs'],
    ],
  ])('of %s are told in our own terms', (_, theirs, ours) => {
    expect(refusedFields(theirs)).toEqual(ours);
  });

  it('are told once, and not where nobody knows them', () => {
    expect(refusedFields(['to_address.zip', 'to_address.zip', 'options', 'toString'])).toEqual([
      'to.postalCode',
    ]);
    expect(refusedFields(['to_address.constructor'])).toEqual(['to']);
    expect(toRefusal({ code: 'RATES.NONE', fields: [] })).not.toHaveProperty('fields');
  });
});
