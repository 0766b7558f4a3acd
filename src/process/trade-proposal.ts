import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import type { TradeProposal } from '../escrow/open-trade.ts';
import { DEFAULT_TIMETABLE, type DisputeTimetable } from '../escrow/timetable.ts';
import { type Money, money } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';
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
    /** How long money may be held at all; without a limit where it is left out. */
    readonly holdLimitSeconds?: number;
  },
): TradeProposal {
  const { marketplaceId, idempotencyKey, feeBasisPoints, inspectionPeriodSeconds } = context;
  const tradeId = tradeIdFor(marketplaceId, idempotencyKey);
  const requestHash = sha256Hex(canonicalJson(body));
  const { parties, amount, lineItems, incoterm, payInCurrency, reference } = body;
  const { disputes, shipWithinSeconds, dutyEstimate, exportReference, charges } = body;
  const milestones: NonNullable<CreateTrade['milestones']> = body.milestones ?? [
    { milestoneId: DEFAULT_MILESTONE, amount },
  ];
  const amounts = amountsOf(milestones, amount);
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
    milestones: milestones.map(({ milestoneId, release, ...chosen }, index) => ({
      milestoneId,
      amount: amounts[index] ?? amount,
      inspectionPeriodSeconds: chosen.inspectionPeriodSeconds ?? inspectionPeriodSeconds,
      ...(release === undefined ? {} : { release }),
    })),
    ...(dutyEstimate === undefined ? {} : { dutyEstimate }),
    ...(exportReference === undefined ? {} : { exportReference }),
    ...(charges === undefined ? {} : { charges }),
    ...(disputes === undefined ? {} : { disputes: timetableOf(disputes) }),
    ...(shipWithinSeconds === undefined ? {} : { shipWithinSeconds }),
    ...(context.holdLimitSeconds === undefined
      ? {}
      : { holdLimitSeconds: context.holdLimitSeconds }),
  };
}

const ALL_BASIS_POINTS = 10_000n;

/**
 * What each milestone is of the amount. Shares are cumulative: each milestone is what the shares up
 * to it come to, less what came before, so that together they are the amount to the last minor unit.
 */
function amountsOf(
  milestones: NonNullable<CreateTrade['milestones']>,
  { currency, amountMinor }: Money,
): readonly Money[] {
  let share = 0n;
  let before = 0n;
  return milestones.map(({ amount, shareBasisPoints = 0 }) => {
    if (amount !== undefined) return amount;
    share += BigInt(shareBasisPoints);
    const until = roundQuotient(amountMinor * share, ALL_BASIS_POINTS, 'halfEven');
    const part = money(currency, until - before);
    before = until;
    return part;
  });
}

function timetableOf(chosen: NonNullable<CreateTrade['disputes']>): DisputeTimetable {
  const { negotiationSeconds, escalationSeconds, decisionSeconds, silenceAwards } =
    DEFAULT_TIMETABLE;
  return {
    negotiationSeconds: chosen.negotiationSeconds ?? negotiationSeconds,
    escalationSeconds: chosen.escalationSeconds ?? escalationSeconds,
    decisionSeconds: chosen.decisionSeconds ?? decisionSeconds,
    silenceAwards: chosen.silenceAwards ?? silenceAwards,
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
