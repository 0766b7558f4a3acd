import {
  declaredValue,
  dhlTime,
  toShipment as toDhlShipment,
  toLandedCost,
  toRates,
} from '../../../src/adapters/carriers/dhl/request.ts';
import { toOrderRequest } from '../../../src/adapters/carriers/easypost/shipment-request.ts';
import { toShipment as toShippoShipment } from '../../../src/adapters/carriers/shippo/request.ts';
import { money } from '../../../src/money/money.ts';
import { pack } from '../../../src/shipment/pack.ts';
import { labelRequest } from '../../support/label-requests.ts';

const shipAt = new Date('2026-11-26T15:00:00.000Z');
const terms = { accountNumber: '123456789', shipAt };
const request = labelRequest('ship_1', { insuredValue: money('USD', 1_150_050n) });

describe('The consignment as Shippo is told it', () => {
  it('has grams and centimeters as texts, and our reference as metadata', () => {
    expect(toShippoShipment(request)).toMatchObject({
      parcels: [
        {
          ...{ weight: '1250', mass_unit: 'g', length: '30', width: '20', height: '15' },
          distance_unit: 'cm',
        },
      ],
      customs_declaration: {
        incoterm: 'DAP',
        items: [
          {
            ...{ quantity: 20, net_weight: '1000', value_amount: '11500.00' },
            ...{ value_currency: 'USD', hs_code: '900211', origin_country: 'KR' },
          },
        ],
      },
      extra: {
        reference_1: 'ship_1',
        insurance: { amount: '11500.50', currency: 'USD', content: 'merchandise' },
      },
      metadata: 'ship_1',
      async: false,
    });
  });

  it('insures several parcels one by one, by what each of them holds', () => {
    const parcels = pack([
      ...request.customs.items.map((item) => ({ ...item, quantity: 3, weightGrams: 80_000 })),
      ...request.customs.items.map((item) => ({ ...item, quantity: 1, weightGrams: 10 })),
    ]);
    const body = toShippoShipment({ ...request, parcels });
    expect(body.extra).not.toHaveProperty('insurance');
    const amounts = body.parcels.map((parcel) => ('extra' in parcel ? parcel.extra : undefined));
    expect(amounts.map((extra) => extra?.insurance.amount)).toEqual([
      ...['7667.00', '1916.75', '1916.75'],
    ]);
    const untold = parcels.map(({ items: _, ...parcel }) => parcel);
    const evenly = toShippoShipment({ ...request, parcels: untold }).parcels;
    expect(evenly[0]).toMatchObject({ extra: { insurance: { amount: '3833.50' } } });
    expect(toShippoShipment({ ...request, parcels: untold.slice(0, 1) }).extra).toMatchObject({
      insurance: { amount: '11500.50' },
    });
  });

  it('is declared only where it crosses a border, and says when it goes back', () => {
    const inside = labelRequest('ship_1', { from: { country: 'DE' }, isReturn: true });
    expect(toShippoShipment(inside)).not.toHaveProperty('customs_declaration');
    expect(toShippoShipment(inside).extra).toMatchObject({ is_return: true });
  });
});

describe('The consignment as DHL Express is told it', () => {
  it('has kilograms and whole centimeters', () => {
    const body = toRates(
      labelRequest('ship_1', {
        parcels: [{ weightGrams: 1_255, lengthMm: 301, widthMm: 200, heightMm: 5 }],
      }),
      terms,
    );
    expect(body).toMatchObject({
      plannedShippingDateAndTime: '2026-11-26T15:00:00 GMT+00:00',
      unitOfMeasurement: 'metric',
      isCustomsDeclarable: true,
      packages: [{ weight: 1.255, dimensions: { length: 31, width: 20, height: 1 } }],
    });
  });

  it('is bought with its declaration, its insurance and our reference', () => {
    expect(toDhlShipment(request, 'P', terms)).toMatchObject({
      productCode: 'P',
      customerReferences: [{ value: 'ship_1', typeCode: 'CU' }],
      valueAddedServices: [
        { serviceCode: 'WY' },
        { serviceCode: 'II', value: 11_500.5, currency: 'USD' },
      ],
      content: {
        ...{ incoterm: 'DAP', declaredValue: 11_500, declaredValueCurrency: 'USD' },
        exportDeclaration: {
          lineItems: [
            {
              ...{ number: 1, price: 575, manufacturerCountry: 'KR' },
              quantity: { value: 20, unitOfMeasurement: 'PCS' },
              commodityCodes: [{ typeCode: 'outbound', value: '900211' }],
              weight: { netValue: 1, grossValue: 1 },
            },
          ],
          invoice: { number: 'ship_1', date: '2026-11-26' },
        },
      },
    });
  });

  it('pays duty where the seller does', () => {
    const { customs } = request;
    const ddp = labelRequest('ship_1', { customs: { ...customs, incoterm: 'DDP' } });
    const services = toDhlShipment(ddp, 'P', terms).valueAddedServices;
    expect(services).toEqual([{ serviceCode: 'WY' }, { serviceCode: 'DD' }]);
    expect(toLandedCost(ddp, money('USD', 1n), terms)).toMatchObject({ isDTPRequested: true });
  });

  it('splits long streets, and prices a piece to the thousandth', () => {
    const [line] = request.customs.items;
    const items = line === undefined ? [] : [{ ...line, quantity: 3, value: money('USD', 1_000n) }];
    const odd = labelRequest('ship_1', {
      to: { street1: 'A'.repeat(50) },
      customs: { ...request.customs, items },
    });
    const body = toLandedCost(odd, money('USD', 1_000n), terms);
    expect(body.items[0]).toMatchObject({ unitPrice: 3.333, quantity: 3 });
    expect(body.customerDetails.receiverDetails).toMatchObject({
      ...{ addressLine1: 'A'.repeat(45), addressLine2: 'AAAAA' },
    });
  });

  it('has one declared value, or none', () => {
    expect(declaredValue(request)).toEqual(money('USD', 1_150_000n));
    const [line] = request.customs.items;
    const items = line === undefined ? [] : [line, { ...line, value: money('EUR', 1n) }];
    const mixed = labelRequest('ship_1', { customs: { ...request.customs, items } });
    expect(declaredValue(mixed)).toBeUndefined();
    expect(dhlTime(shipAt)).toBe('2026-11-26T15:00:00 GMT+00:00');
  });
});

describe('Several parcels as EasyPost is told them', () => {
  it('are an order, each with what it holds of the declaration', () => {
    const [line] = request.customs.items;
    const half = line && { ...line, quantity: 10, value: money('USD', 575_000n), weightGrams: 500 };
    const items = half === undefined ? [] : [half];
    const parcel = { weightGrams: 700, lengthMm: 254, widthMm: 254, heightMm: 254, items };
    const { order } = toOrderRequest(labelRequest('ship_1', { parcels: [parcel, parcel] }));
    expect(order).toMatchObject({ reference: 'ship_1', is_return: false });
    expect(order.shipments).toHaveLength(2);
    expect(order.shipments[1]).toMatchObject({
      parcel: { weight: 24.7, length: 10 },
      customs_info: { customs_items: [{ quantity: 10, value: '5750.00', weight: 17.7 }] },
    });
  });
});
