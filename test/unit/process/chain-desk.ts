import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type {
  EscrowEvent,
  PayoutEvent,
  TradelaneEvent,
  TreasuryEvent,
} from '../../../events/index.ts';
import { type BankMovement, camt053 } from '../../../local/sandboxes/bank/camt053.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import type { EventStore } from '../../../src/platform/event-store.ts';
import { escrowStream, payoutStream, treasuryStream } from '../../../src/platform/ids.ts';
import { chainOfLine, chainOfTrade } from '../../../src/process/chain.ts';
import { expectationsOf } from '../../../src/process/expectations-of.ts';
import { type Lane, laneNames } from '../../../src/reconciliation/lane.ts';
import { laneItemsOf } from '../../../src/reconciliation/lane-items.ts';
import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import { tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const DATE = '2026-07-10';

/** Books in which whatever is recorded is expected, and files of a bank and a provider are matched. */
export function chainDesk() {
  const desk = matchingDesk();
  const escrows = journaledStore(inMemoryRecordStore<EscrowEvent>());
  const payouts = journaledStore(inMemoryRecordStore<PayoutEvent>());
  const { lanes, breaks, treasury: movements } = desk;
  const ports = { escrows, payouts, movements, breaks, lanes };
  let sequence = 0;
  const append = async (
    store: Pick<EventStore<never>, 'load' | 'append'>,
    streamId: string,
    event: TradelaneEvent,
  ): Promise<void> => {
    const records = await store.load(streamId);
    const record = {
      ...recordOf(streamId, records.length + 1, [event]),
      tradeId,
      cause: `api#${event.type}#${records.length}`,
    };
    await store.append(record as never);
    await lanes.addItems(expectationsOf(record as TradelaneRecord));
  };
  const read = async (content: string): Promise<void> => {
    const { statements, problems } = readStatements(new TextEncoder().encode(content));
    expect(problems).toEqual([]);
    for (const statement of statements) await lanes.addItems(laneItemsOf(statement));
    for (const lane of laneNames) await desk.run(lane);
  };
  const lineOf = (lane: Lane, minor: bigint): string => {
    const found = lanes
      .all()
      .find((one) => one.lane === lane && one.side === 'right' && one.item.amountMinor === minor);
    return found?.item.id ?? `no line of ${minor}`;
  };
  return {
    desk,
    escrow: (...events: readonly EscrowEvent[]) =>
      inTurn(events, (event) => append(escrows as never, escrowStream(tradeId), event)),
    payout: (payoutId: string, ...events: readonly TradelaneEvent[]) =>
      inTurn(events, (event) => append(payouts as never, payoutStream(payoutId), event)),
    movement: (event: Extract<TradelaneEvent, { movementId: string }>) =>
      append(movements as never, treasuryStream(event.movementId), event),
    /** The bank's statement of these movements, in one currency. */
    bank: (currency: CurrencyCode, ...moved: readonly Omit<BankMovement, 'reference'>[]) => {
      sequence += 1;
      const movements = moved.map((one, index) => ({ ...one, reference: `B${sequence}-${index}` }));
      return read(
        camt053({
          ...{ iban: 'NL91ABNA0417164300', currency, sequence, date: DATE },
          ...{ openingMinor: 900_000_000n, movements },
        }),
      );
    },
    /** The provider's list of all that is expected of it by now, paid out as a whole. */
    provider: async (payoutId: string): Promise<bigint> => {
      const { content, net } = providersList(lanes.all(), payoutId);
      await read(content);
      return net;
    },
    trade: () => chainOfTrade(ports, tradeId),
    line: (lane: Lane, minor: bigint) => chainOfLine(ports, lineOf(lane, minor)),
    lineOf,
    /** What the matching booked of that type is expected, as the queue tells it, and matched. */
    booked: async (type: TreasuryEvent['type']): Promise<void> => {
      const events = desk.movements().filter((event) => event.type === type);
      const record = recordOf('treasury#1', 1, events) as TradelaneRecord;
      await lanes.addItems(expectationsOf({ ...record, cause: `matching#${type}` }));
      for (const lane of laneNames) await desk.run(lane);
    },
    matchByHand: matchByHandAt(desk, lineOf),
  };
}

/** A person finds what a line is, and matches it with that. */
const matchByHandAt =
  ({ lanes, decide, run, clock }: MatchingDesk, lineOf: (lane: Lane, minor: bigint) => string) =>
  async (lane: Lane, minor: bigint, expected: string): Promise<void> => {
    const [line] = await lanes.getItems(lane, [lineOf(lane, minor)]);
    if (line === undefined) throw new Error(`There is no line of ${minor}.`);
    const total = { currency: line.item.currency, amountMinor: minor };
    await decide(line.breakId ?? '', {
      ...{ type: 'MatchByHand', left: [expected], right: [line.item.id] },
      ...{ leftTotal: total, rightTotal: total, by: 'ann', reason: 'The name.', at: clock.at },
    });
    await lanes.addWork(lane, [line.item.id, expected]);
    await run(lane);
  };

const HEADER =
  'balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,automatic_payout_id';

function providersList(items: readonly StoredItem[], payoutId: string) {
  const expected = items.filter(
    ({ lane, side, status }) => lane === 'provider' && side === 'left' && status === 'open',
  );
  const net = expected.reduce((sum, { item }) => sum + item.amountMinor, 0n);
  const row = (id: string, minor: bigint, [category, source]: readonly [string, string]) =>
    [
      ...[id, DATE, DATE, 'usd', majorOf(minor), '0.00', majorOf(minor)],
      ...[category, source, payoutId],
    ].join(',');
  const rows = expected.map(({ item: { id, amountMinor, keys } }) =>
    row(keys.transactionId ?? `txn_${id}`, amountMinor, ['charge', keys.sourceId ?? '']),
  );
  return { net, content: [HEADER, ...rows, row('txn_po', -net, ['payout', payoutId])].join('\n') };
}

function majorOf(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

async function inTurn<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (const one of all) await act(one);
}
