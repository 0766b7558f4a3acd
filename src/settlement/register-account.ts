import { derivedId, sellerAccountIdFor } from '../platform/ids.ts';
import { runSeller, type SellerOutcome, type SettlementPorts } from './run.ts';

export type AccountRegistration = {
  readonly marketplaceId: string;
  /** The marketplace's own name for the account, `bank_…`. */
  readonly payoutAccountId: string;
  readonly country: string;
  readonly requestId: string;
};

/** Where the account of that request is kept in the vault: never the place of another one. */
export const accountReferenceFor = (registration: AccountRegistration): string => {
  const { marketplaceId, payoutAccountId, requestId } = registration;
  return derivedId('bka', marketplaceId, payoutAccountId, requestId);
};

/**
 * Makes a bank account the one that a seller is paid to from now on. The account itself lies in the
 * vault already; payouts that wait for a change are tried again.
 */
export function registerAccount(
  ports: Pick<SettlementPorts, 'sellers' | 'now'>,
  registration: AccountRegistration,
): Promise<SellerOutcome> {
  const { marketplaceId, payoutAccountId, country, requestId } = registration;
  const sellerAccountId = sellerAccountIdFor(marketplaceId, payoutAccountId);
  return runSeller(
    ports,
    {
      sellerAccountId,
      cause: `api#${requestId}`,
      // The account is of no trade: its stream stands for itself.
      owner: { tradeId: sellerAccountId, marketplaceId },
    },
    {
      type: 'RegisterAccount',
      payoutAccountId,
      accountReference: accountReferenceFor(registration),
      country,
      at: ports.now().toISOString(),
    },
  );
}
