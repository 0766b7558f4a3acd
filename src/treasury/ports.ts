import type { Money } from '../money/money.ts';

/** A payout to our own bank account as the payment provider holds it now. */
export type ProviderPayout = {
  readonly payoutId: string;
  readonly amount: Money;
  /** `YYYY-MM-DD`. */
  readonly arrivesOn: string;
  /** What the bank books it under, once the provider knows. */
  readonly traceId?: string;
  /** Why it does not come after all: it failed or was canceled. */
  readonly calledOff?: string;
};

/** The provider's payouts of the balance there to our own bank account. */
export type ProviderPayouts = { get(payoutId: string): Promise<ProviderPayout> };
