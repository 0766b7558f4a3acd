import { compare, money } from '../../src/money/money.ts';
import { chooseRate, type RateRule } from '../../src/shipment/choose-rate.ts';
import { pack } from '../../src/shipment/pack.ts';
import type { LabelRequest, PurchasedLabel } from '../../src/shipment/ports.ts';
import { purchaseOf } from './carrier-calls.ts';
import type { CarrierUnderTest } from './describe-carrier.ts';
import { labelRequest } from './label-requests.ts';

/** What a consignment is quoted, prepared and bought at, by a rule. */
async function shop(carrier: CarrierUnderTest, request: LabelRequest, rule: RateRule) {
  const { port } = carrier;
  const quoted = await port.quoteRates({ ...request, reference: `quote_${request.reference}` });
  if (quoted.kind === 'refused') return quoted;
  const prepared = await port.prepare(request);
  if (prepared.kind === 'refused') return prepared;
  const { carrierShipmentId } = prepared;
  const label = await port.buy({
    ...purchaseOf(prepared, request),
    choose: chooseRate(rule),
  });
  if (label.kind === 'refused') return label;
  return { kind: 'bought', quoted: quoted.rates, label, carrierShipmentId } as const;
}

const bought = async (
  ...parameters: Parameters<typeof shop>
): Promise<Extract<Awaited<ReturnType<typeof shop>>, { kind: 'bought' }>> => {
  const outcome = await shop(...parameters);
  if (outcome.kind === 'bought') return outcome;
  throw new Error(`Expected a label, received ${outcome.code}.`);
};

const request = labelRequest('ship_1');
const [line] = request.customs.items;
const items = line === undefined ? [] : [{ ...line, quantity: 20, weightGrams: 70_000 }];
const insuredValue = money('USD', 1_150_000n);
const heavy = labelRequest('ship_heavy', {
  ...{ parcels: pack(items), insuredValue },
  customs: { ...request.customs, items },
});

const serviceOf = ({ carrier, service }: Pick<PurchasedLabel, 'carrier' | 'service'>): string =>
  `${carrier} ${service}`;

/** From the quote to the label: by price, by time, by service, insured, in several parcels. */
export const describeRates = (carrierOf: () => CarrierUnderTest): void => {
  describe('shopping for rates', () => {
    it('buys what is quoted as the cheapest, the fastest, or the one service that is wanted', async () => {
      const carrier = carrierOf();
      const cheapest = await bought(carrier, labelRequest('ship_1'), { prefer: 'price' });
      const byPrice = cheapest.quoted.toSorted((left, right) => compare(left.price, right.price));
      expect(serviceOf(cheapest.label)).toBe(serviceOf(byPrice[0] ?? cheapest.label));
      const fastest = await bought(carrier, labelRequest('ship_2'), { prefer: 'time' });
      const days = fastest.quoted.map(
        ({ deliveryDays = Number.POSITIVE_INFINITY }) => deliveryDays,
      );
      const inDays = new Map(fastest.quoted.map((rate, index) => [serviceOf(rate), days[index]]));
      expect(inDays.get(serviceOf(fastest.label))).toBe(Math.min(...days));
      const dearest = byPrice.at(-1);
      const wanted = await bought(carrier, labelRequest('ship_3'), {
        ...{ prefer: 'price', services: [dearest?.service ?? ''] },
      });
      expect(wanted.label.service).toBe(dearest?.service);
      expect(carrier.labelsSold()).toBe(3);
    });

    it('buys nothing where nothing fits', async () => {
      const carrier = carrierOf();
      const rule = { prefer: 'price', maxPrice: { currency: 'USD', amountMinor: '1' } } as const;
      expect(await shop(carrier, labelRequest('ship_1'), rule)).toMatchObject({
        ...{ kind: 'refused', code: 'RATES.NONE' },
      });
      expect(carrier.labelsSold()).toBe(0);
    });

    it('insures the consignment for what it is to be insured for', async () => {
      const carrier = carrierOf();
      if (carrier.insuredFor === undefined) return;
      const rule = { prefer: 'price' } as const;
      const plain = await bought(carrier, labelRequest('ship_1'), rule);
      const insured = await bought(carrier, labelRequest('ship_2', { insuredValue }), rule);
      const forHowMuch = ({ label, carrierShipmentId }: typeof plain) =>
        carrier.insuredFor?.({ carrierShipmentId, trackingNumber: label.trackingNumber });
      expect(await forHowMuch(plain)).toBeUndefined();
      expect(await forHowMuch(insured)).toBe('11500.00 USD');
    });

    it('sells several insured parcels as one consignment', async () => {
      const carrier = carrierOf();
      if (carrier.insuredFor === undefined) return;
      const outcome = await shop(carrier, heavy, { prefer: 'price' });
      if (outcome.kind !== 'bought') throw new Error(outcome.code);
      const { label, carrierShipmentId } = outcome;
      expect(label.parcels).toHaveLength(3);
      expect(
        await carrier.insuredFor({ carrierShipmentId, trackingNumber: label.trackingNumber }),
      ).toBe('11500.00 USD');
    });
  });

  describe('an address that is refused', () => {
    it('is named in our own terms, when it is quoted and when it is prepared', async () => {
      const { port, refusedAtOnce, differs } = carrierOf();
      const expected = differs?.namesNoFields
        ? { kind: 'refused' }
        : { kind: 'refused', fields: [expect.stringMatching(/^to(\.street1)?$/)] };
      expect(await port.quoteRates(refusedAtOnce)).toMatchObject(expected);
      expect(await port.prepare(refusedAtOnce)).toMatchObject(expected);
    });
  });
};
