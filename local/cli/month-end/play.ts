import { addMonths, periodOf } from '../../../src/ledger/months.ts';
import type { LocalStack } from '../../stack/index.ts';
import { holdsWithin, until } from '../../stack/until.ts';
import { coverTrade, exchangeStatements } from './exchanges.ts';
import {
  type Break,
  type Check,
  createPerson,
  entriesOf,
  type Period,
  type Person,
} from './finance.ts';
import { beginNextMonth } from './next-month.ts';
import {
  bankStatement,
  CURRENCY,
  castPayments,
  type MonthsPayments,
  nextStatement,
  PLANTED,
  stripeStatement,
  TRADES,
} from './statements.ts';
import { playTrades } from './trades.ts';

export type MonthEnd = {
  readonly period: string;
  readonly planted: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
  readonly tolerated: number;
  readonly resolved: Readonly<Record<string, number>>;
  readonly explained: number;
  readonly checks: Readonly<Record<string, string>>;
  readonly status: string;
  readonly snapshotSha256: string | null;
  readonly deadLetters: number;
};

type Stage = {
  readonly stack: LocalStack;
  readonly controller: Person;
  readonly colleague: Person;
  readonly period: string;
  readonly signal: AbortSignal;
  readonly tell: (step: string) => void;
};

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Plays a month with its troubles, finds them, resolves them through the API, and closes the month. */
export async function playMonthEnd(
  stack: LocalStack,
  { signal, tell }: Pick<Stage, 'signal' | 'tell'>,
): Promise<MonthEnd> {
  const today = new Date().toISOString().slice(0, DAY_LENGTH);
  const period = periodOf(today);
  const [controller, colleague] = [await createPerson(stack), await createPerson(stack)];
  const stage = { stack, controller, colleague, period, signal, tell };

  tell(`${TRADES} trades, from checkout to a file for the bank`);
  const payments = castPayments(await playTrades(stack, controller, { count: TRADES, signal }));
  tell('what was sold in one currency and is owed in another, exchanged at the bank');
  const { tradeId } = payments.fine;
  const deals = await coverTrade(stack, controller, { tradeId, signal });
  await rest(stage);
  tell("the bank's statements and Stripe's, with what is wrong in them");
  const { content, closingMinor } = bankStatement(payments, deals, today);
  for (const statement of [content, ...exchangeStatements(deals, today, CURRENCY)]) {
    await controller.upload(statement, signal);
  }
  await controller.upload(await stripeStatement(stack), signal);
  await foundAtLeast(stage, PLANTED.length - 3);
  await rest(stage);
  await stack.runtime.invoke('safeguarding', {});
  await foundAtLeast(stage, PLANTED.length - 2);
  await coverShortfall(stage);

  tell('the next month begins; what has not come by now is missing');
  await rest(stage);
  await beginNextMonth(stack, period);
  await foundAtLeast(stage, PLANTED.length);
  tell('a line that is late, and every break resolved or explained');
  const next = `${addMonths(period, 1)}-02`;
  await controller.upload(
    nextStatement(payments, { date: next, openingMinor: closingMinor }),
    signal,
  );
  await resolveAll(stage, payments);
  tell(`closing ${period}`);
  return conclude(stage);
}

/** Waits until so many breaks were found, resolved ones included. */
const foundAtLeast = ({ controller, signal }: Stage, count: number): Promise<void> =>
  until(async () => (await controller.breaks()).length >= count, {
    what: `${count} breaks`,
    signal,
  });

/** Nothing is on its way any more. */
const rest = ({ stack, signal }: Stage): Promise<boolean> =>
  holdsWithin(async () => (await stack.waitingMessages()) === 0, {
    signal,
  });

const checkOf = async ({ controller, period }: Stage, name: string): Promise<Check | undefined> => {
  const { checks } = await controller.get<Period>(`/v1/periods/${period}`);
  return checks.find((one) => one.name === name);
};

/** The platform's own money makes good what fees took of the clients', while the month is open. */
async function coverShortfall(stage: Stage): Promise<void> {
  const { items = [] } = (await checkOf(stage, 'safeguarding')) ?? {};
  for (const { currency, shortfallMinor } of items) {
    await stage.controller.post('/v1/ledger/movements', {
      ...{ kind: 'own_funds_moved', direction: 'top_up', occurredAt: new Date().toISOString() },
      ...{ movementId: `month-end-${currency}`, amount: { currency, amountMinor: shortfallMinor } },
    });
  }
  const isCovered = async () => (await checkOf(stage, 'safeguarding'))?.status === 'green';
  await until(isCovered, {
    what: 'clients to be covered',
    signal: stage.signal,
  });
  await stage.stack.runtime.invoke('safeguarding', {});
}

