import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import type { TradeProposal } from '../escrow/open-trade.ts';
import type { PartyVault } from '../parties/ports.ts';
import { canonicalJson, derivedId, sha256Hex, tradeIdFor } from '../platform/ids.ts';

const DEFAULT_MILESTONE = 'delivery';

/**
 * A request as the terms of a trade: without the people in it, who are named by opaque ids that
 * follow from the trade and the request, so that the same request names the same ones again.
 */
export function toProposal(
  body: CreateTrade,
  context: {
    readonly marketplaceId: string;
    readonly idempotencyKey: string;
    readonly feeBasisPoints: number;
    readonly inspectionPeriodSeconds: number;
  },
): TradeProposal {
  const { marketplaceId, idempotencyKey, feeBasisPoints, inspectionPeriodSeconds } = context;
  const tradeId = tradeIdFor(marketplaceId, idempotencyKey);
  const requestHash = sha256Hex(canonicalJson(body));
  const { parties, amount, lineItems, incoterm, payInCurrency, reference } = body;
  const milestones: NonNullable<CreateTrade['milestones']> = body.milestones ?? [
    { milestoneId: DEFAULT_MILESTONE, amount },
  ];
  const partyId = (role: string): string => derivedId('pty', tradeId, requestHash, role);
  return {
    tradeId,
    marketplaceId,
    requestHash,
    ...(reference === undefined ? {} : { reference }),
    buyer: { partyId: partyId('buyer'), country: parties.buyer.address.country },
    seller: {
      partyId: partyId('seller'),
      country: parties.seller.address.country,
      payoutAccountId: parties.seller.payoutAccountId,
    },
    incoterm,
    items: lineItems,
    amount,
    payInCurrency,
    feeBasisPoints,
    milestones: milestones.map(({ milestoneId, amount: part, ...chosen }) => ({
      milestoneId,
      amount: part,
      inspectionPeriodSeconds: chosen.inspectionPeriodSeconds ?? inspectionPeriodSeconds,
    })),
  };
}

/** Puts the people of a request into the vault under the ids that its proposal names. */
export async function keepParties(
  vault: Pick<PartyVault, 'put'>,
  { buyer, seller }: TradeProposal,
  { parties }: CreateTrade,
): Promise<void> {
  const { payoutAccountId: _, ...sellerProfile } = parties.seller;
  const profiles: readonly (readonly [string, PartyProfile])[] = [
    [buyer.partyId, parties.buyer],
    [seller.partyId, sellerProfile],
  ];
  await Promise.all(profiles.map(([partyId, profile]) => vault.put(partyId, profile)));
}
