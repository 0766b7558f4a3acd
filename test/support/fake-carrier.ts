import {
  type CarrierPort,
  type CarrierRefusal,
  carrierUnavailable,
  type LabelRequest,
  type PurchasedLabel,
} from '../../src/shipment/ports.ts';
import { story } from './builders.ts';
import { otherCalls } from './carrier-calls.ts';

const { price, carrier, service, trackingNumber, trackerId } = story.labelPurchased;

/**
 * A carrier that creates a shipment for every call and sells each of them one label, as EasyPost
 * does. `loseAnswerOf` lets the next such call take effect and then fail.
 */
export function fakeCarrier() {
  const requests: LabelRequest[] = [];
  const labels = new Map<string, PurchasedLabel>();
  let lost: 'prepare' | 'buy' | undefined;
  let refusal: CarrierRefusal | undefined;

  const answer = <T>(call: 'prepare' | 'buy', given: T): T => {
    if (lost !== call) return given;
    lost = undefined;
    throw carrierUnavailable('carrier.unknown_outcome', { message: 'No answer.' });
  };
  const idOf = (index: number): string => `shp_${index + 1}`;

  const port: CarrierPort = {
    ...otherCalls,
    carrier: 'easypost',
    findPrepared: async (reference) => {
      const index = requests.findIndex((request) => request.reference === reference);
      return index === -1
        ? undefined
        : { kind: 'prepared', carrierShipmentId: idOf(index), rates: [] };
    },
    prepare: async (request) => {
      if (refusal !== undefined) return refusal;
      requests.push(request);
      const carrierShipmentId = idOf(requests.length - 1);
      return answer('prepare', { kind: 'prepared', carrierShipmentId, rates: [] });
    },
    buy: async ({ carrierShipmentId }) => {
      const label: PurchasedLabel = labels.get(carrierShipmentId) ?? {
        kind: 'purchased',
        ...{ trackingNumber, trackerId, carrier, service, price },
      };
      labels.set(carrierShipmentId, label);
      return answer('buy', label);
    },
    track: async () => undefined,
  };
  return {
    port,
    requests,
    labels,
    loseAnswerOf: (call: 'prepare' | 'buy'): void => {
      lost = call;
    },
    refuse: (code: string): void => {
      refusal = { kind: 'refused', code, message: 'to_address' };
    },
  };
}
