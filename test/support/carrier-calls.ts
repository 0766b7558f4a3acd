import { CHEAPEST, chooseRate } from '../../src/shipment/choose-rate.ts';
import type {
  Cancellation,
  CarrierPort,
  LabelRequest,
  PreparedShipment,
  Purchase,
  QuotedRates,
  ScheduledPickup,
} from '../../src/shipment/ports.ts';
import { labelRequest } from './label-requests.ts';

/** The purchase of a prepared shipment at its cheapest rate. */
export const purchaseOf = (
  { carrierShipmentId }: Pick<PreparedShipment, 'carrierShipmentId'>,
  request: LabelRequest = labelRequest('ship_1'),
): Purchase => ({
  carrierShipmentId,
  request: async () => request,
  choose: chooseRate(CHEAPEST),
});

const quoted: QuotedRates = { kind: 'quoted', rates: [], duties: { kind: 'not_included' } };
const voided: Cancellation = { kind: 'voided' };
const scheduled: ScheduledPickup = { kind: 'scheduled', pickupId: 'pickup_1' };

/** What a fake carrier answers where its test does not care. */
export const otherCalls: Pick<
  CarrierPort,
  | 'sellsOnce'
  | 'findsPickups'
  | 'quoteRates'
  | 'cancel'
  | 'documents'
  | 'schedulePickup'
  | 'cancelPickup'
> = {
  sellsOnce: true,
  findsPickups: true,
  quoteRates: async () => quoted,
  cancel: async () => voided,
  documents: async () => [],
  schedulePickup: async () => scheduled,
  cancelPickup: async () => ({ kind: 'canceled' }),
};
