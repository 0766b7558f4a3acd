import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { Sim } from '../engine/sim.ts';
import type { RouterDeadLetter } from '../world.ts';

/** Two shards are enough to see records of one stream in order and of two in any. */
const SHARDS = 2;
/** The mapping allows 100; small batches meet more of each other. */
const LARGEST_BATCH = 12;
export const MAX_RETRIES = 30;
const MAX_AGE_MS = 6 * 3_600_000;
const BACK_OFF_BASE_MS = 200;
const BACK_OFF_MAX_MS = 60_000;

/** Runs the router over a batch; calls back once, with whether it was routed. */
export type RouteBatch = (
  records: readonly TradelaneRecord[],
  done: (routed: boolean) => void,
) => void;

/** The table's stream and the event source mapping that reads it. */
export type EventStream = {
  readonly publish: (record: TradelaneRecord) => void;
  readonly waiting: () => number;
  readonly deadLetters: readonly RouterDeadLetter[];
  /** Puts what was given up before the router again, as an operator does. */
  readonly replayDeadLetters: () => number;
};

type Written = { readonly record: TradelaneRecord; readonly atMs: number };

type Batch = { readonly records: readonly Written[]; readonly failures: number };

type Shard = { pending: Batch[]; unread: Written[]; isBusy: boolean };

export function createStream(sim: Sim, route: RouteBatch): EventStream {
  const shards: Shard[] = Array.from({ length: SHARDS }, () => ({
    pending: [],
    unread: [],
    isBusy: false,
  }));
  const deadLetters: RouterDeadLetter[] = [];

  const wake = (shard: Shard): void => {
    if (shard.isBusy || (shard.unread.length === 0 && shard.pending.length === 0)) return;
    shard.isBusy = true;
    sim.scheduler.add({
      task: 'stream',
      kind: 'stream.read',
      subject: `shard ${shards.indexOf(shard)}`,
      run: () => read(shard),
    });
  };

  const read = (shard: Shard): string => {
    const { records, failures } = shard.pending.shift() ?? takeBatch(shard);
    const { expired, fresh } = splitExpired(records, sim.scheduler.nowMs());
    if (expired.length > 0) giveUp(expired);
    if (fresh.length === 0) proceed(shard, 0);
    else {
      const batch = { records: fresh, failures };
      route(recordsOf(fresh), (routed) => finish(shard, { batch, routed }));
    }
    return `${fresh.length} records`;
  };

  const takeBatch = (shard: Shard): Batch => {
    const size = Math.min(shard.unread.length, 1 + sim.random.below(LARGEST_BATCH));
    return { records: shard.unread.splice(0, size), failures: 0 };
  };

  const finish = (
    shard: Shard,
    { batch, routed }: { readonly batch: Batch; readonly routed: boolean },
  ): void => {
    const repeats = routed && sim.strikes('streamRepeat');
    if (repeats) shard.pending.unshift(batch);
    const again = routed ? [] : afterFailure(batch, giveUp);
    shard.pending.unshift(...again);
    const failures = again[0]?.failures ?? 0;
    const backOffMs =
      failures === 0 ? 0 : Math.min(BACK_OFF_MAX_MS, BACK_OFF_BASE_MS * 2 ** failures);
    proceed(shard, backOffMs);
  };

  const proceed = (shard: Shard, afterMs: number): void =>
    sim.scheduler.at(sim.scheduler.nowMs() + afterMs, () => {
      shard.isBusy = false;
      wake(shard);
    });

  const giveUp = (written: readonly Written[]): void => {
    deadLetters.push({ records: recordsOf(written), deadAtMs: sim.scheduler.nowMs() });
  };

  const shardOf = (streamId: string): Shard =>
    shards[(streamId.charCodeAt(streamId.length - 1) + streamId.length) % SHARDS] as Shard;

  const publish = (record: TradelaneRecord): void => {
    const shard = shardOf(record.streamId);
    shard.unread.push({ record, atMs: sim.scheduler.nowMs() });
    wake(shard);
  };

  return {
    deadLetters,
    waiting: () => waitingIn(shards),
    publish,
    replayDeadLetters: () => {
      const given = deadLetters.splice(0).flatMap(({ records }) => records);
      given.forEach(publish);
      return given.length;
    },
  };
}

const recordsOf = (written: readonly Written[]): readonly TradelaneRecord[] =>
  written.map(({ record }) => record);

const waitingIn = (shards: readonly Shard[]): number =>
  shards.reduce(
    (total, { unread, pending, isBusy }) => total + unread.length + pending.length + Number(isBusy),
    0,
  );

/** What waited too long behind others is not tried any more. */
function splitExpired(
  records: readonly Written[],
  nowMs: number,
): { readonly expired: readonly Written[]; readonly fresh: readonly Written[] } {
  const isExpired = ({ atMs }: Written): boolean => nowMs - atMs > MAX_AGE_MS;
  return {
    expired: records.filter(isExpired),
    fresh: records.filter((written) => !isExpired(written)),
  };
}

/** A batch that failed is halved; halving is no retry. A record alone is given up at last. */
function afterFailure(
  { records, failures }: Batch,
  giveUp: (records: readonly Written[]) => void,
): readonly Batch[] {
  if (records.length > 1) {
    const half = Math.ceil(records.length / 2);
    return [
      { records: records.slice(0, half), failures: 0 },
      { records: records.slice(half), failures: 0 },
    ];
  }
  if (failures < MAX_RETRIES) return [{ records, failures: failures + 1 }];
  giveUp(records);
  return [];
}
