import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { readable, toRefusal } from '../answers.ts';
import { createCarrierClient } from '../http.ts';
import { at, printableId } from '../json-value.ts';
import type { SubscriberOptions } from './options.ts';

const DEFAULT_BASE_URL = 'https://api.aftership.com/tracking/2026-07';
const ALREADY_THERE = 'AFTERSHIP.4003';

/** AfterShip by `POST /trackings`, which finds the carrier by the number. */
export const subscribeAfterShip = ({
  apiKey,
  baseUrl = DEFAULT_BASE_URL,
  ...options
}: SubscriberOptions): TrackingSubscriber => {
  const client = createCarrierClient({
    ...options,
    ...{ name: 'AfterShip', baseUrl, headers: () => ({ 'as-api-key': apiKey }) },
    readError,
  });
  return {
    provider: 'aftership',
    subscribe: async ({ trackingNumber, reference }) => {
      const answer = await client.post('trackings', {
        tracking_number: trackingNumber,
        order_id: reference,
      });
      if (answer.kind === 'refused') {
        return answer.code === ALREADY_THERE
          ? { kind: 'subscribed', subscriptionId: trackingNumber }
          : toRefusal(answer);
      }
      const id = printableId(at(answer.body, 'data', 'id') ?? answer.body['id']);
      return { kind: 'subscribed', subscriptionId: readable(id, 'tracking') };
    },
  };
};

/** `{ meta: { code: 4003, message: "…" } }` */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const code = at(body, 'meta', 'code');
  return { code: typeof code === 'number' ? `AFTERSHIP.${code}` : 'REFUSED', fields: [] };
};
