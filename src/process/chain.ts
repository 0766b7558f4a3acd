import type { EscrowEvent, TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { escrowStream, payoutIdFor, treasuryStream } from '../platform/ids.ts';
import { awaitedTransferId } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import { presentItem } from './break-view.ts';
import { firstLinkOf, type LinkPorts, partnersOf, providerLinkOf } from './chain-links.ts';
import { chainOfPayout, type PayoutChainPorts } from './chain-of-payouts.ts';
import { chainOfRefunds } from './chain-of-refunds.ts';

export type ChainPorts = PayoutChainPorts & {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
};

type EventOf<T extends EscrowEvent['type']> = Extract<EscrowEvent, { type: T }>;

const ofType = <T extends EscrowEvent['type']>(
  events: readonly EscrowEvent[],
  type: T,
): readonly EventOf<T>[] => events.filter((event): event is EventOf<T> => event.type === type);

/**
 * From an order to every line that it comes to: the charge or the receipts that paid it, its refunds and
 * chargebacks, what was held and released, each attempt to pay, and of each the provider's booking, its
 * payout, and the bank's line. Undefined where there is no trade.
 */
export async function chainOfTrade(ports: ChainPorts, tradeId: string) {
  const records = await ports.escrows.load(escrowStream(tradeId));
  const events = records.flatMap((record) => record.events);
  const [opened] = ofType(events, 'TradeOpened');
  if (opened === undefined) return undefined;
  const [funded] = ofType(events, 'EscrowFunded');
  const [converted] = ofType(events, 'FundsConverted');
  const { reference, amount, quote, milestones } = opened;
  const payouts = milestones.map(({ milestoneId }) =>
    chainOfPayout(ports, payoutIdFor(tradeId, milestoneId)),
  );
  return {
    tradeId,
    order: { ...(reference === undefined ? {} : { reference }), amount, payIn: quote.sell },
    parts: await Promise.all(
      ofType(events, 'PartialPaymentReceived').map((part) => partOf(ports, part)),
    ),
    charge: funded === undefined ? null : await chargeOf(ports, funded),
    hold: converted === undefined ? null : { held: converted.converted, spread: converted.spread },
    releases: ofType(events, 'MilestoneReleased').map(
      ({ milestoneId, amount: gross, net, fee, releasedAt }) => ({
        ...{ milestoneId, amount: gross, net, fee, releasedAt },
      }),
    ),
    payouts: (await Promise.all(payouts)).flat(),
    refunds: await chainOfRefunds(ports, events),
    chargebacks: await Promise.all(
      ofType(events, 'ChargebackOpened').map((one) => chargebackOf(ports, one, events)),
    ),
  };
}

/** A part that came by transfer lies at the provider until the whole is charged; a receipt, at the bank. */
async function partOf(
  ports: LinkPorts,
  { way, reference, added, receivedAt, tradeId }: EventOf<'PartialPaymentReceived'>,
) {
  const bank = way === 'receipt' ? await receiptOf(ports, reference, tradeId) : null;
  return { way, reference, amount: added, receivedAt, bank };
}

/** What finance called it, or the line itself; else it was awaited, and matched by matching. */
const receiptOf = (ports: LinkPorts, receiptId: string, tradeId: string) =>
  firstLinkOf(ports, 'bank_in', [
    ...[`receipt:${receiptId}`, receiptId, awaitedTransferId(tradeId)],
  ]);

async function chargeOf(ports: LinkPorts, funded: EventOf<'EscrowFunded'>) {
  const { paymentIntentId, chargeId, received, settled, fee, capturedAt, receiptIds } = funded;
  const charge = { received, settled, fee, capturedAt };
  if (receiptIds === undefined) {
    const provider = await providerLinkOf(ports, `charge:${chargeId}`);
    return { paymentIntentId, chargeId, ...charge, provider };
  }
  const receipts = receiptIds.map(async (receiptId) => ({
    receiptId,
    bank: await receiptOf(ports, receiptId, funded.tradeId),
  }));
  return { ...charge, receipts: await Promise.all(receipts) };
}

async function chargebackOf(
  ports: LinkPorts,
  { chargebackId, amount, openedAt, bookings = [] }: EventOf<'ChargebackOpened'>,
  events: readonly EscrowEvent[],
) {
  const later = ofType(events, 'ChargebackAdjusted')
    .filter((event) => event.chargebackId === chargebackId)
    .flatMap((event) => event.bookings ?? []);
  const booked = new Set([...bookings, ...later].map(({ transactionId }) => transactionId));
  const ids = booked.size === 0 ? [chargebackId] : [...booked];
  const links = ids.map((id) => providerLinkOf(ports, `chargeback:${id}`));
  return { chargebackId, amount, openedAt, provider: await Promise.all(links) };
}

const LINE_LANES = ['bank_out', 'bank_in', 'provider'] as const satisfies readonly Lane[];

/**
 * From a line of a bank or a provider back to the trades it is about: by what it was matched with, and,
 * where that is a provider's payout, by each transaction that the provider paid out with it. Undefined
 * where there is no such line.
 */
export async function chainOfLine(ports: Omit<ChainPorts, 'escrows' | 'payouts'>, lineId: string) {
  for (const lane of LINE_LANES) {
    const [line] = await ports.lanes.getItems(lane, [lineId]);
    if (line === undefined) continue;
    const partners = await partnersOf(ports, line);
    const cameBack = await cameBackOf(ports, line);
    const payoutIds = partners.flatMap(({ item }) => item.keys.payoutId ?? []);
    const transactions = await transactionsOf(ports, payoutIds);
    const all = [line, ...partners, ...cameBack, ...transactions];
    const receipts = await Promise.all(all.map((one) => tradesOfReceipt(ports, one)));
    return {
      ...{ lineId, lane, line: presentItem(line) },
      matchedWith: partners.map(presentItem),
      transactions: transactions.map(presentItem),
      payoutIds: distinct(all.flatMap(({ about }) => about?.payoutId ?? [])),
      tradeIds: distinct([...all.flatMap(({ about }) => about?.tradeId ?? []), ...receipts.flat()]),
    };
  }
  return undefined;
}

/** A payment that came back and that nothing expects tells by its end-to-end id what it was. */
async function cameBackOf(
  { lanes }: LinkPorts,
  { lane, matchId, item: { keys, returned } }: StoredItem,
): Promise<readonly StoredItem[]> {
  if (returned === undefined || matchId !== null || keys.endToEndId === undefined) return [];
  return lanes.getItems(
    lane,
    PAID.map((movement) => `${movement}:${keys.endToEndId}`),
  );
}

const PAID = ['payout_sent', 'refund_paid', 'duties_paid'];

/** What a provider paid out: its own transactions, and of each what the books expected. */
async function transactionsOf(
  ports: LinkPorts,
  payoutIds: readonly string[],
): Promise<readonly StoredItem[]> {
  const ids = payoutIds.map((payoutId) => `provider_payout:${payoutId}`);
  const payouts = await ports.lanes.getItems('provider_payouts', ids);
  const parts = await Promise.all(payouts.map((payout) => partnersOf(ports, payout)));
  const lines = parts.flat().map(({ item }) => item.id);
  const transactions = await ports.lanes.getItems('provider', lines);
  const expected = await Promise.all(transactions.map((one) => partnersOf(ports, one)));
  return expected.flat();
}

/** A receipt may have been identified after its line was matched. */
async function tradesOfReceipt(
  { movements }: Pick<ChainPorts, 'movements'>,
  { lane, item: { id } }: StoredItem,
): Promise<readonly string[]> {
  if (lane !== 'bank_in') return [];
  const movementId = id.startsWith(RECEIPT) ? id.slice(RECEIPT.length) : id;
  const records = await movements.load(treasuryStream(movementId));
  return records
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.type === 'ReceiptIdentified' ? [event.tradeId] : []));
}

const RECEIPT = 'receipt:';

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
