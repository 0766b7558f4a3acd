import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber } from '../payout/common.ts';

/** A payment for the bank stands in a batch. `accountReference` says where in the vault the account is; the batch takes payments until `closesAt`. */
export const PayoutInstructionAdded = z.strictObject({
  type: z.literal('PayoutInstructionAdded'),
  version: z.literal(1),
  batchId: opaqueId,
  payoutId: opaqueId,
  tradeId: opaqueId,
  attempt: attemptNumber,
  endToEndId: opaqueId,
  uetr: z.uuidv4(),
  accountReference: opaqueId,
  amount: moneySchema,
  addedAt: instant,
  closesAt: instant,
});
export type PayoutInstructionAdded = z.infer<typeof PayoutInstructionAdded>;
