import type { MilestoneReleased } from '../../../events/escrow/milestone-released.v1.ts';
import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type {
  BatchEvent,
  PayoutEvent,
  SellerEvent,
  TradelaneEvent,
} from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { money } from '../../../src/money/money.ts';
import type { EventRecord, EventStore } from '../../../src/platform/event-store.ts';
import { payoutIdFor } from '../../../src/platform/ids.ts';
import { consumeSettlement } from '../../../src/process/consume-settlement.ts';
import type { Handled } from '../../../src/process/handled.ts';
import { routeRecord } from '../../../src/process/routes.ts';
import { sellerCountry } from '../../../src/process/seller-country.ts';
import type { Corridor } from '../../../src/settlement/corridors.ts';
import { loadPayout, loadSeller } from '../../../src/settlement/run.ts';
import { later, marketplaceId, story } from '../../support/builders.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';
import { recordOf } from '../../support/records.ts';

type Message = Parameters<ReturnType<typeof consumeSettlement>>[0];

/** The rest of what the escrow has told of a release is the story's. */
export const releaseOf = (trade: number, netMinor: bigint): MilestoneReleased => ({
  ...story.milestoneReleased,
  tradeId: `trd_${trade}`,
  sellerId: `pty_${trade}`,
  amount: money('USD', netMinor),
  fee: money('USD', 0n),
  net: money('USD', netMinor),
});

/** The rail with its idempotency keys: an attempt that was made is made, whoever asks at once. */
const keyed = ({ port, transfers }: ReturnType<typeof fakeRail>): typeof port => ({
  ...port,
  create: async (request) =>
    transfers.find(
      ({ payoutId, attempt }) => payoutId === request.payoutId && attempt === request.attempt,
    ) ?? port.create(request),
});

/**
 * Paying one seller, on real stores: what is decided comes back as messages, as the router sends them,
 * and waits until it is taken. `payoutAccountId` is the seller's; the clock stands until it is moved.
 */
export function settlementDesk(
  options: { readonly payoutAccountId?: string; readonly corridors?: readonly Corridor[] } = {},
) {
  const payoutAccountId = options.payoutAccountId ?? story.milestoneReleased.payoutAccountId;
  const clock = { at: '2026-07-09T08:00:00.000Z' };
  const rail = fakeRail();
  const { records, waiting, tell, watched, failNext } = postOf();
  const opened = { ...story.tradeOpened, seller: { ...story.tradeOpened.seller, payoutAccountId } };
  const blocks = new Map<string, { readonly caseId: string }>();
  const settlement = settlementWith({
    blockOf: async (tradeId) => blocks.get(tradeId),
    ...{ rail: keyed(rail), now: () => new Date(clock.at), store: watched<PayoutEvent>() },
    ...{ sellers: watched<SellerEvent>(), batches: watched<BatchEvent>() },
  });
  const escrows = { load: async () => [recordOf('escrow#trd', 1, [opened])] as never };
  const ports = {
    ...settlement,
    ...(options.corridors === undefined ? {} : { corridors: options.corridors }),
    ...{ escrows, sellerCountryOf: sellerCountry(escrows) },
  };
  const consume = consumeSettlement(ports);
  let told = 0;
  /** Something that the escrow decided, in a record of its trade. */
  const escrowTells = (tradeId: string, event: TradelaneEvent): void => {
    told += 1;
    tell({ ...recordOf(`escrow#${tradeId}`, told, [event]), tradeId });
  };
  return {
    ...{ clock, rail, ports, records, waiting, consume, blocks, payoutAccountId, failNext },
    ...taking(waiting, consume),
    release: (trade: number, netMinor: bigint): string => {
      const release = { ...releaseOf(trade, netMinor), payoutAccountId };
      escrowTells(release.tradeId, release);
      return payoutIdFor(release.tradeId, release.milestoneId);
    },
    /** A debt of the given trade's; without one it is of a trade that never paid anything. */
    owe: (debtId: string, amountMinor: bigint, trade?: number): void =>
      escrowTells(`trd_${trade ?? 'debt'}`, {
        ...{ type: 'SellerDebtIncurred', version: 1, tradeId: `trd_${trade ?? 'debt'}` },
        ...{ sellerId: `pty_${trade ?? 'debt'}`, debtId, reason: 'chargeback' },
        amount: money('USD', amountMinor),
      }),
    deadline: (deadline: 'payout_retry' | 'batch_cutoff', subjectId: string) =>
      consume({
        ...{ kind: 'deadline_passed', version: 1, deadline, subjectId, marketplaceId },
        ...{ messageId: `deadline#${deadline}#${subjectId}#${clock.at}`, tradeId: 'trd_1' },
        dueAt: clock.at,
      }),
    advance: (seconds: number): void => {
      clock.at = later(clock.at, seconds);
    },
    stateOf: async (payoutId: string) => (await loadPayout(ports, payoutId)).state,
    seller: () => loadSeller(ports, payoutAccountId),
    types: () => records.flatMap(({ events }) => events.map(({ type }) => type)),
  };
}

/** Stores that tell of each record, and the messages to settlement that come of it. */
function postOf() {
  const records: TradelaneRecord[] = [];
  const waiting: Message[] = [];
  let failing: TradelaneEvent['type'] | undefined;
  const tell = (record: EventRecord<TradelaneEvent>): void => {
    records.push(record as TradelaneRecord);
    waiting.push(
      ...routeRecord(record as TradelaneRecord).filter(({ target }) => target === 'settlement'),
    );
  };
  const watched = <E extends TradelaneEvent>(): EventStore<E> => {
    const kept = inMemoryRecordStore<E>();
    return journaledStore<E>({
      load: kept.load,
      append: async (record) => {
        if (record.events.some(({ type }) => type === failing)) {
          failing = undefined;
          throw new Error('The table did not answer.');
        }
        const answer = await kept.append(record);
        if (answer === 'appended') tell(record as EventRecord<TradelaneEvent>);
        return answer;
      },
    });
  };
  /** The next record with such an event is not kept: its writer dies. */
  const failNext = (type: TradelaneEvent['type']): void => {
    failing = type;
  };
  return { records, waiting, tell, watched, failNext };
}

function taking(waiting: Message[], consume: ReturnType<typeof consumeSettlement>) {
  /** Takes one message; what is early or fails waits again. */
  const take = async (index: number): Promise<Handled | undefined> => {
    const [message] = waiting.splice(index % waiting.length, 1);
    if (message === undefined) return undefined;
    try {
      const handled = await consume(message);
      if (handled.kind === 'too_early') waiting.push(message);
      return handled;
    } catch {
      waiting.push(message);
      return undefined;
    }
  };
  const takeAll = async (): Promise<void> => {
    for (let round = 0; round < 20 && waiting.length > 0; round += 1) {
      for (let left = waiting.length; left > 0; left -= 1) await take(0);
    }
  };
  return { take, takeAll };
}
