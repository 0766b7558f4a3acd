import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { failureCode } from '../payout/common.ts';

/**
 * What the bank says of one payment of a file, by a statement or a status report: it was debited
 * (`ConfirmBankPayout`), refused before that (`FailBankPayout`), or given back after it
 * (`ReturnBankPayout`; `returned` is what came back, the rest banks have kept).
 */
export const BankPayoutOutcome = z.strictObject({
  kind: z.literal('bank_payout_outcome'),
  version: z.literal(1),
  messageId: z.string().check(z.minLength(1), z.maxLength(300)),
  payoutId: opaqueId,
  endToEndId: opaqueId,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('confirmed'), bookedAt: instant }),
    z.strictObject({ kind: z.literal('failed'), code: failureCode, bookedAt: instant }),
    z.strictObject({
      kind: z.literal('returned'),
      returned: moneySchema,
      code: failureCode,
      bookedAt: instant,
    }),
  ]),
});
export type BankPayoutOutcome = z.infer<typeof BankPayoutOutcome>;
