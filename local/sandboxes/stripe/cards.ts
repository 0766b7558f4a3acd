/** How a test card fares: what the bank answers, as Stripe's testing page lists it. */
export type CardOutcome =
  | { result: 'approved'; bypassPending?: boolean; dispute?: DisputedAs; refund?: RefundFate }
  | { result: 'authentication_required' }
  | { result: 'declined'; code: string; declineCode: string; message: string };

/** The buyer's bank disputes the charge as soon as it is paid. */
export type DisputedAs = { reason: string; inquiry: boolean };

/** What becomes of a refund to the card, when it does not just arrive. */
export type RefundFate = 'fails' | 'pending';

export type TestCard = {
  brand: string;
  country: string;
  last4: string;
  funding: 'credit' | 'debit';
  outcome: CardOutcome;
};

const visa = (last4: string, country: string, outcome: CardOutcome = { result: 'approved' }) =>
  ({ brand: 'visa', country, last4, funding: 'credit', outcome }) satisfies TestCard;

const declined = (last4: string, code: string, reason: { declineCode: string; message: string }) =>
  visa(last4, 'US', { result: 'declined', code, ...reason });

const generic = 'Your card was declined.';

const disputed = (last4: string, reason: string, inquiry = false) =>
  visa(last4, 'US', { result: 'approved', dispute: { reason, inquiry } });

/** The `pm_card_…` tokens of docs.stripe.com/testing that the sandbox knows. */
const testCards: Record<string, TestCard> = {
  pm_card_visa: visa('4242', 'US'),
  pm_card_us: visa('4242', 'US'),
  pm_card_visa_debit: { ...visa('5556', 'US'), funding: 'debit' },
  pm_card_mastercard: { ...visa('4444', 'US'), brand: 'mastercard' },
  pm_card_amex: { ...visa('8431', 'US'), brand: 'amex' },
  pm_card_de: visa('0008', 'DE'),
  pm_card_gb: visa('0000', 'GB'),
  pm_card_fr: visa('0003', 'FR'),
  pm_card_it: visa('0008', 'IT'),
  pm_card_nl: visa('0002', 'NL'),
  pm_card_jp: visa('0003', 'JP'),
  pm_card_cn: visa('0002', 'CN'),
  pm_card_createDispute: disputed('0259', 'fraudulent'),
  pm_card_createDisputeProductNotReceived: disputed('2685', 'product_not_received'),
  pm_card_createDisputeInquiry: disputed('1976', 'general', true),
  pm_card_refundFail: visa('5126', 'US', { result: 'approved', refund: 'fails' }),
  pm_card_pendingRefund: visa('7726', 'US', { result: 'approved', refund: 'pending' }),
  pm_card_bypassPending: visa('0077', 'US', { result: 'approved', bypassPending: true }),
  pm_card_authenticationRequired: visa('3184', 'US', { result: 'authentication_required' }),
  pm_card_threeDSecure2Required: visa('3220', 'US', { result: 'authentication_required' }),
  pm_card_threeDSecureRequired: visa('3063', 'US', { result: 'authentication_required' }),
  pm_card_visa_chargeDeclined: declined('0002', 'card_declined', {
    ...{ declineCode: 'generic_decline', message: generic },
  }),
  pm_card_chargeDeclined: declined('0002', 'card_declined', {
    ...{ declineCode: 'generic_decline', message: generic },
  }),
  pm_card_visa_chargeDeclinedInsufficientFunds: declined('9995', 'card_declined', {
    ...{ declineCode: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  }),
  pm_card_chargeDeclinedInsufficientFunds: declined('9995', 'card_declined', {
    ...{ declineCode: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  }),
  pm_card_visa_chargeDeclinedLostCard: declined('9987', 'card_declined', {
    ...{ declineCode: 'lost_card', message: generic },
  }),
  pm_card_visa_chargeDeclinedStolenCard: declined('9979', 'card_declined', {
    ...{ declineCode: 'stolen_card', message: generic },
  }),
  pm_card_chargeDeclinedFraudulent: declined('0019', 'card_declined', {
    ...{ declineCode: 'fraudulent', message: generic },
  }),
  pm_card_chargeDeclinedExpiredCard: declined('0069', 'expired_card', {
    ...{ declineCode: 'expired_card', message: 'Your card has expired.' },
  }),
  pm_card_chargeDeclinedIncorrectCvc: declined('0127', 'incorrect_cvc', {
    ...{ declineCode: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  }),
  pm_card_chargeDeclinedProcessingError: declined('0119', 'processing_error', {
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  }),
};

/** The card behind a test token, or undefined where the sandbox knows none by that name. */
export function testCard(token: string): TestCard | undefined {
  return Object.hasOwn(testCards, token) ? testCards[token] : undefined;
}
