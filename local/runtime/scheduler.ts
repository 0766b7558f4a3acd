import { randomUUID } from 'node:crypto';
import type { AwsEnvironment } from './intrinsics.ts';
import type { Invoke } from './invocation.ts';
import type { Schedule } from './model.ts';
import { type Poller, pause } from './poller.ts';
import { type NextTick, parseSchedule } from './schedule-expression.ts';

export type SchedulerSettings = {
  readonly schedules: readonly Schedule[];
  readonly environment: AwsEnvironment;
  readonly invoke: Invoke;
  /** The milliseconds between two ticks of a function's schedule, instead of the template's. */
  readonly intervalMs: (functionName: string) => number | undefined;
};

/** Timers cannot wait longer than this; a schedule may have to. */
const longestWaitMs = 2 ** 31 - 1;

const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+/, '');

const scheduledEvent = (
  { source, arn, input }: Schedule,
  { accountId, region }: AwsEnvironment,
  atMs: number,
): unknown =>
  input ?? {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account: accountId,
    time: isoSeconds(atMs),
    region,
    resources: [arn],
    detail: {},
  };

const nextTickOf = (
  { expression, functionName }: Schedule,
  { intervalMs }: SchedulerSettings,
): NextTick => {
  const interval = intervalMs(functionName);
  if (interval !== undefined) return (afterMs) => afterMs + interval;
  const parsed = parseSchedule(expression);
  if (parsed === undefined) throw new Error(`Not a schedule: ${expression}`);
  return parsed;
};

/**
 * Ticks every schedule: once at the start, then as the template says or as `intervalMs` overrides
 * it. A schedule never overlaps itself: the next tick is counted from the end of the one before.
 */
export const startScheduler = (settings: SchedulerSettings): Poller => {
  const { schedules, environment, invoke } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;

  const run = async (schedule: Schedule) => {
    const nextTick = nextTickOf(schedule, settings);
    while (!signal.aborted) {
      await invoke(schedule.functionName, scheduledEvent(schedule, environment, Date.now()));
      const tickAtMs = nextTick(Date.now());
      while (!signal.aborted && Date.now() < tickAtMs) {
        await pause(Math.min(tickAtMs - Date.now(), longestWaitMs), signal);
      }
    }
  };

  const running = schedules.map(run);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
};
