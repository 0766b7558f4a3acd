import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { sendAll } from '../../../src/adapters/sqs/send.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { createRandom, type Random } from '../engine/random.ts';
import type { Sim } from '../engine/sim.ts';
import { type BankAccount, createBankAccount, dayOf } from '../ports/bank-account.ts';
import { createStatements, type StatementsTable } from '../ports/statements.ts';
import { balanceReport } from '../ports/stripe-report.ts';
import type { ProviderRow, ReconciliationView, StripeTransaction, Trouble } from '../world.ts';
import { insist, wait } from './bank.ts';
import type { Plant } from './plant.ts';
import { reportOf } from './provider-day.ts';

/** The bank's and the provider's side of a world whose statements are read. */
export type Bookkeeping = {
  readonly account: BankAccount;
  readonly statements: StatementsTable;
  readonly rows: ProviderRow[];
  readonly omitted: StripeTransaction[];
  readonly uploads: { times: number; files: number };
  readonly draw: Random;
  /** The trouble that a payment of ours meets at the bank; null for most, and in most worlds. */
  readonly troubleOf: (among: readonly Trouble[], chance: number) => Trouble | null;
  /** Told of what was recorded: what finance books, it has the bank do. */
  readonly onRecord: (record: TradelaneRecord) => void;
  /** Told when the provider has booked something. */
  readonly onBooked: () => void;
  /** Money moves at the bank, and stands in the day's statement. */
  readonly move: BankAccount['move'];
};

export type BookkeepingOptions = {
  readonly seed: number;
  readonly isCalm: boolean;
  readonly withoutStatements?: boolean;
};

const STREAM = 500_000;
/** One world in so many has statements, and some of those trouble with them. */
const WITH_STATEMENTS = 1 / 12;
const WITH_TROUBLE = 0.5;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;
/** Statements of a day come early on the next, sometimes days later, and sometimes again. */
const READY_HOURS = { bank: 2, provider: 4 } as const;
const LATE = 0.1;
const TWICE = 0.2;
/** Somebody sends money that nobody knows of. */
const UNKNOWN_WITHIN_MS = 10 * DAY_MS;

/** Draws whether a world has statements; null where it has none. */
export function createBookkeeping(
  sim: Sim,
  plantOf: () => Plant,
  { seed, isCalm, withoutStatements = false }: BookkeepingOptions,
): Bookkeeping | null {
  const draw = createRandom(seed, STREAM);
  if (withoutStatements || !draw.chance(WITH_STATEMENTS)) return null;
  const hasTrouble = draw.chance(WITH_TROUBLE) && !isCalm;
  const closing = new Set<string>();

  /** Once a day that has something in it, after its end. */
  const closeDay = (who: keyof typeof READY_HOURS, close: (day: string) => void): void => {
    const day = dayOf(sim.scheduler.nowMs());
    if (closing.has(`${who} ${day}`)) return;
    closing.add(`${who} ${day}`);
    const endsAtMs = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
    sim.scheduler.at(endsAtMs + READY_HOURS[who] * HOUR_MS, () => close(day));
  };
  const handIn = (name: string, text: string | undefined): void => {
    if (text !== undefined) void upload(plantOf(), { name, text, isCalm });
  };

  const bookkeeping: Bookkeeping = {
    account: createBankAccount(sim),
    statements: createStatements(sim),
    ...{ rows: [], omitted: [], uploads: { times: 0, files: 0 }, draw },
    troubleOf: (among, chance) => (hasTrouble && draw.chance(chance) ? draw.pick(among) : null),
    onRecord: (record) => {
      for (const amount of movedBy(record)) {
        bookkeeping.move({ kind: 'by_finance', ...amount });
      }
    },
    onBooked: () =>
      closeDay('provider', (day) => {
        const rows = reportOf(plantOf(), bookkeeping, day);
        handIn(`provider/${day}`, rows.length === 0 ? undefined : balanceReport(rows));
      }),
    move: (movement) => {
      closeDay('bank', (day) => handIn(`bank/${day}`, bookkeeping.account.statementOf(day)));
      return bookkeeping.account.move(movement);
    },
  };
  if (hasTrouble) {
    sim.scheduler.at(sim.startMs + draw.below(UNKNOWN_WITHIN_MS), () =>
      bookkeeping.move({
        ...{ kind: 'receipt', text: 'Invoice 99', trouble: 'unknown' },
        amount: money('EUR', BigInt(draw.between(1, 1_000_000))),
      }),
    );
  }
  return bookkeeping;
}

/** What finance has booked at the bank, under its own reference; matching books what is there. */
function movedBy({
  events,
  cause,
}: TradelaneRecord): readonly { readonly amount: Money; readonly endToEndId: string }[] {
  if (cause.startsWith('matching#')) return [];
  return events.flatMap((event) => {
    switch (event.type) {
      case 'ReceiptSuspended':
      case 'OwnFundsMoved':
        return [{ amount: event.amount, endToEndId: event.movementId }];
      case 'RefundPaid':
        return [{ amount: out(event.amount), endToEndId: event.movementId }];
      case 'DutiesPaid':
        return [{ amount: out(event.amount), endToEndId: event.dutyId }];
      default:
        return [];
    }
  });
}

const out = ({ currency, amountMinor }: Money): Money => money(currency, -amountMinor);

/** A person puts the file into the bucket, which tells the queue; some do so late, or again. */
async function upload(
  plant: Plant,
  {
    name,
    text,
    isCalm,
  }: { readonly name: string; readonly text: string; readonly isCalm: boolean },
): Promise<void> {
  const { bookkeeping } = plant;
  if (bookkeeping === null) return;
  const { draw, statements, uploads } = bookkeeping;
  const bytes = Buffer.from(text, 'utf8');
  const times = !isCalm && draw.chance(TWICE) ? 2 : 1;
  const isLate = !isCalm && draw.chance(LATE);
  uploads.files += 1;
  for (let time = 1; time <= times; time += 1) {
    await wait(plant, draw.between(1, (isLate ? 5 * DAY_SECONDS : 90 * MINUTE_SECONDS) * time));
    const key = `${name}-${time}`;
    await insist(plant, 'statement-upload', async (task) => {
      await statements.bucketFor(task).put(key, bytes);
      await sendAll(plant.queues.clientFor(task), 'statements', [objectCreated(key, bytes)]);
    });
    uploads.times += 1;
  }
}

const objectCreated = (key: string, { byteLength }: Uint8Array) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'statements' }, object: { key, size: byteLength } },
});

/** What checks see of it. */
export function reconciliationOf({ bookkeeping, lanes }: Plant): ReconciliationView | null {
  if (bookkeeping === null) return null;
  const { account, rows, omitted, statements, uploads } = bookkeeping;
  const { all: items } = lanes;
  return { bank: account.lines, rows, omitted, items, statements: statements.heads, uploads };
}
