import type { StripeCharge } from '../../world.ts';
import { cancel, lower } from '../stripe-cash.ts';
import { STRIPE_READ, STRIPE_WRITE } from '../stripe-errors.ts';
import { chargeIdOf, createIntent, intentOf } from '../stripe-intents.ts';
import { moneyOf } from '../stripe-money.ts';
import type { Intent, StripeState } from '../stripe-state.ts';
import { type Calling, keyed, type Metadata, type Options } from './calling.ts';
import { ofTrade } from './search.ts';

const MILLISECONDS_PER_SECOND = 1_000;

type IntentParameters = {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Metadata;
  readonly customer?: string;
};

export const paymentIntents = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'intents.retrieve', subject: id, faults: STRIPE_READ }, () =>
      intentObject(state, intentOf(state, id)),
    ),
  search: ({ query }: { readonly query: string }) =>
    calling({ kind: 'intents.search', subject: query, faults: STRIPE_READ }, () => ({
      object: 'search_result',
      data: ofTrade(state, [...state.intents.values()], query).map((intent) =>
        intentObject(state, intent),
      ),
      has_more: false,
    })),
  list: ({ customer }: { readonly customer: string }) =>
    calling({ kind: 'intents.list', subject: customer, faults: STRIPE_READ }, () => ({
      object: 'list',
      data: [...state.intents.values()]
        .filter(({ customerId }) => customerId === customer)
        .map((intent) => intentObject(state, intent)),
      has_more: false,
    })),
  create: (parameters: IntentParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'intents.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { amount, currency, metadata } = parameters;
        const intent = createIntent(state, {
          tradeId: metadata['trade_id'] ?? null,
          amount: moneyOf(amount, currency),
          customerId: parameters.customer ?? null,
        });
        return intentObject(state, intent);
      }),
    ),
  update: (id: string, { amount }: { readonly amount: number }) =>
    calling({ kind: 'intents.update', subject: id, faults: STRIPE_WRITE }, () =>
      intentObject(state, lower(state, id, BigInt(amount))),
    ),
  cancel: (id: string) =>
    calling({ kind: 'intents.cancel', subject: id, faults: STRIPE_WRITE }, () =>
      intentObject(state, cancel(state, id)),
    ),
});

const intentObject = (state: StripeState, intent: Intent) => {
  const { id, status, amount, tradeId, customerId, appliedMinor } = intent;
  return {
    id,
    object: 'payment_intent',
    status,
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    client_secret: `${id}_secret`,
    customer: customerId,
    next_action:
      status === 'requires_action'
        ? {
            type: 'display_bank_transfer_instructions',
            display_bank_transfer_instructions: {
              amount_remaining: Number(amount.amountMinor - appliedMinor),
            },
          }
        : null,
    metadata: tradeId === null ? {} : { trade_id: tradeId },
    latest_charge: chargeObject(state, intent),
  };
};

function chargeObject(state: StripeState, intent: Intent) {
  const { charge, paidBy, debitedAtMs, amount } = intent;
  const createdAtMs = charge?.createdAtMs ?? debitedAtMs;
  if (createdAtMs === null) return null;
  return {
    id: chargeIdOf(intent),
    object: 'charge',
    status: charge === null ? 'pending' : 'succeeded',
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    created: inSeconds(createdAtMs),
    payment_method_details: { type: paidBy },
    balance_transaction: charge === null ? null : balanceObject(state, { charge, paidBy }),
  };
}

/** It is shown late at times. A card's is made as late as it is shown; any other comes with the money. */
function balanceObject(
  { sim }: StripeState,
  { charge, paidBy }: { readonly charge: StripeCharge; readonly paidBy: Intent['paidBy'] },
) {
  const { settled, fee, capturedAtMs, bookedAtMs } = charge;
  if (bookedAtMs > sim.scheduler.nowMs()) return null;
  return {
    object: 'balance_transaction',
    amount: Number(settled.amountMinor),
    currency: settled.currency.toLowerCase(),
    fee: Number(fee.amountMinor),
    created: inSeconds(paidBy === 'card' ? bookedAtMs : capturedAtMs),
    available_on: inSeconds(capturedAtMs),
  };
}

const inSeconds = (ms: number): number => Math.floor(ms / MILLISECONDS_PER_SECOND);
