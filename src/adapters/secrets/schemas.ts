import * as z from 'zod/mini';

/** The secrets that sign a provider's webhooks: the current one first, the previous while it rotates. */
const webhookSecrets = z
  .array(z.string().check(z.minLength(8)))
  .check(z.minLength(1), z.maxLength(2));

export const StripeSecret = z.object({
  secretKey: z.string().check(z.minLength(8)),
  webhookSecrets,
  /** Those of the endpoint for connected accounts, where there is one. */
  connectWebhookSecrets: z.optional(webhookSecrets),
});
export type StripeSecret = z.infer<typeof StripeSecret>;

export const EasyPostSecret = z.object({
  apiKey: z.string().check(z.minLength(8)),
  webhookSecrets,
});
export type EasyPostSecret = z.infer<typeof EasyPostSecret>;

const apiKey = z.object({ apiKey: z.string().check(z.minLength(8)) });

/** By carrier, as the webhook's route names it. A carrier that is not in it is not listened to. */
export const CarriersSecret = z.object({
  webhookSecrets: z.optional(z.record(z.string(), webhookSecrets)),
  /** What parcels are subscribed with, by provider. */
  subscriptions: z.optional(
    z.object({
      '17track': z.optional(apiKey),
      aftership: z.optional(apiKey),
      ship24: z.optional(apiKey),
      easypost: z.optional(apiKey),
      shippo: z.optional(apiKey),
      ups: z.optional(
        z.object({
          clientId: z.string().check(z.minLength(1)),
          clientSecret: z.string().check(z.minLength(8)),
          webhookUrl: z.url(),
          credential: z.string().check(z.minLength(8)),
        }),
      ),
    }),
  ),
  /** What UPS is asked with about parcels that it moves, whoever sold their labels. */
  ups: z.optional(
    z.object({
      clientId: z.string().check(z.minLength(1)),
      clientSecret: z.string().check(z.minLength(8)),
    }),
  ),
  /** What labels are bought with, beside EasyPost. */
  shippo: z.optional(z.object({ apiKey: z.string().check(z.minLength(8)) })),
  dhl: z.optional(
    z.object({
      username: z.string().check(z.minLength(1)),
      password: z.string().check(z.minLength(8)),
      accountNumber: z.string().check(z.regex(/^\d{9,10}$/)),
    }),
  ),
});
export type CarriersSecret = z.infer<typeof CarriersSecret>;

const MASTER_KEY_MIN_LENGTH = 43;

export const VaultSecret = z.object({
  masterKey: z.string().check(z.minLength(MASTER_KEY_MIN_LENGTH)),
});
export type VaultSecret = z.infer<typeof VaultSecret>;

/** What signs the links to pages of a trade. A previous key is honored until its links have expired. */
export const LinksSecret = z.object({
  signingKey: z.string().check(z.minLength(MASTER_KEY_MIN_LENGTH)),
  previousSigningKey: z.optional(z.string().check(z.minLength(MASTER_KEY_MIN_LENGTH))),
});
export type LinksSecret = z.infer<typeof LinksSecret>;
