import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { readable, toRefusal } from '../answers.ts';
import { createCarrierClient, isName } from '../http.ts';
import { at, objectsIn, printableId } from '../json-value.ts';
import type { SubscriberOptions } from './options.ts';

const DEFAULT_BASE_URL = 'https://api.ship24.com/public/v1';

/** Ship24 by `POST /trackers`, which answers the tracker that is there where there is one. */
export const subscribeShip24 = ({
  apiKey,
  baseUrl = DEFAULT_BASE_URL,
  ...options
}: SubscriberOptions): TrackingSubscriber => {
  const client = createCarrierClient({
    ...options,
    ...{ name: 'Ship24', baseUrl, headers: () => ({ authorization: `Bearer ${apiKey}` }) },
    readError,
  });
  return {
    provider: 'ship24',
    subscribe: async ({ trackingNumber, reference, to }) => {
      const answer = await client.post('trackers', {
        trackingNumber,
        shipmentReference: reference,
        destinationCountryCode: to,
      });
      if (answer.kind === 'refused') return toRefusal(answer);
      const id = printableId(at(answer.body, 'data', 'tracker', 'trackerId'));
      return { kind: 'subscribed', subscriptionId: readable(id, 'tracker') };
    },
  };
};

/** `{ errors: [{ code, message }], data: null }` */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const code = objectsIn(at(body, 'errors'))
    .map((error) => error['code'])
    .find(isName);
  return { code: code ?? 'REFUSED', fields: [] };
};
