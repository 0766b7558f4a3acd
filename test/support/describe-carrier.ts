import { compare } from '../../src/money/money.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import type {
  CarrierPort,
  CarrierUnavailableCode,
  LabelRequest,
  PreparedShipment,
  SoldLabel,
} from '../../src/shipment/ports.ts';
import { purchaseOf } from './carrier-calls.ts';
import { describeOrdering } from './describe-ordering.ts';
import { describeRates } from './describe-rates.ts';
import { describeParcels, describePickups, describeServices } from './describe-services.ts';
import { labelRequest } from './label-requests.ts';

/** How a carrier's next call of that kind goes wrong. */
export type CarrierFailure =
  | 'lost_before_execution'
  | 'lost_after_execution'
  | 'failed_after_execution'
  | 'timed_out_after_execution'
  | 'rate_limited';

/** A carrier with an account of its own, and what the suite must be able to see and to break. */
export type CarrierUnderTest = {
  readonly port: CarrierPort;
  /** The same carrier with a key that it does not accept. */
  readonly stranger: CarrierPort;
  readonly labelsSold: () => number;
  readonly failNext: (call: 'prepare' | 'buy', failure: CarrierFailure) => void;
  /** Scans the parcel until it is delivered. */
  readonly deliver: (trackerId: string) => void;
  /** For how much a label is insured, such as `11500.00 USD`, where that can be seen. */
  readonly insuredFor?: (label: SoldLabel) => Promise<string | undefined>;
  /** How it differs from others, where it does. */
  readonly differs?: {
    /** It keeps nothing before a purchase, so there is nothing to be found. */
    readonly keepsNoShipments?: boolean;
    /** It bills only what it has scanned, and takes no label back. */
    readonly billsScansOnly?: boolean;
    /** Its API takes no pickup back. */
    readonly keepsPickups?: boolean;
    /** It tells what customs will ask. */
    readonly knowsDuties?: boolean;
    /** It refuses without a word on what. */
    readonly namesNoFields?: boolean;
  };
  /** Requests that the carrier refuses at once, and only when a label is bought. */
  readonly refusedAtOnce: LabelRequest;
  readonly refusedWhenBought: LabelRequest;
  readonly stop: () => Promise<void>;
};

const unknownOutcomes: readonly CarrierFailure[] = [
  'lost_before_execution',
  'lost_after_execution',
  'failed_after_execution',
  'timed_out_after_execution',
];

/** What every adapter of the carrier port promises, whoever the carrier is. */
export const describeCarrier = (name: string, start: () => Promise<CarrierUnderTest>): void => {
  describe(`${name} as a carrier`, () => {
    let carrier: CarrierUnderTest;
    beforeEach(async () => {
      carrier = await start();
    });
    afterEach(() => carrier.stop());

    const prepared = async (request = labelRequest('ship_1')): Promise<PreparedShipment> => {
      const outcome = await carrier.port.prepare(request);
      if (outcome.kind === 'prepared') return outcome;
      throw new Error(`Expected a prepared shipment, received ${outcome.code}.`);
    };

    describePreparing(() => ({ carrier, prepared }));
    describeBuying(() => ({ carrier, prepared }));
    describeRefusals(() => ({ carrier, prepared }));
    describeTracking(() => ({ carrier, prepared }));
    describeOrdering(() => carrier);
    describeServices(() => ({ carrier, prepared }));
    describePickups(() => ({ carrier, prepared }));
    describeParcels(() => carrier);
    describeRates(() => carrier);
  });
};

type Suite = {
  carrier: CarrierUnderTest;
  prepared: (request?: LabelRequest) => Promise<PreparedShipment>;
};

/** The code of the error a call must end in, which must be worth another try. */
const unavailable = async (call: Promise<unknown>): Promise<CarrierUnavailableCode> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isCodedError(error)) throw new Error('Expected an error with a code.', { cause: error });
  expect(error.retryable).toBe(true);
  return error.code as CarrierUnavailableCode;
};

const describePreparing = (suite: () => Suite): void => {
  describe('preparing', () => {
    it('quotes and sells nothing', async () => {
      const { carrier, prepared } = suite();
      const { carrierShipmentId, rates } = await prepared();
      expect(carrierShipmentId).not.toBe('');
      expect(rates.length).toBeGreaterThan(1);
      for (const { price } of rates) expect(price.amountMinor).toBeGreaterThan(0n);
      expect(carrier.labelsSold()).toBe(0);
    });

    it('may be repeated under one reference, and one of them is found again', async () => {
      const { carrier, prepared } = suite();
      const known = [await prepared(), await prepared()].map((one) => one.carrierShipmentId);
      const found = await carrier.port.findPrepared('ship_1', 1);
      if (carrier.differs?.keepsNoShipments === true) {
        expect(new Set(known).size).toBe(1);
      } else {
        expect(known).toContain(found?.carrierShipmentId);
        expect(found?.rates.length).toBeGreaterThan(1);
      }
      expect(carrier.labelsSold()).toBe(0);
    });

    it('finds nothing under a reference that was never used', async () => {
      const { carrier, prepared } = suite();
      await prepared();
      expect(await carrier.port.findPrepared('ship_2', 1)).toBeUndefined();
    });

    it('is found after its answer was lost', async () => {
      const { carrier } = suite();
      carrier.failNext('prepare', 'lost_after_execution');
      const lost = carrier.port.prepare(labelRequest('ship_1'));
      expect(await unavailable(lost)).toBe('carrier.unknown_outcome');
      if (carrier.differs?.keepsNoShipments === true) return;
      expect((await carrier.port.findPrepared('ship_1', 1))?.rates.length).toBeGreaterThan(1);
    });
  });
};

