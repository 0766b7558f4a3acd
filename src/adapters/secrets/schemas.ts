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

/** By carrier, as the webhook's route names it. A carrier that is not in it is not listened to. */
export const CarriersSecret = z.object({
  webhookSecrets: z.optional(z.record(z.string(), webhookSecrets)),
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
