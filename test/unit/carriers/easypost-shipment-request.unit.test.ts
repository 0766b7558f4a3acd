import { toShipmentRequest } from '../../../src/adapters/carriers/easypost/shipment-request.ts';
import { money } from '../../../src/money/money.ts';
import type { CustomsDeclaration, CustomsItem } from '../../../src/shipment/ports.ts';
import { labelRequest } from '../../support/label-requests.ts';

const { customs } = labelRequest('any');

const customsInfoOf = (changes: Partial<CustomsDeclaration>, from = 'US') => {
  const request = labelRequest('ship_1', {
    from: { country: from },
    customs: { ...customs, ...changes },
  });
  return toShipmentRequest(request).shipment.customs_info;
};

describe('a shipment across a border', () => {
  it('is in ounces and inches, under our reference', () => {
    expect(toShipmentRequest(labelRequest('ship_1')).shipment).toMatchObject({
      reference: 'ship_1',
      parcel: { weight: 44.1, length: 11.9, width: 7.9, height: 6 },
      options: { incoterm: 'DAP' },
      to_address: { street1: 'Invalidenstraße 117', zip: '10115', country: 'DE' },
      from_address: { company: 'Sample Optics', zip: '16677', country: 'KR' },
    });
  });

  it('declares each line whole: its value and its weight', () => {
    expect(customsInfoOf({}, 'KR')).toEqual({
      contents_type: 'merchandise',
      customs_certify: true,
      customs_signer: 'Kim Sample',
      non_delivery_option: 'return',
      restriction_type: 'none',
      customs_items: [
        {
          description: 'Camera lenses',
          quantity: 20,
          value: '11500.00',
          currency: 'USD',
          weight: 35.3,
          hs_tariff_number: '900211',
          origin_country: 'KR',
        },
      ],
    });
  });

  it('tells nothing of a person that it was not asked for', () => {
    const secret = { taxId: 'DE123456789' };
    const request = labelRequest('ship_1', { to: secret as object });
    expect(JSON.stringify(toShipmentRequest(request))).not.toContain(secret.taxId);
  });
});

describe('a shipment within a country', () => {
  it('has no customs data', () => {
    const request = labelRequest('ship_1', { from: { country: 'DE' } });
    expect(toShipmentRequest(request).shipment).not.toHaveProperty('customs_info');
  });
});

describe('an export from the United States', () => {
  const line = (minor: bigint, hsCode: string): CustomsItem => ({
    ...{ description: 'Lens', quantity: 1, weightGrams: 10, originCountry: 'US', hsCode },
    value: money('USD', minor),
  });
  const filingOf = (items: readonly CustomsItem[], from?: string) =>
    (customsInfoOf({ items }, from) as { eel_pfc?: string }).eel_pfc;

  it('claims the exemption up to 2,500 dollars under each commodity code', () => {
    const items = [line(250_000n, '900211'), line(249_999n, '900219'), line(1n, '900219')];
    expect(filingOf(items)).toBe('NOEEI 30.37(a)');
    expect(filingOf(items, 'PR')).toBe('NOEEI 30.37(a)');
  });

  it('claims nothing above that', () => {
    expect(filingOf([line(250_001n, '900211')])).toBeUndefined();
    expect(filingOf([line(250_000n, '900211'), line(1n, '900211')])).toBeUndefined();
  });

  it('claims nothing for values that are not in dollars', () => {
    expect(filingOf([{ ...line(1n, '900211'), value: money('EUR', 1n) }])).toBeUndefined();
  });

  it('is none when it leaves another country', () => {
    expect(filingOf([line(1n, '900211')], 'KR')).toBeUndefined();
  });

  it('cites the filing that it was given', () => {
    const exportFilingCitation = 'AES X20261123012345';
    const items = [line(9_000_000n, '900211')];
    expect(customsInfoOf({ items, exportFilingCitation })).toMatchObject({
      eel_pfc: exportFilingCitation,
    });
  });
});
