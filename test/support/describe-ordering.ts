import type { ShipmentEvent } from '../../events/index.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { orderLabel, type ShipmentOutcome } from '../../src/shipment/order-label.ts';
import { bodyOf, marketplaceId, shipmentId, story, tradeId } from './builders.ts';
import type { CarrierUnderTest } from './describe-carrier.ts';
import { labelRequest } from './label-requests.ts';

const order = bodyOf(story.shipmentRequested);
const startMs = Date.parse('2026-11-20T08:00:00.000Z');

/** A shipment's stream in memory, and workers that order its label. */
const workers = ({ port }: CarrierUnderTest) => {
  const records = inMemoryRecordStore<ShipmentEvent>();
  let atMs = startMs;
  const ports = {
    store: journaledStore(records),
    now: () => new Date(atMs),
    carrier: port,
    labelRequest: async () => labelRequest(shipmentId),
  };
  return {
    wait: (seconds: number): void => {
      atMs += seconds * 1_000;
    },
    order: (message: string): Promise<ShipmentOutcome | 'failed'> =>
      orderLabel(ports, order, { cause: message, owner: { tradeId, marketplaceId } }).catch(
        (error: unknown) => {
          if (isCodedError(error) && error.retryable) return 'failed';
          throw error;
        },
      ),
    events: () => records.all().flatMap(({ events }) => events),
  };
};

/** As long as any claim of a worker that died may keep others from buying. */
const CLAIM_SECONDS = 301;

/** What the product promises with every carrier: one shipment, one label. */
export const describeOrdering = (carrierOf: () => CarrierUnderTest): void => {
  describe('ordering a label', () => {
    it('buys one for fifty that order it at once', async () => {
      const carrier = carrierOf();
      const desk = workers(carrier);
      await Promise.all(Array.from({ length: 50 }, (_, index) => desk.order(`message-${index}`)));
      // A carrier that is asked fifty times at once may answer some of them too late.
      for (let tries = 0; tries < 10; tries += 1) {
        desk.wait(CLAIM_SECONDS);
        await desk.order('message-0');
      }
      expect(carrier.labelsSold()).toBe(1);
      const labels = desk.events().filter(({ type }) => type === 'LabelPurchased');
      expect(labels).toHaveLength(1);
    });

    it.each([
      'lost_before_execution',
      'lost_after_execution',
      'failed_after_execution',
      'timed_out_after_execution',
      'rate_limited',
    ] as const)('buys one although the first purchase is %s', async (failure) => {
      const carrier = carrierOf();
      const desk = workers(carrier);
      carrier.failNext('buy', failure);
      expect(await desk.order('message-1')).toBe('failed');
      await desk.order('message-2');
      desk.wait(CLAIM_SECONDS);
      await desk.order('message-1');
      expect(carrier.labelsSold()).toBe(1);
      expect(desk.events().at(-1)).toMatchObject({ type: 'LabelPurchased', shipmentId });
    });
  });
};
