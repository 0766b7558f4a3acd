import * as fc from 'fast-check';
import { parseSchedule } from '../../../local/runtime/schedule-expression.ts';
import type { Deadline } from '../../../src/process/views.ts';
import { createSim, MAX_SKEW_MS } from '../../simulation/engine/sim.ts';
import { calm } from '../../simulation/faults.ts';
import { createSchedule } from '../../simulation/system/schedule.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-11-23T12:00:00.000Z');
const END_MS = START_MS + 4 * 24 * 3_600_000;
/** A step takes some milliseconds. */
const SLACK_MS = 500;

type Planned = { readonly putAtMs: number; readonly deadline: Deadline };

/** Whether a run finds what it looks for, and how far its clock is off. */
type Run = { readonly skewMs: number; readonly dies: boolean };

type Playing = {
  readonly planned: readonly Planned[];
  readonly runOf: (number: number) => Run;
};

/** When each deadline was found, by its subject. */
type Found = ReadonlyMap<string, number>;

/** What the function behind a schedule sees, and when it saw it. */
function createDeadlines(runOf: Playing['runOf']) {
  const stored = new Map<string, Deadline>();
  const found = new Map<string, number>();
  let runs = 0;
  return {
    stored,
    found,
    put: (deadline: Deadline) => stored.set(deadline.subjectId, deadline),
    look: (nowMs: number): void => {
      const { skewMs, dies } = runOf(runs);
      runs += 1;
      const due = [...stored.values()].filter(
        ({ dueAt }) => !dies && Date.parse(dueAt) <= nowMs + skewMs,
      );
      for (const { subjectId } of due) {
        stored.delete(subjectId);
        found.set(subjectId, nowMs);
      }
    },
  };
}

/** The simulated schedule, which passes minutes over in which nothing can be due. */
function playSimulated({ planned, runOf }: Playing): Found {
  const sim = createSim({
    ...{ seed: 1, startMs: START_MS, faults: calm, withTrace: false, crashAt: [] },
  });
  const { stored, found, put, look } = createDeadlines(runOf);
  const schedule = createSchedule(sim, {
    deadlines: () => stored.values(),
    run: (done) => {
      look(sim.scheduler.nowMs());
      done();
    },
  });
  for (const { putAtMs, deadline } of planned) {
    sim.scheduler.at(putAtMs, () => {
      put(deadline);
      schedule.onDeadline(deadline);
    });
  }
  while (sim.scheduler.step());
  return found;
}

/** The schedule that the template asks for, as the local scheduler counts its ticks. */
function playTemplate({ planned, runOf }: Playing): Found {
  const nextTick = parseSchedule('rate(1 minute)');
  if (nextTick === undefined) throw new Error('The expression is not understood.');
  const { found, put, look } = createDeadlines(runOf);
  const waiting = [...planned].sort((left, right) => left.putAtMs - right.putAtMs);
  for (let tickMs = START_MS; tickMs < END_MS; tickMs = nextTick(tickMs)) {
    for (let next = waiting[0]; next !== undefined && next.putAtMs < tickMs; next = waiting[0]) {
      put(next.deadline);
      waiting.shift();
    }
    look(tickMs);
  }
  return found;
}

/** At so many seconds and a half, so that no deadline is due in the moment of a tick. */
const halfSecond = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((seconds) => START_MS + seconds * 1_000 + 500);

const plannedArbitrary = fc
  .array(
    fc.record({
      putAtMs: halfSecond(0, 86_400),
      waitSeconds: fc.integer({ min: -3_600, max: 172_800 }),
    }),
    {
      maxLength: 12,
    },
  )
  .map((all) =>
    all.map(({ putAtMs, waitSeconds }, index): Planned => {
      const dueAt = new Date(Math.max(START_MS, putAtMs + waitSeconds * 1_000)).toISOString();
      const subjectId = `trade_${index}`;
      return { putAtMs, deadline: { deadline: 'payment_due', subjectId, dueAt } as Deadline };
    }),
  );

const skewArbitrary = fc.integer({ min: -MAX_SKEW_MS / 1_000, max: MAX_SKEW_MS / 1_000 });

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

const minutesOf = (found: Found): ReadonlyMap<string, number> =>
  new Map([...found].sort().map(([subjectId, ms]) => [subjectId, minuteOf(ms)]));

describe('The simulated schedule', () => {
  it('finds every deadline in the same minute as one that ticks each minute', () => {
    fc.assert(
      fc.property(plannedArbitrary, skewArbitrary, (planned, skewSeconds) => {
        const playing = { planned, runOf: () => ({ skewMs: skewSeconds * 1_000, dies: false }) };
        expect(minutesOf(playSimulated(playing))).toEqual(minutesOf(playTemplate(playing)));
      }),
    );
  });

  it('finds what is due within the next minute of any clock, neither early nor late', () => {
    const runArbitrary = fc.array(skewArbitrary, { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(plannedArbitrary, runArbitrary, (planned, skews) => {
        const runOf = (number: number): Run => ({
          skewMs: (skews[number % skews.length] ?? 0) * 1_000,
          dies: false,
        });
        const found = playSimulated({ planned, runOf });
        for (const { putAtMs, deadline } of planned) {
          const dueMs = Date.parse(deadline.dueAt);
          const foundMs = found.get(deadline.subjectId) ?? Number.NaN;
          expect(foundMs).toBeGreaterThanOrEqual(dueMs - MAX_SKEW_MS);
          const latestMs = Math.max(putAtMs, dueMs + MAX_SKEW_MS) + MINUTE_MS + SLACK_MS;
          expect(foundMs).toBeLessThanOrEqual(latestMs);
        }
      }),
    );
  });

  it('ticks again in the next minute where a run died', () => {
    const deadline = {
      deadline: 'payment_due',
      subjectId: 'trade_1',
      dueAt: new Date(START_MS + 90_000).toISOString(),
    } as Deadline;
    const planned = [{ putAtMs: START_MS, deadline }];
    const found = (deaths: number) =>
      playSimulated({ planned, runOf: (number) => ({ skewMs: 0, dies: number < deaths }) });
    const minute = (deaths: number) => minuteOf((found(deaths).get('trade_1') ?? 0) - START_MS);
    expect([minute(0), minute(1), minute(3)]).toEqual([2, 3, 5]);
  });
});
