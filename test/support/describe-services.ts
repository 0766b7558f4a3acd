import { money } from '../../src/money/money.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { pack } from '../../src/shipment/pack.ts';
import type { LabelRequest, PreparedShipment, PurchasedLabel } from '../../src/shipment/ports.ts';
import { purchaseOf } from './carrier-calls.ts';
import type { CarrierUnderTest } from './describe-carrier.ts';
import { labelRequest } from './label-requests.ts';

type Suite = {
  carrier: CarrierUnderTest;
  prepared: (request?: LabelRequest) => Promise<PreparedShipment>;
};

const buy = async (carrier: CarrierUnderTest, request: LabelRequest) => {
  const prepared = await carrier.port.prepare(request);
  if (prepared.kind !== 'prepared') throw new Error(`Expected rates, received ${prepared.code}.`);
  const { carrierShipmentId } = prepared;
  const label = await carrier.port.buy(purchaseOf(prepared, request));
  if (label.kind !== 'purchased') throw new Error(`Expected a label, received ${label.code}.`);
  return { ...label, carrierShipmentId };
};

const request = labelRequest('ship_1');

/** What carriers do beside selling labels. */
export const describeServices = (suite: () => Suite): void => {
  describe('quoting', () => {
    it('tells prices, and whether duty is in them, and sells nothing', async () => {
      const { carrier } = suite();
      const quoted = await carrier.port.quoteRates(request);
      if (quoted.kind !== 'quoted') throw new Error(quoted.message);
      expect(quoted.rates.length).toBeGreaterThan(1);
      const knowsDuties = carrier.differs?.knowsDuties === true;
      expect(quoted.duties.kind).toBe(knowsDuties ? 'estimated' : 'not_included');
      expect(carrier.labelsSold()).toBe(0);
    });

    it('refuses what it would not carry', async () => {
      const { carrier } = suite();
      expect(await carrier.port.quoteRates(carrier.refusedAtOnce)).toMatchObject({
        kind: 'refused',
      });
    });
  });

  describe('a label that is not used', () => {
    it('is given back, once or twice', async () => {
      const { carrier } = suite();
      const label = await buy(carrier, request);
      const kind = carrier.differs?.billsScansOnly === true ? /not_billed/ : /voided|requested/;
      expect(await carrier.port.cancel(label)).toEqual({ kind: expect.stringMatching(kind) });
      expect(await carrier.port.cancel(label)).toEqual({ kind: expect.stringMatching(kind) });
    });

    it('is not given back once the parcel is on its way', async () => {
      const { carrier } = suite();
      if (carrier.differs?.billsScansOnly === true) return;
      const label = await buy(carrier, request);
      carrier.deliver(label.trackerId);
      expect(await carrier.port.cancel(label)).toMatchObject({ kind: 'refused' });
    });
  });

  describe('the papers of a shipment', () => {
    it('are its label and, across a border, its invoice', async () => {
      const { carrier } = suite();
      const papers = await carrier.port.documents(await buy(carrier, request));
      const types = papers.map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining(['label', 'commercial_invoice']));
    });
  });

  describe('an insured consignment, and one that goes back', () => {
    it('are sold as such', async () => {
      const { carrier } = suite();
      const insured = labelRequest('ship_1', { insuredValue: money('USD', 1_150_000n) });
      await buy(carrier, insured);
      await buy(carrier, labelRequest('ship_2', { isReturn: true }));
      expect(carrier.labelsSold()).toBe(2);
    });
  });
};

/** The courier that comes for the parcels. */
export const describePickups = (suite: () => Suite): void => {
  describe('a pickup', () => {
    const at = { readyAt: '2026-12-01T09:00:00.000Z', closesAt: '2026-12-01T17:00:00.000Z' };
    const requestedAt = '2026-11-20T08:00:00.000Z';
    const pickupOf = (label: PurchasedLabel & { readonly carrierShipmentId: string }) => ({
      ...{ carrierShipmentId: label.carrierShipmentId, trackingNumber: label.trackingNumber },
      ...{ reference: 'pickup_1', address: request.from, parcels: request.parcels, ...at },
      requestedAt,
    });

    it('is scheduled for a label that was bought', async () => {
      const { carrier } = suite();
      const pickup = pickupOf(await buy(carrier, request));
      expect(await carrier.port.schedulePickup(pickup)).toMatchObject({
        kind: 'scheduled',
        pickupId: expect.stringMatching(/^[\x21-\x7e]+$/),
      });
    });

    it('is canceled, once or twice, where the carrier takes that', async () => {
      const { carrier } = suite();
      const pickup = await carrier.port.schedulePickup(pickupOf(await buy(carrier, request)));
      if (pickup.kind !== 'scheduled') throw new Error(pickup.message);
      const answer =
        carrier.differs?.keepsPickups === true
          ? { kind: 'refused', code: 'PICKUP.CANCEL_NOT_OFFERED' }
          : { kind: 'canceled' };
      for (const _ of [1, 2]) {
        expect(await carrier.port.cancelPickup(pickup)).toMatchObject(answer);
      }
    });

    it('is refused where it ends before it begins', async () => {
      const { carrier } = suite();
      const pickup = pickupOf(await buy(carrier, request));
      const turned = { ...pickup, readyAt: at.closesAt, closesAt: at.readyAt };
      expect(await carrier.port.schedulePickup(turned)).toMatchObject({ kind: 'refused' });
    });
  });
};

const [line] = request.customs.items;
const items = line === undefined ? [] : [{ ...line, quantity: 20, weightGrams: 70_000 }];
const heavy = labelRequest('ship_heavy', {
  parcels: pack(items),
  customs: { ...request.customs, items },
});

/** One purchase for several parcels. */
export const describeParcels = (carrierOf: () => CarrierUnderTest): void => {
  describe('several parcels', () => {
    it('are bought together, each with a number of its own', async () => {
      const carrier = carrierOf();
      const { parcels = [], trackerId } = await buy(carrier, heavy);
      expect(heavy.parcels).toHaveLength(3);
      expect(new Set(parcels.map(({ trackingNumber }) => trackingNumber)).size).toBe(3);
      expect(parcels.map((parcel) => parcel.trackerId)).toContain(trackerId);
    });

    it('are bought once, although the answer is lost', async () => {
      const carrier = carrierOf();
      const prepared = await carrier.port.prepare(heavy);
      if (prepared.kind !== 'prepared') throw new Error(prepared.message);
      carrier.failNext('buy', 'lost_after_execution');
      const purchase = purchaseOf(prepared, heavy);
      await carrier.port.buy(purchase).catch((error: unknown) => {
        if (!isCodedError(error)) throw error;
      });
      const sold = carrier.labelsSold();
      const label = await carrier.port.buy(purchase);
      expect(label).toMatchObject({ kind: 'purchased', parcels: { length: 3 } });
      expect(carrier.labelsSold()).toBe(sold);
      if (carrier.differs?.keepsNoShipments === true) return;
      expect(await carrier.port.findPrepared('ship_heavy', 3)).toMatchObject({ kind: 'prepared' });
    });
  });
};