const describeBuying = (suite: () => Suite): void => {
  describe('buying', () => {
    it('takes the cheapest rate', async () => {
      const { carrier, prepared } = suite();
      const shipment = await prepared();
      const prices = shipment.rates.map(({ price }) => price);
      const [cheapest] = prices.toSorted(compare);
      expect(await carrier.port.buy(purchaseOf(shipment))).toMatchObject({
        kind: 'purchased',
        price: cheapest,
        trackingNumber: expect.stringMatching(/^[\x21-\x7e]+$/),
        trackerId: expect.stringMatching(/^[\x21-\x7e]+$/),
      });
    });

    it('answers the same label when it is asked again', async () => {
      const { carrier, prepared } = suite();
      const shipment = await prepared();
      const label = await carrier.port.buy(purchaseOf(shipment));
      expect(await carrier.port.buy(purchaseOf(shipment))).toEqual(label);
      expect(carrier.labelsSold()).toBe(1);
    });

    it('sells one label to ten that ask at once, where it says that it sells once', async () => {
      const { carrier, prepared } = suite();
      if (!carrier.port.sellsOnce) return;
      const shipment = await prepared();
      const labels = await Promise.all(
        Array.from({ length: 10 }, () => carrier.port.buy(purchaseOf(shipment))),
      );
      expect(new Set(labels.map((label) => JSON.stringify(label, toText))).size).toBe(1);
      expect(carrier.labelsSold()).toBe(1);
    });

    it.each(unknownOutcomes)('sells one label although the first answer is %s', async (failure) => {
      const { carrier, prepared } = suite();
      const shipment = await prepared();
      carrier.failNext('buy', failure);
      expect(await unavailable(carrier.port.buy(purchaseOf(shipment)))).toBe(
        'carrier.unknown_outcome',
      );
      expect(await carrier.port.buy(purchaseOf(shipment))).toMatchObject({ kind: 'purchased' });
      expect(carrier.labelsSold()).toBe(1);
    });

    it('says when it was asked too often, which sells nothing', async () => {
      const { carrier, prepared } = suite();
      const shipment = await prepared();
      carrier.failNext('buy', 'rate_limited');
      expect(await unavailable(carrier.port.buy(purchaseOf(shipment)))).toBe(
        'carrier.rate_limited',
      );
      expect(carrier.labelsSold()).toBe(0);
    });
  });
};

const toText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

const describeRefusals = (suite: () => Suite): void => {
  describe('a refused shipment', () => {
    const expectRefusal = (outcome: unknown, { to }: LabelRequest) => {
      expect(outcome).toMatchObject({
        kind: 'refused',
        code: expect.stringMatching(/^[\w.]{1,80}$/),
      });
      for (const value of Object.values(to).filter((text) => text.length > 2)) {
        expect(JSON.stringify(outcome)).not.toContain(value);
      }
    };

    it('is refused when it is prepared, without a word about people', async () => {
      const { carrier } = suite();
      expectRefusal(await carrier.port.prepare(carrier.refusedAtOnce), carrier.refusedAtOnce);
    });

    it('is refused when its label is bought, without a word about people', async () => {
      const { carrier, prepared } = suite();
      const { refusedWhenBought: refused } = carrier;
      const purchase = purchaseOf(await prepared(refused), refused);
      expectRefusal(await carrier.port.buy(purchase), refused);
      expect(carrier.labelsSold()).toBe(0);
    });

    it('is not what a refused account gets: that is tried again', async () => {
      const { carrier, prepared } = suite();
      const shipment = await prepared();
      const { stranger } = carrier;
      expect(await unavailable(stranger.prepare(labelRequest('ship_2')))).toBe(
        'carrier.account_refused',
      );
      expect(await unavailable(stranger.buy(purchaseOf(shipment)))).toBe('carrier.account_refused');
    });
  });
};

const describeTracking = (suite: () => Suite): void => {
  describe('tracking', () => {
    it('gives every scan in canonical terms', async () => {
      const { carrier, prepared } = suite();
      const label = await carrier.port.buy(purchaseOf(await prepared()));
      if (label.kind !== 'purchased') throw new Error('Expected a label.');
      const { trackerId, trackingNumber } = label;
      expect(await carrier.port.track(trackerId)).toEqual({ trackerId, trackingNumber, scans: [] });
      carrier.deliver(trackerId);
      const tracking = await carrier.port.track(trackerId);
      const statuses = tracking?.scans.map(({ status }) => status);
      expect(statuses).toEqual(expect.arrayContaining(['in_transit', 'delivered']));
    });

    it('does not know a tracker of someone else', async () => {
      expect(await suite().carrier.port.track('trk_unknown')).toBeUndefined();
    });
  });
};
