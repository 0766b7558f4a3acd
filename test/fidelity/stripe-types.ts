import { emittedTypes } from '../../local/sandboxes/stripe/events.ts';
import { generateSchemas, type Schema, type SchemaSet } from './json-schemas.ts';

/** The SDK's type for each object that the sandbox sends, by the `object` that names it. */
const objectTypes: Readonly<Record<string, string>> = {
  account: 'Stripe.Account',
  balance: 'Stripe.Balance',
  balance_settings: 'Stripe.BalanceSettings',
  balance_transaction: 'Stripe.BalanceTransaction',
  bank_account: 'Stripe.BankAccount',
  capability: 'Stripe.Capability',
  cash_balance: 'Stripe.CashBalance',
  charge: 'Stripe.Charge',
  'checkout.session': 'Stripe.Checkout.Session',
  customer: 'Stripe.Customer',
  customer_cash_balance_transaction: 'Stripe.CustomerCashBalanceTransaction',
  dispute: 'Stripe.Dispute',
  funding_instructions: 'Stripe.FundingInstructions',
  mandate: 'Stripe.Mandate',
  payment_intent: 'Stripe.PaymentIntent',
  payment_method: 'Stripe.PaymentMethod',
  payout: 'Stripe.Payout',
  price: 'Stripe.Price',
  product: 'Stripe.Product',
  'radar.early_fraud_warning': 'Stripe.Radar.EarlyFraudWarning',
  refund: 'Stripe.Refund',
  'reporting.report_run': 'Stripe.Reporting.ReportRun',
  setup_intent: 'Stripe.SetupIntent',
  token: 'Stripe.Token',
  topup: 'Stripe.Topup',
  transfer: 'Stripe.Transfer',
  transfer_reversal: 'Stripe.TransferReversal',
  'v2.core.account': 'Stripe.V2.Core.Account',
  'v2.core.account_link': 'Stripe.V2.Core.AccountLink',
  webhook_endpoint: 'Stripe.WebhookEndpoint',
  'account, deleted': 'Stripe.DeletedAccount',
};

/** Objects that the SDK has no type for: Stripe's previews. */
export const untypedObjects: ReadonlySet<string> = new Set(['fx_quote']);

const pascalCase = (text: string): string =>
  text
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const eventType = (type: string): string => `Stripe.${pascalCase(type)}Event`;

/** The SDK's type of the parameters of each call that the product makes. */
const parameterTypes: Readonly<Record<string, string>> = {
  'GET /v1/accounts/:id': 'Stripe.AccountRetrieveParams',
  'GET /v1/balance': 'Stripe.BalanceRetrieveParams',
  'GET /v1/balance_transactions': 'Stripe.BalanceTransactionListParams',
  'GET /v1/balance_transactions/:id': 'Stripe.BalanceTransactionRetrieveParams',
  'GET /v1/charges': 'Stripe.ChargeListParams',
  'GET /v1/charges/:id': 'Stripe.ChargeRetrieveParams',
  'POST /v1/customers': 'Stripe.CustomerCreateParams',
  'GET /v1/customers/:id/cash_balance_transactions':
    'Stripe.CustomerListCashBalanceTransactionsParams',
  'GET /v1/disputes': 'Stripe.DisputeListParams',
  'GET /v1/disputes/:id': 'Stripe.DisputeRetrieveParams',
  'POST /v1/disputes/:id': 'Stripe.DisputeUpdateParams',
  'POST /v1/disputes/:id/close': 'Stripe.DisputeCloseParams',
  'GET /v1/events': 'Stripe.EventListParams',
  'GET /v1/events/:id': 'Stripe.EventRetrieveParams',
  'GET /v1/payment_intents': 'Stripe.PaymentIntentListParams',
  'POST /v1/payment_intents': 'Stripe.PaymentIntentCreateParams',
  'POST /v1/payment_intents/:id': 'Stripe.PaymentIntentUpdateParams',
  'GET /v1/customers/search': 'Stripe.CustomerSearchParams',
  'GET /v1/payment_intents/search': 'Stripe.PaymentIntentSearchParams',
  'GET /v1/payment_intents/:id': 'Stripe.PaymentIntentRetrieveParams',
  'POST /v1/payment_intents/:id/cancel': 'Stripe.PaymentIntentCancelParams',
  'POST /v1/payment_intents/:id/capture': 'Stripe.PaymentIntentCaptureParams',
  'GET /v1/payouts': 'Stripe.PayoutListParams',
  'POST /v1/payouts': 'Stripe.PayoutCreateParams',
  'GET /v1/payouts/:id': 'Stripe.PayoutRetrieveParams',
  'GET /v1/refunds': 'Stripe.RefundListParams',
  'POST /v1/refunds': 'Stripe.RefundCreateParams',
  'GET /v1/refunds/:id': 'Stripe.RefundRetrieveParams',
  'GET /v1/transfers': 'Stripe.TransferListParams',
  'POST /v1/transfers': 'Stripe.TransferCreateParams',
  'GET /v1/transfers/:id': 'Stripe.TransferRetrieveParams',
  'GET /v1/transfers/:id/reversals': 'Stripe.TransferListReversalsParams',
  'POST /v1/transfers/:id/reversals': 'Stripe.TransferCreateReversalParams',
};

export type StripeSchemas = {
  readonly $defs: Record<string, Schema>;
  ofObject(name: string): Schema | undefined;
  ofEvent(type: string): Schema | undefined;
  /** By method and pattern, such as `POST /v1/transfers/:id/reversals`. */
  ofParameters(call: string): Schema | undefined;
};

/** Schemas of everything that the sandbox sends and that the product asks for. */
export function stripeSchemas(directory: string): StripeSchemas {
  const prefixed = (kind: string, types: readonly (readonly [string, string])[]) =>
    types.map(([name, type]) => [`${kind} ${name}`, type] as const);
  const set: SchemaSet = generateSchemas(
    Object.fromEntries([
      ...prefixed('object', Object.entries(objectTypes)),
      ...prefixed(
        'event',
        emittedTypes.map((type) => [type, eventType(type)] as const),
      ),
      ...prefixed('parameters', Object.entries(parameterTypes)),
    ]),
    directory,
  );
  return {
    $defs: set.$defs,
    ofObject: (name) => set.roots[`object ${name}`],
    ofEvent: (type) => set.roots[`event ${type}`],
    ofParameters: (call) => set.roots[`parameters ${call}`],
  };
}
