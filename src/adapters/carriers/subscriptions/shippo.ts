import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { readable, toRefusal } from '../answers.ts';
import { printableId } from '../json-value.ts';
import { shippoCarrierName } from '../shippo/carrier-name.ts';
import { createShippoClient } from '../shippo/client.ts';
import type { SubscriberOptions } from './options.ts';

/**
 * Shippo by `POST /tracks`, for labels that somebody else sold: its own are followed already. Asked
 * twice it tells twice, which changes nothing.
 */
export const subscribeShippo = (options: SubscriberOptions): TrackingSubscriber => {
  const client = createShippoClient(options);
  return {
    provider: 'shippo',
    subscribe: async ({ trackingNumber, carrier, reference }) => {
      const answer = await client.post('tracks', {
        carrier: shippoCarrierName(carrier),
        tracking_number: trackingNumber,
        metadata: reference,
      });
      if (answer.kind === 'refused') return toRefusal(answer);
      const number = printableId(answer.body['tracking_number']);
      return { kind: 'subscribed', subscriptionId: readable(number, 'track') };
    },
  };
};
