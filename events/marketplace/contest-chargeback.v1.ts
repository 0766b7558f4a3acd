import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1), z.maxLength(10_000));
const line = z.string().check(z.minLength(1), z.maxLength(500));

/**
 * The body of `POST …/chargebacks/{chargebackId}/evidence`: a person's own words to the bank. Names
 * and addresses may stand in it, so it is kept in the vault and nowhere else.
 */
export const ContestChargeback = z.strictObject({
  explanation: z.optional(text),
  productDescription: z.optional(text),
  customerName: z.optional(line),
  customerEmail: z.optional(z.email().check(z.maxLength(254))),
  shippingAddress: z.optional(line),
});
export type ContestChargeback = z.infer<typeof ContestChargeback>;
