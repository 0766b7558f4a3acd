import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { toRefusal } from '../answers.ts';
import { type UpsAccount, upsClient } from '../ups/client.ts';

export type UpsOptions = UpsAccount & {
  /** Where UPS posts to: our own webhook route. */
  readonly webhookUrl: string;
  /** What UPS is to send in `credential` with every webhook: the secret that they are verified by. */
  readonly credential: string;
};

/** UPS forgets a subscription after 14 days, and tells only what happens while it stands. */
const LASTS_SECONDS = 14 * 86_400;

/** UPS Track Alert: a token by client credentials, and a subscription of one number with it. */
export const subscribeUps = (options: UpsOptions): TrackingSubscriber => ({
  provider: 'ups',
  subscribe: async ({ trackingNumber }) => {
    const client = await upsClient(options);
    const { webhookUrl: url, credential } = options;
    const answer = await client.post('api/track/v1/subscription/standard/package', {
      locale: 'en_US',
      countryCode: 'US',
      trackingNumberList: [trackingNumber],
      destination: { url, credentialType: 'Bearer', credential },
    });
    if (answer.kind === 'refused') return toRefusal(answer);
    const valid = answer.body['validTrackingNumbers'];
    return Array.isArray(valid) && valid.includes(trackingNumber)
      ? { kind: 'subscribed', subscriptionId: trackingNumber, lastsSeconds: LASTS_SECONDS }
      : toRefusal({ code: 'UPS.INVALID_NUMBER', fields: [] });
  },
});
