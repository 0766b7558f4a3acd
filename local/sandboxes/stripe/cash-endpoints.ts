import type { Stripe } from 'stripe';
import { applyToIntent, fundCashBalance } from './bank-transfers.ts';
import { cashBalance, transferTypeOf } from './cash-balances.ts';
import { requireCustomer } from './customers.ts';
import { type Call, endpoint } from './endpoint.ts';
import { paginate, pagination } from './lists.ts';
import { group, integer, listOf, oneOf, required, text } from './parameters.ts';
import { requirePaymentIntent } from './payment-intent-access.ts';

const customerIn = (call: Call): string => requireCustomer(call, call.path['id'] ?? '').id;

/** Where the customer is to send a transfer. The addresses themselves are left out here. */
const instructions = (currency: string, type: string): Stripe.FundingInstructions => ({
  object: 'funding_instructions',
  bank_transfer: {
    country: type === 'jp_bank_transfer' ? 'JP' : 'DE',
    financial_addresses: [],
    type,
  },
  currency,
  funding_type: 'bank_transfer',
  livemode: false,
});

export const cashEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/customers/:id/cash_balance',
    parameters: {},
    returns: { kind: null },
    execute: (call) => cashBalance(call.world, customerIn(call)),
  }),
  endpoint({
    method: 'POST',
    path: '/v1/customers/:id/cash_balance',
    parameters: {
      settings: group({
        reconciliation_mode: oneOf(['automatic', 'manual', 'merchant_default']),
      }),
    },
    returns: { kind: null },
    execute(call) {
      const customer = customerIn(call);
      const { reconciledByHand } = call.world;
      if (call.parameters.settings?.reconciliation_mode === 'manual')
        reconciledByHand.add(customer);
      else reconciledByHand.delete(customer);
      return cashBalance(call.world, customer);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/customers/:id/cash_balance_transactions',
    parameters: pagination,
    returns: { kind: 'customer_cash_balance_transaction', list: true },
    execute(call) {
      const customer = customerIn(call);
      const url = `/v1/customers/${customer}/cash_balance_transactions`;
      const transactions = call.world.store
        .list('customer_cash_balance_transaction', call.account)
        .filter((transaction) => transaction.customer === customer);
      return paginate(transactions, call.parameters, { url, what: 'cash balance transaction' });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/customers/:id/funding_instructions',
    parameters: {
      bank_transfer: required(
        group({
          eu_bank_transfer: group({ country: required(text({ maximumLength: 2 })) }),
          requested_address_types: listOf(text()),
          type: required(
            oneOf([
              ...(['eu_bank_transfer', 'gb_bank_transfer', 'jp_bank_transfer'] as const),
              ...(['mx_bank_transfer', 'us_bank_transfer'] as const),
            ]),
          ),
        }),
      ),
      currency: required(text({ maximumLength: 3 })),
      funding_type: required(oneOf(['bank_transfer'])),
    },
    returns: { kind: null },
    execute(call) {
      customerIn(call);
      const { bank_transfer, currency } = call.parameters;
      return instructions(currency, bank_transfer.type ?? transferTypeOf(currency));
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/test_helpers/customers/:id/fund_cash_balance',
    parameters: {
      amount: required(integer()),
      currency: required(text({ maximumLength: 3 })),
      reference: text(),
    },
    returns: { kind: 'customer_cash_balance_transaction' },
    execute(call) {
      const { amount, currency, reference = null } = call.parameters;
      return fundCashBalance(call, {
        ...{ customer: customerIn(call), amount, reference },
        currency: currency.toLowerCase(),
      });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/payment_intents/:id/apply_customer_balance',
    parameters: { amount: integer(), currency: text({ maximumLength: 3 }) },
    returns: { kind: 'payment_intent' },
    execute(call) {
      const intent = requirePaymentIntent(call, call.path['id'] ?? '');
      return applyToIntent(call, intent, call.parameters.amount);
    },
  }),
];
