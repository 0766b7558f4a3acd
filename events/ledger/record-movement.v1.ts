import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant } from '../common.ts';

const reference = z.string().check(
  z.regex(/^[\x21-\x7e]{1,100}$/, {
    error: 'Expected 1 to 100 printable characters without spaces.',
  }),
);

/** What the bank, the provider or finance calls the movement: it is booked once under it. */
const movementId = reference;

const tradeId = z
  .string()
  .check(z.regex(/^trd_[0-9a-z]{26}$/, { error: 'Expected the id of a trade, "trd_…".' }));

const refundId = z
  .string()
  .check(z.regex(/^rfd_[0-9a-z_]{1,100}$/, { error: 'Expected the id of a refund, "rfd_…".' }));

const common = { movementId, amount: positiveMoneySchema, occurredAt: instant };

/** The body of `POST /v1/ledger/movements`: money that moved outside any trade. */
export const RecordMovement = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('psp_payout_received'), ...common }),
    z.strictObject({
      kind: z.literal('psp_topped_up'),
      ...common,
      /** What the provider calls it, where the bank calls it otherwise. */
      providerReference: z.optional(reference),
    }),
    z.strictObject({
      kind: z.literal('own_funds_moved'),
      ...common,
      direction: z.enum(['top_up', 'sweep']),
    }),
    z.strictObject({
      kind: z.literal('cover_traded'),
      movementId,
      sold: positiveMoneySchema,
      bought: positiveMoneySchema,
      /** What the position stood at, in the currency sold. */
      carried: positiveMoneySchema,
      occurredAt: instant,
    }),
    z.strictObject({ kind: z.literal('receipt_suspended'), ...common }),
    z.strictObject({ kind: z.literal('receipt_identified'), ...common, tradeId }),
    z.strictObject({ kind: z.literal('refund_paid'), ...common, tradeId, refundId }),
  ])
  .check((context) => {
    const { value } = context;
    if (value.kind !== 'cover_traded' || value.sold.currency === value.carried.currency) return;
    context.issues.push({
      code: 'custom',
      path: ['carried', 'currency'],
      message: `Expected ${value.sold.currency}, the currency sold.`,
      input: value,
    });
  });
export type RecordMovement = z.infer<typeof RecordMovement>;
