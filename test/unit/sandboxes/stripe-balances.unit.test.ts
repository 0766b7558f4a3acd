import fc from 'fast-check';
import type { Stripe } from 'stripe';
import type { Actor } from '../../../local/sandboxes/stripe/endpoint.ts';
import { StripeApiError } from '../../../local/sandboxes/stripe/errors.ts';
import { confirmPaymentIntent } from '../../../local/sandboxes/stripe/payment-intent-confirm.ts';
import { createPaymentIntent } from '../../../local/sandboxes/stripe/payment-intent-create.ts';
import { platformAccount } from '../../../local/sandboxes/stripe/references.ts';
import { createRefund } from '../../../local/sandboxes/stripe/refunds.ts';
import { reverseTransfer } from '../../../local/sandboxes/stripe/transfer-reversals.ts';
import { createTransfer } from '../../../local/sandboxes/stripe/transfers.ts';
import { createWorld } from '../../../local/sandboxes/stripe/world.ts';

type Step =
  | { step: 'pay'; amount: number; currency: string }
  | { step: 'refund'; which: number; amount: number }
  | { step: 'reverse'; which: number; amount: number }
  | { step: 'transfer'; which: number; amount: number; seller: string; linked: boolean }
  | { step: 'wait'; seconds: number };

const amount = fc.integer({ min: 1, max: 20_000 });
const which = fc.nat(9);
const seller = fc.constantFrom('acct_sandbox_one', 'acct_sandbox_two');

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    ...{ step: fc.constant('pay' as const), amount },
    currency: fc.constantFrom('usd', 'eur', 'jpy'),
  }),
  fc.record({ step: fc.constant('refund' as const), which, amount }),
  fc.record({ step: fc.constant('reverse' as const), which, amount }),
  fc.record({
    ...{ step: fc.constant('transfer' as const), which, amount, seller, linked: fc.boolean() },
  }),
  fc.record({ step: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 400 }) }),
);

/** A Stripe account in memory with a clock of its own; sellers hold dollars as it does. */
function openStripe() {
  let nowMs = Date.UTC(2026, 10, 23);
  const world = createWorld({
    ...{ clock: () => new Date(nowMs), availableDelaySeconds: 300 },
    rates: { usd: '1.0853', jpy: '163.27' },
  });
  const cause = { requestId: null, idempotencyKey: null };
  const actor: Actor = { world, account: platformAccount, cause };
  return {
    actor,
    world,
    wait: (seconds: number) => {
      nowMs += seconds * 1_000;
      world.ledger.settleDue();
    },
  };
}

type StripeInMemory = ReturnType<typeof openStripe>;

function pay(stripe: StripeInMemory, money: { amount: number; currency: string }): void {
  const intent = createPaymentIntent(stripe.actor, {
    ...({ ...money, payment_method_types: ['card'] } as Parameters<typeof createPaymentIntent>[1]),
  });
  confirmPaymentIntent(stripe.actor, intent, { paymentMethod: 'pm_card_visa' });
}

function take<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % Math.max(items.length, 1)];
}

function reverse({ actor, world }: StripeInMemory, part: { which: number; amount: number }): void {
  const transfer = take(world.store.list('transfer', platformAccount), part.which);
  if (!transfer) return;
  const { amount } = part;
  reverseTransfer(actor, transfer, { amount, description: undefined, metadata: undefined });
}

function refund({ actor, world }: StripeInMemory, part: { which: number; amount: number }): void {
  const charge = take(world.store.list('charge', platformAccount), part.which)?.id;
  createRefund(actor, {
    ...{ charge, amount: part.amount, metadata: undefined },
    ...{ payment_intent: undefined, reason: undefined },
  });
}

function transfer({ actor, world }: StripeInMemory, doing: Extract<Step, { linked: boolean }>) {
  const charge = take(world.store.list('charge', platformAccount), doing.which)?.id;
  createTransfer(actor, {
    ...{ amount: doing.amount, currency: 'usd', destination: doing.seller },
    ...{ metadata: undefined, description: undefined, transfer_group: undefined },
    source_transaction: doing.linked ? charge : undefined,
  });
}

function perform(stripe: StripeInMemory, doing: Step): void {
  switch (doing.step) {
    case 'pay':
      pay(stripe, doing);
      break;
    case 'refund':
      refund(stripe, doing);
      break;
    case 'reverse':
      reverse(stripe, doing);
      break;
    case 'transfer':
      transfer(stripe, doing);
      break;
    case 'wait':
      stripe.wait(doing.seconds);
  }
}

/** Runs the steps; what Stripe would refuse is refused, and must have changed nothing. */
function run(steps: Step[]): StripeInMemory {
  const stripe = openStripe();
  for (const doing of steps) {
    const before = total(stripe);
    try {
      perform(stripe, doing);
    } catch (error) {
      if (!(error instanceof StripeApiError)) throw error;
      expect(total(stripe)).toBe(before);
    }
  }
  return stripe;
}

const accounts = [platformAccount, 'acct_sandbox_one', 'acct_sandbox_two'];

function total({ world }: StripeInMemory): bigint {
  const balances = accounts.map((account) => world.ledger.balance(account, 'usd'));
  return balances.reduce((sum, each) => sum + each.pendingMinor + each.availableMinor, 0n);
}

function transactions({ world }: StripeInMemory, types: string[]): Stripe.BalanceTransaction[] {
  return world.store.listAnywhere('balance_transaction').filter(({ type }) => types.includes(type));
}

const net = (booked: Stripe.BalanceTransaction[]) =>
  booked.reduce((sum, each) => sum + BigInt(each.net), 0n);

describe('the balances', () => {
  const steps = fc.array(step, { maxLength: 40 });

  it('together hold what buyers paid in, less fees and refunds', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const stripe = run(given);
        expect(total(stripe)).toBe(net(transactions(stripe, ['charge', 'refund'])));
      }),
    );
  });

  it('are moved between accounts without gain or loss', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const stripe = run(given);
        const moved = ['transfer', 'payment', 'transfer_refund', 'payment_refund'];
        expect(net(transactions(stripe, moved))).toBe(0n);
      }),
    );
  });

  it('are the sums of their balance transactions, and all available in the end', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const stripe = run(given);
        stripe.wait(1_000);
        for (const account of accounts) {
          const { pendingMinor, availableMinor } = stripe.world.ledger.balance(account, 'usd');
          const booked = stripe.world.store.list('balance_transaction', account);
          expect([pendingMinor, availableMinor]).toEqual([0n, net(booked)]);
          expect(booked.every(({ status }) => status === 'available')).toBe(true);
        }
      }),
    );
  });

  it('never give more from a charge than it settled as', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { world } = run(given);
        const transfers = world.store.list('transfer', platformAccount);
        for (const settled of world.store.list('balance_transaction', platformAccount)) {
          const drawn = transfers
            .filter((transfer) => transfer.source_transaction === settled.source)
            .reduce((sum, each) => sum + each.amount - each.amount_reversed, 0);
          if (settled.type === 'charge') expect(drawn).toBeLessThanOrEqual(settled.amount);
        }
      }),
    );
  });
});
