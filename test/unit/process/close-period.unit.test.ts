import type { PeriodEvent } from '../../../events/index.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryStatementStore } from '../../../src/adapters/in-memory/statement-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { redChecks } from '../../../src/ledger/gate.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import {
  closePeriod,
  type PeriodVerb,
  periodFacts,
  readPeriod,
} from '../../../src/process/close-period.ts';
import { reportNames, reportOf, toCsv } from '../../../src/process/period-reports.ts';
import { trialBalance, trialBalanceBy } from '../../../src/process/trial-balance.ts';
import type { Posting } from '../../../src/process/views.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { breakSummary } from '../../support/describe-break-views.ts';
import { statementFile, statementHead } from '../../support/describe-statement-store.ts';
import { bundledDay } from '../fx/rate-days.ts';

async function desk() {
  const views = inMemoryViewStore();
  const statements = inMemoryStatementStore();
  const lanes = inMemoryLaneStore();
  const rates = inMemoryRatesStore();
  await rates.putIfAbsent(bundledDay);
  const clock = { at: '2026-07-02T09:00:00.000Z' };
  const queues = { readModels: 0, deadLetters: 0 };
  const backlog = async () => ({
    readModels: [{ queue: 'projection', messages: queues.readModels }],
    deadLetters: [{ queue: 'payments-dead-letter', messages: queues.deadLetters }],
  });
  const ports = {
    periods: journaledStore(inMemoryRecordStore<PeriodEvent>()),
    ...{ views, statements, lanes, rates, indicativeRates: inMemoryRatesStore() },
    ...{ backlog, baseCurrency: 'EUR' as const, now: () => new Date(clock.at) },
  };
  let requests = 0;
  const act = async (verb: PeriodVerb, { period = '2026-06', by = 'key_1' } = {}) => {
    requests += 1;
    const request = { period, by, reason: 'June is in.', requestId: `r${requests}` };
    const outcome = await closePeriod(ports, verb, request);
    return 'code' in outcome ? outcome.code : outcome.kind;
  };
  /** Legs as the projection writes them: each in its account's day and minute. */
  const post = async (bookedAt: string, legs: readonly (readonly [string, bigint, string?])[]) => {
    const postings = legs.map(
      ([account, amountMinor, scope], index): Posting => ({
        ...{ postingId: `${bookedAt}#${index}`, account, currency: 'EUR', bookedAt },
        ...{ kind: 'release', amountMinor, tradeId: 'trd_1' },
        ...(scope === undefined ? {} : { scope }),
      }),
    );
    await views.putPostings(postings);
    for (const { account } of postings) {
      const key = { account, currency: 'EUR', minute: bookedAt.slice(0, 16) } as const;
      await views.putSlice(await views.sumSlice(key));
    }
  };
  const red = async (period = '2026-06') => redChecks((await periodFacts(ports, period)).checks);
  return { ports, clock, queues, views, statements, lanes, act, post, red };
}

const june = '2026-06-12T10:00:00.000Z';
const july = '2026-07-01T08:00:00.000Z';

