import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { differenceAccount, reason } from '../reconciliation/common.ts';

const items = z.array(opaqueId).check(z.minLength(1), z.maxLength(1_000));

/** What a person does about a break: the bodies of `POST /v1/breaks/{breakId}/…`, each with its kind. */
export const BreakStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assign'), assignee: opaqueId, reason }),
  z.strictObject({ kind: z.literal('explain'), reason }),
  /**
   * The items that are one movement, those of the break included; of a `duplicate` break those that were
   * chosen. Where the amounts differ, `against` is the account that takes the difference.
   */
  z.strictObject({
    kind: z.literal('match'),
    left: items,
    right: items,
    against: z.optional(differenceAccount),
    reason,
  }),
  z.strictObject({ kind: z.literal('write_off'), reason }),
  z.strictObject({ kind: z.literal('send_back'), reason }),
  z.strictObject({ kind: z.literal('approve'), reason }),
  z.strictObject({ kind: z.literal('decline'), reason }),
]);
export type BreakStep = z.infer<typeof BreakStep>;
