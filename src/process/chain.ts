import type { EscrowEvent, PayoutEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { escrowStream, payoutIdFor, payoutStream } from '../platform/ids.ts';
import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { endToEndIdFor } from '../settlement/bank-references.ts';
import { presentItem } from './break-view.ts';

export type ChainPorts = {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
  readonly lanes: Pick<LaneStore, 'getItems' | 'getMatch'>;
};

/** An item that the books expect, and what it was matched with: lines of a provider or a bank. */
type Link = ReturnType<typeof presentItem> & {
  readonly matchedWith: readonly ReturnType<typeof presentItem>[];
};

async function linkOf({ lanes }: ChainPorts, lane: Lane, itemId: string): Promise<Link | null> {
  const [item] = await lanes.getItems(lane, [itemId]);
  if (item === undefined) return null;
  const partners = await partnersOf(lanes, lane, item);
  return { ...presentItem(item), matchedWith: partners.map(presentItem) };
}

/** The other side of an item's match; none where it has none. */
async function partnersOf(
  lanes: ChainPorts['lanes'],
  lane: Lane,
  { matchId, side }: StoredItem,
): Promise<readonly StoredItem[]> {
  const match = matchId === null ? undefined : await lanes.getMatch(matchId);
  if (match === undefined) return [];
  return lanes.getItems(lane, side === 'left' ? match.right : match.left);
}

/**
 * From an order to every line that it comes to: the charge and its refunds at the provider, what was
 * held and released, each attempt to pay, and the bank's line of it. Undefined where there is no trade.
 */
export async function chainOfTrade(ports: ChainPorts, tradeId: string) {
  const records = await ports.escrows.load(escrowStream(tradeId));
  const events = records.flatMap((record) => record.events);
  const opened = events.find((event) => event.type === 'TradeOpened');
  if (opened === undefined) return undefined;
  const funded = events.find((event) => event.type === 'EscrowFunded');
  const converted = events.find((event) => event.type === 'FundsConverted');
  const released = events.filter((event) => event.type === 'MilestoneReleased');
  const refunds = events.filter((event) => event.type === 'RefundSettled');
  const { reference, amount, quote, milestones } = opened;
  return {
    tradeId,
    order: { ...(reference === undefined ? {} : { reference }), amount, payIn: quote.sell },
    charge: funded === undefined ? null : await chargeOf(ports, funded),
    hold: converted === undefined ? null : { held: converted.converted, spread: converted.spread },
    releases: released.map(({ milestoneId, amount: gross, net, fee, releasedAt }) => ({
      ...{ milestoneId, amount: gross, net, fee, releasedAt },
    })),
    payouts: (
      await Promise.all(
        milestones.map(({ milestoneId }) => payoutsOf(ports, payoutIdFor(tradeId, milestoneId))),
      )
    ).flat(),
    refunds: await Promise.all(
      refunds.map(async ({ refundId, providerRefundId, booking, settledAt }) => ({
        ...{ refundId, providerRefundId, amount: booking.amount, settledAt },
        provider: await linkOf(ports, 'provider', `refund:${providerRefundId}`),
      })),
    ),
  };
}

async function chargeOf(ports: ChainPorts, funded: Extract<EscrowEvent, { type: 'EscrowFunded' }>) {
  const { paymentIntentId, chargeId, received, settled, fee, capturedAt } = funded;
  return {
    ...{ paymentIntentId, chargeId, received, settled, fee, capturedAt },
    provider: await linkOf(ports, 'provider', `charge:${chargeId}`),
  };
}

/** Each attempt of a payout that was made, by whichever rail. */
async function payoutsOf(ports: ChainPorts, payoutId: string) {
  const records = await ports.payouts.load(payoutStream(payoutId));
  const events = records.flatMap((record) => record.events);
  const attempts = events.filter(
    (event) => event.type === 'PayoutRequested' || event.type === 'PayoutReissued',
  );
  return Promise.all(
    attempts.map(async ({ rail, amount, ...request }, index) => {
      const attempt = 'attempt' in request ? request.attempt : index + 1;
      const settled = events.find(
        (event) => event.type === 'PayoutSettled' && (event.attempt ?? 1) === attempt,
      );
      const transferId = settled?.type === 'PayoutSettled' ? settled.transferId : undefined;
      const common = { payoutId, attempt, rail, amount, settled: settled !== undefined };
      if (rail !== 'bank_file') {
        const link = transferId && (await linkOf(ports, 'provider', `transfer:${transferId}`));
        return { ...common, ...(transferId ? { transferId } : {}), provider: link ?? null };
      }
      const endToEndId = endToEndIdFor(payoutId, attempt);
      return {
        ...{ ...common, endToEndId },
        bank: await linkOf(ports, 'bank_out', `payout_sent:${endToEndId}`),
        returned: await linkOf(ports, 'bank_out', `payout_returned:${endToEndId}`),
      };
    }),
  );
}

const LINE_LANES = ['bank_out', 'bank_in', 'provider'] as const satisfies readonly Lane[];

/**
 * From a line of a bank or a provider back to the trades it is about: by what it was matched with, and,
 * where that is a provider's payout, by each transaction that the provider paid out with it. Undefined
 * where there is no such line.
 */
export async function chainOfLine({ lanes }: ChainPorts, lineId: string) {
  for (const lane of LINE_LANES) {
    const [line] = await lanes.getItems(lane, [lineId]);
    if (line === undefined) continue;
    const partners = await partnersOf(lanes, lane, line);
    const payoutLines = partners.flatMap(({ about }) => about?.lineId ?? []);
    const transactions = await transactionsOf(lanes, payoutLines);
    const all = [line, ...partners, ...transactions];
    return {
      ...{ lineId, lane, line: presentItem(line) },
      matchedWith: partners.map(presentItem),
      transactions: transactions.map(presentItem),
      payoutIds: distinct(all.flatMap(({ about }) => about?.payoutId ?? [])),
      tradeIds: distinct(all.flatMap(({ about }) => about?.tradeId ?? [])),
    };
  }
  return undefined;
}

/** What a provider paid out: its own transactions, and of each what the books expected. */
async function transactionsOf(
  lanes: ChainPorts['lanes'],
  payoutLines: readonly string[],
): Promise<readonly StoredItem[]> {
  const payouts = await lanes.getItems('provider_payouts', payoutLines);
  const parts = await Promise.all(
    payouts.map((payout) => partnersOf(lanes, 'provider_payouts', payout)),
  );
  const ids = parts.flat().map(({ item }) => item.id);
  const transactions = await lanes.getItems('provider', ids);
  const expected = await Promise.all(
    transactions.map((transaction) => partnersOf(lanes, 'provider', transaction)),
  );
  return expected.flat();
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
