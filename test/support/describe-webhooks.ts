import { Stripe } from 'stripe';
import { readEasyPostWebhook } from '../../src/adapters/carriers/easypost/read-webhook.ts';
import { readStripeWebhook } from '../../src/adapters/stripe/read-webhook.ts';
import { officialSdk } from './easypost-sdk.ts';
import type { ReceivedWebhook } from './webhook-receiver.ts';

export type SentWebhook = ReceivedWebhook & { readonly sentAtMs: number };

/** Whoever sends webhooks as a provider does. */
export type WebhookSender = {
  readonly secret: string;
  /**
   * Sends one event to an endpoint that answers with these statuses and then with 200. Answers all
   * that was sent, until it was taken.
   */
  readonly send: (statuses: readonly number[]) => Promise<readonly SentWebhook[]>;
  readonly stop: () => Promise<void>;
};

type Judge = {
  /** The official SDK: throws what it does not believe. */
  readonly believe: (webhook: SentWebhook, secret: string) => unknown;
  /** The product. */
  readonly read: (webhook: SentWebhook, secret: string) => { readonly kind: string };
};

const STALE_MS = 3_600_000;
const stripe = new Stripe('sk_test_contract');
const easyPost = officialSdk({ url: 'http://127.0.0.1:1', apiKey: 'EZTK_contract' });
const TOLERANCE_SECONDS = 300;

export const JUDGES: Readonly<Record<'stripe' | 'easypost', Judge>> = {
  stripe: {
    believe: ({ rawBody, headers, sentAtMs }, secret) =>
      stripe.webhooks.constructEvent(
        ...([rawBody, headers['stripe-signature'] ?? '', secret, TOLERANCE_SECONDS] as const),
        ...([undefined, sentAtMs] as const),
      ),
    read: ({ rawBody, headers, sentAtMs }, secret) =>
      readStripeWebhook({
        rawBody,
        signature: headers['stripe-signature'],
        secrets: [secret],
        livemode: false,
        endpoint: 'platform',
        now: new Date(sentAtMs),
      }),
  },
  easypost: {
    believe: ({ rawBody, headers }, secret) =>
      easyPost.Utils.validateWebhook(rawBody, headers, secret),
    read: ({ rawBody, headers, sentAtMs }, secret) =>
      readEasyPostWebhook({ rawBody, headers, secrets: [secret], now: new Date(sentAtMs) }),
  },
};

/** What somebody could make of a genuine webhook without its secret. */
const forgeriesOf = (
  webhook: SentWebhook,
  provider: 'stripe' | 'easypost',
): readonly SentWebhook[] => {
  const { rawBody, headers, sentAtMs } = webhook;
  const signature = Object.entries(headers).find(([name]) => name.endsWith('signature'));
  const [name = '', value = ''] = signature ?? [];
  const lastDigit = value.endsWith('0') ? '1' : '0';
  return [
    { ...webhook, rawBody: Buffer.concat([rawBody, Buffer.from(' ')]) },
    { ...webhook, rawBody: Buffer.from(rawBody.toString().replace(/"id": ?"/, '$&x')) },
    { ...webhook, headers: { ...headers, [name]: undefined } },
    { ...webhook, headers: { ...headers, [name]: '' } },
    { ...webhook, headers: { ...headers, [name]: `${value.slice(0, -1)}${lastDigit}` } },
    ...(provider === 'stripe' ? [{ ...webhook, sentAtMs: sentAtMs + STALE_MS }] : []),
  ];
};

/** The official SDK and the product refuse it alike. */
export function expectRefused(
  webhook: SentWebhook,
  { provider, secret }: { readonly provider: 'stripe' | 'easypost'; readonly secret: string },
): void {
  expect(() => JUDGES[provider].believe(webhook, secret)).toThrow();
  expect(JUDGES[provider].read(webhook, secret)).toMatchObject({ kind: 'refused' });
}

/** What a provider's webhooks promise, in the eyes of its official SDK and of the product. */
export function describeWebhooks(
  name: string,
  provider: 'stripe' | 'easypost',
  make: () => Promise<WebhookSender>,
): void {
  const { believe, read } = JUDGES[provider];
  const event = { object: provider === 'stripe' ? 'event' : 'Event', id: expect.any(String) };

  describe(`${name} as a sender of webhooks`, () => {
    let sender: WebhookSender;
    beforeEach(async () => {
      sender = await make();
    });
    afterEach(() => sender.stop());

    it('sends an event that the official SDK believes, and that the product takes', async () => {
      const [webhook, ...others] = await sender.send([]);
      expect(others).toEqual([]);
      expect(believe(webhook as SentWebhook, sender.secret)).toMatchObject(event);
      expect(read(webhook as SentWebhook, sender.secret).kind).toMatch(/^(queue|ignored)$/);
    });

    it('sends the same bytes until they are taken, and each time they are believed', async () => {
      const sent = await sender.send([500, 404]);
      expect(sent).toHaveLength(3);
      expect(new Set(sent.map(({ rawBody }) => rawBody.toString())).size).toBe(1);
      for (const webhook of sent) {
        expect(believe(webhook, sender.secret)).toMatchObject(event);
        expect(read(webhook, sender.secret).kind).toMatch(/^(queue|ignored)$/);
      }
    });

    it('is not believed with another secret, nor where anything was changed', async () => {
      const [webhook] = await sender.send([]);
      expectRefused(webhook as SentWebhook, { provider, secret: 'another' });
      for (const forgery of forgeriesOf(webhook as SentWebhook, provider)) {
        expectRefused(forgery, { provider, secret: sender.secret });
      }
    });
  });
}
