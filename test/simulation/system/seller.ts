import { restrict } from '../ports/stripe-state.ts';
import { nameBankAccount } from './bank.ts';
import type { Plant } from './plant.ts';

/** What the seller of one trade can do. */
export type SellerStage = {
  /** Stripe lets the seller's account receive transfers, or no longer. */
  readonly restrictSeller: (isRestricted: boolean) => Promise<void>;
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
    nameBankAccount: () =>
      nameBankAccount(plant, { marketplaceId, payoutAccountId, requestId: tradeId }),
  };
};
