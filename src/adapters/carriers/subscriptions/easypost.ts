import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { readable, toRefusal } from '../answers.ts';
import { createEasyPostClient } from '../easypost/client.ts';
import { printableId } from '../json-value.ts';
import type { SubscriberOptions } from './options.ts';

/** EasyPost by `POST /trackers`, for labels that somebody else sold: its own are followed already. */
export const subscribeEasyPost = (options: SubscriberOptions): TrackingSubscriber => {
  const client = createEasyPostClient(options);
  return {
    provider: 'easypost',
    subscribe: async ({ trackingNumber, carrier }) => {
      const answer = await client.post('trackers', {
        tracker: { tracking_code: trackingNumber, carrier },
      });
      if (answer.kind === 'refused') return toRefusal(answer);
      const id = printableId(answer.body['id']);
      return { kind: 'subscribed', subscriptionId: readable(id, 'tracker') };
    },
  };
};