describe('Closing a month', () => {
  it('locks what the gate lets pass, and keeps the books of its last day', async () => {
    const { ports, act, post } = await desk();
    await post(june, [
      ['1100', 500n],
      ['2100', -500n, 'trd_1'],
    ]);
    expect(await act('lock')).toBe('period.cannot_lock_open');
    expect(await act('soft_close')).toBe('appended');
    expect(await act('lock')).toBe('appended');
    expect(await readPeriod(ports, '2026-06')).toMatchObject({
      status: 'locked',
      snapshot: {
        accounts: [
          { account: '1100', debit: { amountMinor: 500n } },
          { account: '2100', credit: { amountMinor: 500n } },
        ],
        snapshotSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('that is locked is never changed by what comes late: it is posted where it is written (P29)', async () => {
    const { ports, act, post } = await desk();
    await post(june, [
      ['1100', 500n],
      ['2100', -500n, 'trd_1'],
    ]);
    await act('soft_close');
    await act('lock');
    const before = await readPeriod(ports, '2026-06');
    // A bank's line of June that is read in July: the event tells the day, the entry is July's.
    await post(july, [
      ['1200', 70n],
      ['2900', -70n, 'lin_1'],
    ]);
    const { balances } = await periodFacts(ports, '2026-06');
    expect(balances.map(({ account }) => account)).toEqual(['1100', '2100']);
    expect(await act('reopen')).toBe('appended');
    expect(await act('approve_reopening')).toBe('period.same_person');
    expect(await act('approve_reopening', { by: 'key_2' })).toBe('appended');
    await act('soft_close');
    await act('lock');
    const after = await readPeriod(ports, '2026-06');
    const hashOf = (state: typeof after) =>
      state.status === 'locked' ? state.snapshot.snapshotSha256 : undefined;
    expect(hashOf(after)).toBe(hashOf(before));
    expect(hashOf(after)).toBeDefined();
  });

  it('waits for its end, and an hour for what began in it', async () => {
    const { act, clock, red } = await desk();
    for (const at of ['2026-06-30T23:59:59.000Z', '2026-07-01T00:59:59.000Z']) {
      clock.at = at;
      expect(await act('soft_close')).toBe('period.not_ended');
      expect(await red()).toContain('period_ended');
    }
    clock.at = '2026-07-01T01:00:00.000Z';
    expect(await act('soft_close')).toBe('appended');
  });

  it('goes in order, forth and back', async () => {
    const { act, clock, post, red } = await desk();
    await post('2026-05-12T10:00:00.000Z', [
      ['1100', 5n],
      ['2100', -5n, 'trd_0'],
    ]);
    expect(await red()).toEqual(['previous_locked']);
    for (const period of ['2026-05', '2026-06']) {
      expect(await act('soft_close', { period })).toBe('appended');
      expect(await act('lock', { period })).toBe('appended');
    }
    clock.at = '2026-07-03T09:00:00.000Z';
    expect(await act('reopen', { period: '2026-05' })).toBe('period.later_locked');
  });
});

describe('The gate', () => {
  it('is red for a break that nobody has explained, and lists one that somebody has', async () => {
    const { act, views, red } = await desk();
    await views.putBreak(breakSummary());
    await act('soft_close');
    expect(await red()).toEqual(['breaks']);
    expect(await act('lock')).toBe('period.gate_red');
    await views.putBreak(breakSummary({ version: 2, explanation: 'The bank owes us the line.' }));
    expect(await act('lock')).toBe('appended');
  });

  it('leaves a break of a later month to that month', async () => {
    const { views, red } = await desk();
    await views.putBreak(breakSummary({ since: '2026-07-01' }));
    expect(await red()).toEqual([]);
  });

  it('is red while a line of the month waits to be matched, and not for one of the next', async () => {
    const { lanes, red } = await desk();
    const line = (id: string, date: string): LaneItem => ({
      ...{ lane: 'bank_in', side: 'right', rec: null },
      item: { id, currency: 'EUR', amountMinor: 70n, date, keys: {} },
    });
    await lanes.addItems([line('lin_1', '2026-06-30'), line('lin_2', '2026-07-01')]);
    expect(await red()).toEqual(['matching']);
    const work = await lanes.listWork('bank_in', { today: '2026-07-02', limit: 9 });
    await lanes.finishWork(
      'bank_in',
      work.filter(({ itemId }) => itemId === 'lin_1'),
    );
    expect(await red()).toEqual([]);
  });
});

describe('The gate, of what never came as far as the books', () => {
  it.each([
    ['read_models', 'readModels', 'of whichever month: ask again in a moment'],
    ['dead_letters', 'deadLetters', '3 messages could not be worked'],
  ] as const)('is red for %s while there are any, and says how many', async (name, queue, why) => {
    const { ports, queues, red } = await desk();
    queues[queue] = 3;
    expect(await red()).toEqual([name]);
    const { checks } = await periodFacts(ports, '2026-06');
    const found = checks.find((one) => one.name === name);
    expect(found).toMatchObject({ detail: expect.stringContaining(why), items: [{ messages: 3 }] });
    queues[queue] = 0;
    expect(await red()).toEqual([]);
  });

  it('counts every break and every statement, however many there are', async () => {
    const { ports, views, statements } = await desk();
    const explanation = 'The bank owes us the line.';
    for (let index = 0; index < 1_001; index += 1) {
      await views.putBreak(breakSummary({ breakId: `brk_${index}`, explanation }));
      const statementId = `stm_${index}`;
      await statements.putStatement(statementHead({ statementId, sequence: null }));
    }
    await views.putBreak(breakSummary({ breakId: 'brk_zzz', since: '2026-06-30' }));
    const { checks } = await periodFacts(ports, '2026-06');
    const detailOf = (name: string) => checks.find((one) => one.name === name)?.detail;
    expect(detailOf('breaks')).toBe('1 breaks are open and not explained.');
    expect(checks.find(({ name }) => name === 'breaks')?.items).toHaveLength(1_002);
    expect(detailOf('statements')).toBe('1001 statements follow one another and add up.');
  });

  it.each(['received', 'refused'] as const)('is red for a file that is %s', async (status) => {
    const { ports, statements, red } = await desk();
    await statements.putFile(statementFile({ status }));
    expect(await red()).toEqual(['files']);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'files')?.items).toMatchObject([
      { fileId: 'fil_1', status },
    ]);
    const discarded = { by: 'key_1', reason: 'A brochure.', at: july };
    await statements.putFile(statementFile({ status: 'discarded', discarded }));
    expect(await red()).toEqual([]);
  });
});

describe('The gate, of statements', () => {
  it('is red for an account that was without a statement in the month, unless nothing lay there', async () => {
    const { statements, red, ports } = await desk();
    const close = (statementId: string, date: string, amountMinor: string) =>
      statements.putStatement(
        statementHead({
          ...{ statementId, sequence: null },
          closing: { type: 'CLBD', date, amountMinor, currency: 'EUR', direction: 'credit' },
        }),
      );
    await close('stm_may', '2026-05-29', '700');
    expect(await red()).toEqual(['statement_accounts']);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'statement_accounts')?.items).toMatchObject([
      { lastClosedOn: '2026-05-29', lastClosingMinor: '700' },
    ]);
    await close('stm_may_2', '2026-05-30', '0');
    expect(await red()).toEqual([]);
    await close('stm_june', '2026-06-30', '900');
    expect(await red()).toEqual([]);
  });

  it('is red where a statement is missing between two others', async () => {
    const { statements, red } = await desk();
    const closing = (date: string) => ({
      ...{ type: 'CLBD', date, amountMinor: '100', currency: 'EUR', direction: 'credit' as const },
    });
    for (const [sequence, date] of [
      ['1', '2026-06-28'],
      ['3', '2026-06-30'],
    ] as const) {
      const head = { statementId: `stm_${sequence}`, sequence, closing: closing(date) };
      await statements.putStatement(statementHead({ ...head, opening: closing(date) }));
    }
    expect(await red()).toEqual(['statements']);
  });

  it('lists what is open on the accounts that clear, under its owner and since when', async () => {
    const { ports, post } = await desk();
    await post(june, [
      ['1200', 70n],
      ['2900', -70n, 'lin_1'],
    ]);
    await post(june.replace('12T', '13T'), [
      ['2900', 20n, 'lin_2'],
      ['1200', -20n],
    ]);
    await post(june.replace('12T', '14T'), [
      ['2900', -20n, 'lin_2'],
      ['1200', 20n],
    ]);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'accounts')).toMatchObject({
      status: 'itemized',
      items: [{ account: '2900', scope: 'lin_1', balanceMinor: -70n, since: '2026-06-12' }],
    });
  });
});

