import type { Money } from '../../../src/money/money.ts';
import type { StripeCharge } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { settle } from './stripe-money.ts';
import { book, type Intent, type StripeState } from './stripe-state.ts';

const PROCESSING_MS = [3_600_000, 4 * 24 * 3_600_000] as const;
const LATE_BALANCE_MS = [100, 120_000] as const;

export function createIntent(
  state: StripeState,
  {
    tradeId,
    amount,
    customerId = null,
  }: {
    readonly tradeId: string | null;
    readonly amount: Money;
    readonly customerId?: string | null;
  },
): Intent {
  const intent: Intent = {
    id: `pi_${state.intents.size + 1}`,
    tradeId,
    status: 'requires_payment_method',
    amount,
    customerId,
    appliedMinor: 0n,
    paidBy: 'card',
    debitedAtMs: null,
    createdAtMs: state.sim.scheduler.nowMs(),
    charge: null,
  };
  state.intents.set(intent.id, intent);
  return intent;
}

/** The buyer pays by card or, `slowly`, by a debit that is in processing for hours or days before it succeeds. */
export function pay(
  state: StripeState,
  intentId: string,
  { slowly }: { readonly slowly: boolean },
): 'paid' | 'processing' | 'closed' {
  const { sim } = state;
  const intent = intentOf(state, intentId);
  if (intent.status !== 'requires_payment_method') {
    return intent.status === 'canceled' ? 'closed' : 'paid';
  }
  if (!slowly) {
    capture(state, intent);
    return 'paid';
  }
  startDebit(state, intent);
  sim.scheduler.at(sim.scheduler.nowMs() + sim.random.between(...PROCESSING_MS), () =>
    sim.scheduler.add({
      task: 'stripe',
      kind: 'stripe.capture',
      subject: intent.id,
      run: () => {
        capture(state, intent);
        return 'succeeded';
      },
    }),
  );
  return 'processing';
}

/** The debit's charge is there from now on, pending. */
export function startDebit({ sim }: StripeState, intent: Intent): void {
  intent.status = 'processing';
  intent.paidBy = 'sepa_debit';
  intent.debitedAtMs = sim.scheduler.nowMs();
}

export function capture(state: StripeState, intent: Intent): void {
  const { sim } = state;
  const nowMs = sim.scheduler.nowMs();
  const { settled, fee } = settle(intent.amount, sim.random);
  const charge: StripeCharge = {
    id: chargeIdOf(intent),
    paymentIntentId: intent.id,
    tradeId: intent.tradeId,
    amount: intent.amount,
    settled,
    fee,
    createdAtMs: intent.debitedAtMs ?? nowMs,
    capturedAtMs: nowMs,
    bookedAtMs: nowMs + (sim.strikes('lateBalance') ? sim.random.between(...LATE_BALANCE_MS) : 0),
  };
  intent.status = 'succeeded';
  intent.charge = charge;
  state.charges.push(charge);
  book(state, {
    category: 'charge',
    sourceId: charge.id,
    amount: settled,
    feeMinor: fee.amountMinor,
  });
  sim.changes().charges.push(charge);
  state.tell({ type: 'payment_intent.succeeded', objectId: intent.id, object: { id: intent.id } });
}

/** An intent has one charge, which a debit's has before the money. */
export const chargeIdOf = ({ id }: Intent): string => id.replace('pi_', 'ch_');

export function intentOf({ intents }: StripeState, id: string): Intent {
  const intent = intents.get(id);
  if (intent === undefined) throw invalidRequest('resource_missing');
  return intent;
}
