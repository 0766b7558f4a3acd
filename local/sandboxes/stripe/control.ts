import type { Stripe } from 'stripe';
import { type AccountRequest, openAccount, requireAccount } from './accounts.ts';
import { balanceOf } from './balances.ts';
import { transferFor } from './bank-transfers.ts';
import { type BankControl, createBankControl } from './control-bank.ts';
import { settleDue } from './due.ts';
import type { Actor } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import type { WebhookEndpointOptions } from './options.ts';
import { requirePaymentIntent } from './payment-intent-access.ts';
import { authenticatePaymentIntent, confirmPaymentIntent } from './payment-intent-confirm.ts';
import { endDebit } from './payment-intent-outcomes.ts';
import { platformAccount } from './references.ts';
import type { RequestCount, RequestLog } from './request-log.ts';
import type { Delivery } from './webhook-delivery.ts';
import { addWebhookEndpoint } from './webhook-endpoints.ts';
import type { WebhookMode } from './webhooks.ts';
import type { World } from './world.ts';

/** What stands behind `/_sandbox`, for tests in the same process. */
export type StripeSandboxControl = BankControl & {
  /**
   * The buyer pays, or authenticates where the intent waits for it. Default `pm_card_visa`.
   * @throws StripeApiError as a confirmation does, so for a declined card too.
   */
  pay(
    paymentIntentId: string,
    options?: { paymentMethod?: string | undefined },
  ): Stripe.PaymentIntent;
  /** The buyer sends so much by bank transfer for an intent that has a customer, or after it. */
  transfer(paymentIntentId: string, amount: number): Stripe.PaymentIntent;
  /** A debit on its way ends now, this way or that. */
  settleDebit(paymentIntentId: string, outcome: 'succeeds' | 'fails'): Stripe.PaymentIntent;
  /** Opens a connected account of any country, also a restricted one. */
  openAccount(request: AccountRequest): Stripe.Account;
  /** The balance of the platform, or of a connected account. */
  balance(account?: string): Stripe.Balance;
  /** The object returned has the endpoint's current secret. */
  addWebhookEndpoint(endpoint: WebhookEndpointOptions): Stripe.WebhookEndpoint;
  setWebhookMode(mode: WebhookMode): void;
  releaseWebhooks(): Promise<void>;
  resendEvent(eventId: string): Promise<Delivery[]>;
  /** Resolves when no delivery is on its way or waiting for a retry. */
  webhooksSettled(): Promise<void>;
  deliveries(): readonly Delivery[];
  /** The type of every event there was, the oldest first. */
  eventTypes(): string[];
  injectFault(fault: Fault): void;
  pendingFaults(): readonly Fault[];
  clearFaults(): void;
  /** Forgets answered keys, all of them unless told an age; returns how many. */
  pruneIdempotencyKeys(olderThanSeconds?: number): number;
  requests(): RequestCount[];
};

export function createControl(parts: {
  world: World;
  faults: Faults;
  idempotency: IdempotencyKeys;
  requests: RequestLog;
  /** For endpoints that are added without secrets of their own. */
  webhookSecret: string;
}): StripeSandboxControl {
  const { world, faults, idempotency, requests, webhookSecret } = parts;
  const buyer: Actor = {
    world,
    account: platformAccount,
    cause: { requestId: null, idempotencyKey: null },
  };
  return {
    ...createBankControl(world),
    pay(paymentIntentId, { paymentMethod = 'pm_card_visa' } = {}) {
      settleDue(world);
      const intent = requirePaymentIntent(buyer, paymentIntentId);
      return intent.status === 'requires_action'
        ? authenticatePaymentIntent(buyer, intent)
        : confirmPaymentIntent(buyer, intent, { paymentMethod, returnUrl: 'http://127.0.0.1/' });
    },
    transfer(paymentIntentId, amount) {
      return transferFor(buyer, requirePaymentIntent(buyer, paymentIntentId), amount);
    },
    settleDebit(paymentIntentId, settles) {
      const intent = requirePaymentIntent(buyer, paymentIntentId);
      const debit = world.debits.get(paymentIntentId);
      if (!debit) throw invalidRequest(`No debit for ${paymentIntentId} is on its way.`);
      return endDebit(buyer, intent, { ...debit, settles });
    },
    openAccount: (request) => openAccount(world, request),
    balance(account = platformAccount) {
      requireAccount(world, account);
      settleDue(world);
      return balanceOf(world, account);
    },
    addWebhookEndpoint: (endpoint) =>
      addWebhookEndpoint(world, { secrets: [webhookSecret], ...endpoint }),
    setWebhookMode: world.webhooks.setMode,
    releaseWebhooks: world.webhooks.release,
    resendEvent: world.events.resend,
    webhooksSettled: world.webhooks.settled,
    deliveries: world.webhooks.deliveries,
    eventTypes: () =>
      world.store
        .listAnywhere('event')
        .map(({ type }) => type)
        .reverse(),
    injectFault: faults.inject,
    pendingFaults: faults.pending,
    clearFaults: faults.clear,
    pruneIdempotencyKeys: (olderThanSeconds = 0) => idempotency.prune(olderThanSeconds),
    requests: requests.counts,
  };
}