describe('A report of a month', () => {
  it('tells what the month brought, apart from what was before', async () => {
    const { ports, post, views } = await desk();
    await post('2026-05-12T10:00:00.000Z', [
      ['2100', 5n, 'trd_0'],
      ['4000', -5n],
    ]);
    await post(june, [
      ['2100', 40n, 'trd_1'],
      ['2200', -30n, 'seller_1'],
      ['4000', -10n],
    ]);
    const facts = await periodFacts(ports, '2026-06');
    const before = await trialBalance(views, '2026-05-31');
    const sources = { facts, before, views, batches: async () => [] };
    expect((await reportOf('fees', sources)).rows).toEqual([
      ['4000', 'platform_fee_revenue', 'EUR', 10n],
    ]);
    expect(toCsv(await reportOf('settlement-statements', sources))).toBe(
      [
        'sellerId,currency,line,amountMinor',
        'seller_1,EUR,opening_balance,0',
        'seller_1,EUR,release,30',
        'seller_1,EUR,closing_balance,30',
        '',
      ].join('\r\n'),
    );
    for (const name of reportNames) {
      const { columns, rows, totals } = await reportOf(name, sources);
      for (const row of [...rows, ...totals]) expect(row).toHaveLength(columns.length);
    }
    const { totals } = await reportOf('trial-balance', sources);
    expect(totals).toEqual([[null, null, 'EUR', 45n, 45n, 0n]]);
  });

  it('as CSV quotes what would break a row or run as a formula', () => {
    const report = { columns: ['a'], rows: [['x,"y"'], ['=SUM(A1)'], [null], [-5n]] };
    expect(toCsv(report)).toBe('a\r\n"x,""y"""\r\n\'=SUM(A1)\r\n\r\n-5\r\n');
  });
});

