import type Stripe from 'stripe';

/**
 * Ways to pay, as `payment_method_details.type` names them, whose charge is made as the money is taken
 * (a wallet on a card is a card). Their balance transaction may be made later, as the capture is
 * asynchronous, and that delay is not the buyer's.
 *
 * Of any other way the charge may be older than the money. A bank debit's (`sepa_debit`, `us_bank_account`,
 * `bacs_debit`, `au_becs_debit`, `acss_debit`, `nz_bank_account`, ...) is made, `pending`, as the debit
 * starts, and keeps that date when it succeeds days later; vouchers and bank transfers wait for the buyer.
 * The balance transaction is made once there is money and never before. So this is a list of what is
 * immediate and not of what is slow: a way that Stripe adds is never taken for paid before it is.
 */
const TAKEN_AT_ONCE: ReadonlySet<string> = new Set(['card', 'link']);

/**
 * When the money of a charge that succeeded was taken, in seconds since 1970: what expiry of a locked
 * price, shipping and the limit of the hold are counted from.
 */
export const capturedAtSeconds = (
  {
    created,
    payment_method_details: details,
  }: Pick<Stripe.Charge, 'created' | 'payment_method_details'>,
  balance: Pick<Stripe.BalanceTransaction, 'created'>,
): number => (details !== null && TAKEN_AT_ONCE.has(details.type) ? created : balance.created);
