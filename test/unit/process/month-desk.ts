import type { PeriodEvent } from '../../../events/index.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryStatementStore } from '../../../src/adapters/in-memory/statement-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { redChecks } from '../../../src/ledger/gate.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { closePeriod, type PeriodVerb, periodFacts } from '../../../src/process/close-period.ts';
import type { Posting } from '../../../src/process/views.ts';
import { bundledDay } from '../fx/rate-days.ts';

/** Books with all that the gate of a month looks at, on a day after the end of June. */
export async function monthDesk() {
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

/** A moment of the month that is closed, and one of the next. */
export const june = '2026-06-12T10:00:00.000Z';
export const july = '2026-07-01T08:00:00.000Z';
