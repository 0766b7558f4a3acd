import * as z from 'zod/mini';

/** The body of `…/debts/{debtId}/write-off`: why what is left of the debt is given up. */
export const WriteOffDebt = z.strictObject({
  reason: z
    .string()
    .check(
      z.trim(),
      z.minLength(3, { error: 'Expected a reason, for whoever reads the record later.' }),
      z.maxLength(200, { error: 'Expected at most 200 characters.' }),
    ),
});
export type WriteOffDebt = z.infer<typeof WriteOffDebt>;
