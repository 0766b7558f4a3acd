import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QuoteShipping } from '../../../events/marketplace/quote-shipping.v1.ts';
import { money } from '../../../src/money/money.ts';
import { presentOffer, quoteShipping } from '../../../src/process/quote-shipping.ts';
import { CHEAPEST } from '../../../src/shipment/choose-rate.ts';
import type { CarrierRate, LabelRequest, QuotedRates } from '../../../src/shipment/ports.ts';

const file = join(import.meta.dirname, '../../../events/marketplace/quote-shipping.v1.json');
const sample = JSON.parse(readFileSync(file, 'utf8'));

const rate = (service: string, minor: bigint, deliveryDays?: number): CarrierRate => ({
  ...{ rateId: `rate_${service}`, carrier: 'UPS', service, price: money('USD', minor) },
  ...(deliveryDays === undefined ? {} : { deliveryDays }),
});
const quoted: QuotedRates = {
  kind: 'quoted',
  rates: [rate('slow', 3_000n, 7), rate('fast', 9_000n, 1), rate('middle', 5_000n, 3)],
  duties: { kind: 'not_included' },
};

async function ask(changes: object, settings: object = {}) {
  const requests: LabelRequest[] = [];
  const carrier = {
    carrier: 'easypost',
    quoteRates: async (request: LabelRequest) => {
      requests.push(request);
      return quoted;
    },
  };
  const body = QuoteShipping.parse({ ...sample, ...changes });
  const ports = { carrier, rule: CHEAPEST, insureGoods: false, ...settings };
  const offer = await quoteShipping(ports, body, 'rates_1');
  if (offer.kind === 'refused') throw new Error(offer.message);
  return { offer: presentOffer(offer), request: requests[0] };
}

const servicesOf = ({ offer }: Awaited<ReturnType<typeof ask>>) =>
  offer.rates.map(({ service }) => service);

describe('Rates of a consignment', () => {
  it('come by time or price, and only those that fit', async () => {
    expect(servicesOf(await ask({}))).toEqual(['fast', 'middle']);
    expect(servicesOf(await ask({ prefer: 'price', maxDays: undefined }))).toEqual([
      ...['slow', 'middle', 'fast'],
    ]);
    const maxPrice = { currency: 'USD', amountMinor: '5000' };
    expect(servicesOf(await ask({ maxPrice }))).toEqual(['middle']);
    expect(servicesOf(await ask({ services: ['slow'] }))).toEqual([]);
  });

  it('are by the rule of the deployment, where a request does not say otherwise', async () => {
    const rule = { prefer: 'time', maxDays: 2 } as const;
    const open = { prefer: undefined, maxDays: undefined };
    expect(servicesOf(await ask(open, { rule }))).toEqual(['fast']);
    expect(servicesOf(await ask({ prefer: 'price', maxDays: 9 }, { rule }))).toEqual([
      ...['slow', 'middle', 'fast'],
    ]);
  });

  it('are of the parcels as they are packed, each with its part of the goods', async () => {
    const { request } = await ask({});
    expect(request?.parcels.map(({ items }) => items?.map(({ quantity }) => quantity))).toEqual([
      ...[[10], [10]],
    ]);
    const { request: alone, offer } = await ask({ parcels: undefined });
    expect(alone?.parcels).toMatchObject([{ weightGrams: 18_000 }]);
    expect(offer.parcels).toEqual([
      { weightGrams: 18_000, lengthMm: 600, widthMm: 400, heightMm: 400 },
    ]);
  });

  it('are insured for what is told, or for the goods where the deployment insures them', async () => {
    const insured = async (changes: object, insureGoods: boolean) =>
      (await ask(changes, { insureGoods })).request?.insuredValue;
    expect(await insured({}, false)).toEqual(money('USD', 900_000n));
    expect(await insured({ insuredValue: undefined }, false)).toBeUndefined();
    expect(await insured({ insuredValue: undefined }, true)).toEqual(money('USD', 900_000n));
  });
});

describe('A request for rates', () => {
  const [line] = sample.lineItems;
  const [parcel] = sample.parcels;
  it.each([
    ['more parcels than pieces', { lineItems: [{ ...line, quantity: 1 }] }, ['parcels']],
    ['parcels lighter than the goods', { parcels: [{ ...parcel, weightGrams: 1 }] }, ['parcels']],
    [
      'lines in two currencies',
      { lineItems: [line, { ...line, value: { currency: 'EUR', amountMinor: '1' } }] },
      ['lineItems', 1, 'value', 'currency'],
    ],
    ['a parcel of nothing', { parcels: [{ ...parcel, widthMm: 0 }] }, ['parcels', 0, 'widthMm']],
    ['a field that is not known', { speed: 'fast' }, []],
  ])('is refused with %s', (_, changes, path) => {
    const { error } = QuoteShipping.safeParse({ ...sample, ...changes });
    expect(error?.issues.map((issue) => issue.path)).toContainEqual(path);
  });
});
