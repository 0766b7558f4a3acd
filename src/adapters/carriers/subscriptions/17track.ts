import type { Subscription, TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { readable, toRefusal } from '../answers.ts';
import { createCarrierClient } from '../http.ts';
import { at, objectsIn } from '../json-value.ts';
import type { SubscriberOptions } from './options.ts';

const DEFAULT_BASE_URL = 'https://api.17track.net/track/v2.4';
const ALREADY_REGISTERED = -18_019_901;

/**
 * 17TRACK by `POST /register`, which finds the carrier by the number. It answers 200 to whatever it
 * rejects, and follows a number until it is delivered or silent for a month.
 */
export const subscribe17Track = ({
  apiKey,
  baseUrl = DEFAULT_BASE_URL,
  ...options
}: SubscriberOptions): TrackingSubscriber => {
  const client = createCarrierClient({
    ...options,
    ...{ name: '17TRACK', baseUrl, headers: () => ({ '17token': apiKey }) },
    readError: () => ({ code: 'REGISTER.REFUSED', fields: [] }),
  });
  return {
    provider: '17track',
    subscribe: async ({ trackingNumber, reference }) => {
      const answer = await client.post('register', [{ number: trackingNumber, tag: reference }]);
      if (answer.kind === 'refused') return toRefusal(answer);
      const subscribed: Subscription = { kind: 'subscribed', subscriptionId: trackingNumber };
      if (objectsIn(at(answer.body, 'data', 'accepted')).length > 0) return subscribed;
      const [rejected] = objectsIn(at(answer.body, 'data', 'rejected'));
      const code = readable(at(rejected, 'error', 'code'), 'registration');
      return code === ALREADY_REGISTERED
        ? subscribed
        : toRefusal({ code: `REGISTER.${String(code).replace(/\W/g, '')}`, fields: [] });
    },
  };
};
