import type { Money } from '../money/money.ts';

/** A transfer to a seller, as the provider holds it. */
export type ProviderTransfer = {
  readonly transferId: string;
  readonly payoutId: string | null;
  readonly amount: Money;
  readonly reversed: boolean;
};

export type TransferRequest = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly destination: string;
  readonly amount: Money;
  readonly sourceChargeId?: string;
};

/**
 * The rail that pays sellers. Every call may time out after it took effect: `find` is asked before
 * `create`, always, because the provider forgets idempotency keys after a day.
 */
export type TransferRail = {
  find(
    request: Pick<TransferRequest, 'tradeId' | 'payoutId'>,
  ): Promise<ProviderTransfer | undefined>;
  /** @throws CodedError `stripe.*`; retryable where the outcome is unknown or may change. */
  create(request: TransferRequest): Promise<ProviderTransfer>;
  get(transferId: string): Promise<ProviderTransfer>;
};
