import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/** A webhook whose signature is right and whose body we can't read. It goes to a person, not away. */
export const WebhookUnreadable = z.strictObject({
  kind: z.literal('webhook_unreadable'),
  version: z.literal(1),
  provider: opaqueId,
  bodySha256: sha256,
  reason: z.string().check(z.minLength(1), z.maxLength(300)),
  receivedAt: instant,
});
export type WebhookUnreadable = z.infer<typeof WebhookUnreadable>;
