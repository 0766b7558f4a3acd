import { restrict } from '../ports/stripe-transfers.ts';
import { nameBankAccount } from './bank.ts';
import type { Plant } from './plant.ts';

/** What the seller of one trade can do. */
export type SellerStage = {
  /** Stripe lets the seller's account receive transfers, or no longer. */
  readonly restrictSeller: (isRestricted: boolean) => Promise<void>;
  /** The seller pays out all that the Stripe account has; or has money there again. */
  readonly drainSeller: (isDrained: boolean) => Promise<void>;
  /** The bank will give the first payment back, after it was debited. */
  readonly letBankReturn: () => void;
  /** The seller names a bank account. */
  readonly nameBankAccount: () => Promise<void>;
};

export const sellerStage = (options: {
  readonly plant: Plant;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly payoutAccountId: string;
  readonly wait: (seconds: number) => Promise<void>;
}): SellerStage => {
  const { plant, tradeId, marketplaceId, payoutAccountId, wait } = options;
  return {
    restrictSeller: async (isRestricted) => {
      await wait(0);
      restrict(plant.stripe, payoutAccountId, isRestricted);
    },
    drainSeller: async (isDrained) => {
      await wait(0);
      if (isDrained) plant.stripe.drained.add(payoutAccountId);
      else plant.stripe.drained.delete(payoutAccountId);
    },
    letBankReturn: () => {
      plant.bankReturns.add(tradeId);
    },
    nameBankAccount: () =>
      nameBankAccount(plant, { marketplaceId, payoutAccountId, requestId: tradeId }),
  };
};
