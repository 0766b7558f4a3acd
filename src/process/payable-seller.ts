import type { Refusal, TradeProposal } from '../escrow/open-trade.ts';
import { type Corridor, routeFor } from '../settlement/corridors.ts';

/**
 * Why the seller of a trade could not be paid out: by the seller's country, the trade's currency and
 * the kind of account, which are what decides after the release, too.
 */
export function refusalOfPayout(
  corridors: readonly Corridor[],
  { seller, amount }: Pick<TradeProposal, 'seller' | 'amount'>,
): Refusal | undefined {
  const { country, payoutAccountId } = seller;
  const { currency } = amount;
  if (routeFor(corridors, { country, currency, payoutAccountId }) !== undefined) return undefined;
  const code = 'payout.corridor_unserved';
  const detail = `Sellers in ${country} are not paid in ${currency} to such an account.`;
  const pointer = '/parties/seller/payoutAccountId';
  return { code, detail, errors: [{ pointer, code, detail }] };
}
