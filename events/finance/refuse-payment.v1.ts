import * as z from 'zod/mini';

/**
 * The body of `POST …/refusal`: which payment the bank refused before its debit, and why: the reason of
 * ISO 20022 (`AC01`), or what the bank calls it. `accountAtFault` is false of a reason that lies elsewhere, as in
 * our own balance: the same account is paid again then. Missing is true.
 */
export const RefusePayment = z.strictObject({
  endToEndId: z.string().check(
    z.regex(/^[A-Z0-9]{1,35}$/, {
      error: 'Expected the end-to-end id of the payment, as its batch lists it.',
    }),
  ),
  code: z.string().check(
    z.regex(/^[A-Za-z0-9_.-]{1,35}$/, {
      error: 'Expected the reason that the bank gave as a code, such as AC01.',
    }),
  ),
  accountAtFault: z.optional(z.boolean()),
});
export type RefusePayment = z.infer<typeof RefusePayment>;