/** What a person does about each break; a return and a late line are cleared by what follows. */
async function resolveAll(stage: Stage, { late, never }: MonthsPayments): Promise<void> {
  const { controller, colleague, signal } = stage;
  const act = (by: Person, { id }: Break, step: string, reason: string) =>
    by.post(`/v1/breaks/${id}/${step}`, { reason });
  const isCleared = async (): Promise<boolean> => {
    const open = (await controller.breaks()).filter(({ status }) => status === 'open');
    const isOfLate = ({ left }: Break) => left.includes(`payout_sent:${late.endToEndId}`);
    return !open.some((one) => one.kind === 'returned' || one.rec === 'F' || isOfLate(one));
  };
  await until(isCleared, { what: 'what is cleared by itself', signal });
  for (const one of (await controller.breaks()).filter(({ status }) => status === 'open')) {
    if (one.kind === 'over') {
      await act(controller, one, 'write-off', 'The bank kept a fee and will not give it back.');
      await act(colleague, one, 'approve', 'Agreed with the bank.');
    } else if (one.rec === 'G') {
      await act(controller, one, 'write-off', 'The bank exchanged below the rate that it agreed.');
      await act(colleague, one, 'approve', 'Its confirmation says so too.');
    } else if (one.rec === 'A') {
      await act(controller, one, 'write-off', 'A fee that Stripe raised.');
      await act(colleague, one, 'approve', 'It is in the new price list.');
    } else if (one.kind === 'unexpected') {
      await act(controller, one, 'send-back', 'Not an invoice of ours.');
    } else if (one.kind === 'duplicate') {
      await act(controller, one, 'explain', 'The bank takes the second debit back next week.');
    } else if (one.left.includes(`payout_sent:${never.endToEndId}`)) {
      await act(controller, one, 'explain', 'The bank did not execute it; it is being recalled.');
    }
  }
}

async function conclude(stage: Stage): Promise<MonthEnd> {
  const { stack, controller, period } = stage;
  const reason = `Every break of ${period} is resolved or explained.`;
  await rest(stage);
  const isReady = async (): Promise<boolean> => {
    const { checks } = await controller.get<Period>(`/v1/periods/${period}`);
    return checks.every(({ status }) => status !== 'red');
  };
  await holdsWithin(isReady, { signal: stage.signal });
  await controller.post(`/v1/periods/${period}/soft-close`, { reason });
  const before = await controller.get<Period>(`/v1/periods/${period}`);
  const isGreen = before.checks.every(({ status }) => status !== 'red');
  const closed = isGreen
    ? await controller.post<Period>(`/v1/periods/${period}/lock`, { reason })
    : before;
  const breaks = await controller.breaks();
  const countBy = <T>(all: readonly T[], nameOf: (one: T) => string) =>
    Object.fromEntries([...Map.groupBy(all, nameOf)].map(([name, own]) => [name, own.length]));
  return {
    ...{ period, planted: countBy(PLANTED, nameOfBreak), found: countBy(breaks, nameOfBreak) },
    tolerated: await toleratedIn(stage),
    resolved: countBy(
      breaks.filter(({ status }) => status === 'resolved') as (Break & { resolution: string })[],
      ({ resolution }) => resolution,
    ),
    explained: breaks.filter(({ status }) => status === 'open').length,
    checks: Object.fromEntries(closed.checks.map(({ name, status }) => [name, status])),
    status: closed.status,
    snapshotSha256: closed.snapshot?.snapshotSha256 ?? null,
    deadLetters: await stack.deadLetters(),
  };
}

const nameOfBreak = ({ rec, kind }: Pick<Break, 'rec' | 'kind'>): string => `${rec} ${kind}`;

/** Differences within what is tolerated, where Stripe settles: no breaks, but postings that can be seen. */
async function toleratedIn({ controller }: Stage): Promise<number> {
  const day = new Date().toISOString().slice(0, DAY_LENGTH);
  const entries = await entriesOf(controller, { account: '5300', currency: 'USD', day });
  return entries.filter(({ kind }) => kind === 'difference_tolerated').length;
}

/** What is not as it is to be, in sentences; none where the month was closed as planned. */
export function monthEndProblems(result: MonthEnd): readonly string[] {
  const { planted, found, status, deadLetters, checks, tolerated } = result;
  const names = [...new Set([...Object.keys(planted), ...Object.keys(found)])].sort();
  const differing = names.filter((name) => planted[name] !== found[name]);
  const red = Object.entries(checks).flatMap(([name, state]) => (state === 'red' ? [name] : []));
  return [
    ...differing.map(
      (name) => `${planted[name] ?? 0} breaks "${name}" were planted, ${found[name] ?? 0} found.`,
    ),
    ...(tolerated === 1 ? [] : [`1 difference was to be tolerated, ${tolerated} were.`]),
    ...(status === 'locked'
      ? []
      : [`The month is ${status}; red: ${red.join(', ') || 'nothing'}.`]),
    ...(deadLetters === 0 ? [] : [`${deadLetters} messages were given up.`]),
  ];
}