describe('A month by the day on which things happened (P29)', () => {
  /** A payout to a seller that the bank made in June and that was read in July, and one of July. */
  async function late() {
    const own = await desk();
    const pay = async (bookedAt: string, minor: bigint, occurredAt?: string) => {
      const legs = [['2300', minor] as const, ['1200', -minor] as const, ['2200', minor] as const];
      const postings = legs.map(
        ([account, amountMinor], index): Posting => ({
          ...{ postingId: `${bookedAt}#${index}`, account, currency: 'EUR', bookedAt },
          ...{ kind: 'payout_settled', amountMinor, tradeId: 'trd_1', scope: 'seller_1' },
          ...(occurredAt === undefined ? {} : { occurredAt }),
        }),
      );
      await own.views.putPostings(postings);
      for (const { account } of postings) {
        const key = { account, currency: 'EUR', minute: bookedAt.slice(0, 16) } as const;
        await own.views.putSlice(await own.views.sumSlice(key));
      }
    };
    await pay(june, 100n);
    await pay('2026-07-01T08:00:00.000Z', 30n, '2026-06-30T00:00:00Z');
    await pay('2026-07-02T08:00:00.000Z', 7n);
    return own;
  }
  const payable = (balances: readonly { account: string; debitMinor: bigint }[]) =>
    balances.find(({ account }) => account === '2200')?.debitMinor;

  it('has what came to be known after its end, and leaves that out of the next', async () => {
    const { views } = await late();
    const by = (basis: 'booked' | 'occurred', asOf: string) => trialBalanceBy(basis, views, asOf);
    expect(payable(await by('booked', '2026-06-30'))).toBe(100n);
    expect(payable(await by('occurred', '2026-06-30'))).toBe(130n);
    expect(payable(await by('occurred', '2026-06-29'))).toBe(100n);
    for (const basis of ['booked', 'occurred'] as const) {
      expect(payable(await by(basis, '2026-07-31'))).toBe(137n);
    }
  });

  it('is told so to sellers, while the locked books stay as they were', async () => {
    const { ports, views } = await late();
    const statement = async (basis: 'booked' | 'occurred', period: string) => {
      const booked = await periodFacts(ports, period);
      const balances = await trialBalanceBy(basis, views, booked.asOf);
      const before = await trialBalanceBy(basis, views, `${period}-00`);
      const sources = { facts: { ...booked, balances }, before, basis, views };
      const { rows } = await reportOf('settlement-statements', {
        ...{ ...sources, batches: async () => [] },
      });
      return rows.map(([, , line, minor]) => [line, minor]);
    };
    expect(await statement('booked', '2026-06')).toEqual([
      ['opening_balance', 0n],
      ['payout_settled', -100n],
      ['closing_balance', -100n],
    ]);
    expect(await statement('occurred', '2026-06')).toEqual([
      ['opening_balance', 0n],
      ['payout_settled', -130n],
      ['closing_balance', -130n],
    ]);
    expect(await statement('occurred', '2026-07')).toEqual([
      ['opening_balance', -130n],
      ['payout_settled', -7n],
      ['closing_balance', -137n],
    ]);
  });
});
