import * as z from 'zod/mini';
import { currencySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * One side of a journal entry. `account` is a code of the chart; `amountMinor` is signed: positive
 * debits, negative credits. `scope` names whose balance it is (a trade, seller, payout) where the
 * chart keeps one per owner.
 */
export const JournalLeg = z.strictObject({
  account: z.string().check(z.regex(/^\d{4}$/)),
  currency: currencySchema,
  amountMinor: z.pipe(
    z.string().check(z.regex(/^-?[1-9]\d{0,17}$/)),
    z.transform((digits) => BigInt(digits)),
  ),
  scope: z.optional(opaqueId),
});
export type JournalLeg = z.infer<typeof JournalLeg>;

/** A balanced double entry: the legs sum to zero in each currency. `kind` is a row of docs/ledger.md. */
export const JournalEntry = z.strictObject({
  kind: z.enum([
    'capture',
    'part_received',
    'psp_fee',
    'psp_conversion',
    'fx_conversion',
    'fx_realized',
    'release',
    'payout_initiated',
    'payout_settled',
    'refund_initiated',
    'refund_canceled',
    'refund_settled',
    'refund_credited',
    'refund_realized',
    'refund_returned',
    'chargeback_opened',
    'chargeback_withdrawn',
    'chargeback_reinstated',
    'chargeback_fee',
    'chargeback_won',
    'chargeback_lost',
    'payout_failed',
    'payout_returned',
    'payout_reversed',
    'receivable_recovered',
    'transfer_reversed',
    'receivable_written_off',
    'duties_earmarked',
    'duties_paid',
    'duties_released',
    'psp_payout',
    'psp_top_up',
    'own_funds_top_up',
    'own_funds_sweep',
    'cover_trade',
    'cover_realized',
    'receipt_suspended',
    'receipt_identified',
    'receipt_released',
    'difference_tolerated',
    'break_written_off',
    'break_write_off_reversed',
    'refund_paid',
    'funds_blocked',
    'funds_unblocked',
  ]),
  legs: z.array(JournalLeg).check(z.minLength(2)),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
