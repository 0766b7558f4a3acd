import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { reason } from '../reconciliation/common.ts';

const items = z.array(opaqueId).check(z.minLength(1), z.maxLength(1_000));

/** What a person does about a break: the bodies of `POST /v1/breaks/{breakId}/…`, each with its kind. */
export const BreakStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assign'), assignee: opaqueId, reason }),
  z.strictObject({ kind: z.literal('explain'), reason }),
  /** All items that are one movement, those of the break included. */
  z.strictObject({ kind: z.literal('match'), left: items, right: items, reason }),
  z.strictObject({ kind: z.literal('write_off'), reason }),
  z.strictObject({ kind: z.literal('send_back'), reason }),
  z.strictObject({ kind: z.literal('approve'), reason }),
  z.strictObject({ kind: z.literal('decline'), reason }),
]);
export type BreakStep = z.infer<typeof BreakStep>;
