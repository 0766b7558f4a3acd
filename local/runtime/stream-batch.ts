import { readBatchResponse } from './batch-response.ts';
import { type InvocationResult, isThrottled } from './invocation.ts';
import type { StreamMapping } from './model.ts';
import { backOffMs } from './poller.ts';

/** What the handling of a batch needs to know of a record. */
export type OrderedRecord = {
  readonly sequenceNumber: string;
  readonly createdAtMs: number;
};

/** Records that will not be tried again, and why. */
export type GivenUp<T> = {
  readonly records: readonly T[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly attempts: number;
  readonly lastRequestId: string;
};

export type StreamBatchSettings<T> = {
  readonly mapping: StreamMapping;
  readonly invoke: (records: readonly T[]) => Promise<InvocationResult>;
  readonly giveUp: (givenUp: GivenUp<T>) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
  readonly now: () => number;
};

type Attempted<T> = {
  readonly records: readonly T[];
  readonly failures: number;
  readonly lastRequestId: string;
};

const untried = <T>(records: readonly T[]): Attempted<T> => ({
  records,
  failures: 0,
  lastRequestId: '',
});

/** How many records, from the first on, are done with. */
const countDone = <T extends OrderedRecord>(
  records: readonly T[],
  result: InvocationResult,
  { reportsBatchItemFailures }: StreamMapping,
): number => {
  if (!result.ok) return 0;
  if (!reportsBatchItemFailures) return records.length;
  const sequenceNumbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const response = readBatchResponse(result.payload, new Set(sequenceNumbers));
  if (!response.understood) return 0;
  const failed = new Set(response.failed);
  const firstFailed = sequenceNumbers.findIndex((sequenceNumber) => failed.has(sequenceNumber));
  return firstFailed === -1 ? records.length : firstFailed;
};

const splitExpired = <T extends OrderedRecord>(
  records: readonly T[],
  { maxRecordAgeSeconds = Number.POSITIVE_INFINITY }: StreamMapping,
  nowMs: number,
) => {
  const isExpired = ({ createdAtMs }: T) => nowMs - createdAtMs > maxRecordAgeSeconds * 1000;
  return {
    expired: records.filter(isExpired),
    fresh: records.filter((record) => !isExpired(record)),
  };
};

/**
 * What is to be tried next of a batch that was not done with. Progress starts the count anew; a
 * batch that failed at its very first record is halved where the mapping says so, which does not
 * count as a retry; else it failed once more.
 */
const whatIsLeft = <T>(
  { records, failures }: Attempted<T>,
  done: number,
  { bisects, lastRequestId }: { bisects: boolean; lastRequestId: string },
): Attempted<T>[] => {
  if (done === records.length) return [];
  if (done > 0) return [untried(records.slice(done))];
  if (!bisects || records.length === 1) {
    return [{ records, failures: failures + 1, lastRequestId }];
  }
  const half = Math.ceil(records.length / 2);
  return [untried(records.slice(0, half)), untried(records.slice(half))];
};

/**
 * Works one batch off, in order, as a stream's event source mapping does: it retries from the first
 * record that failed, bisects, and gives up what was retried too often or has grown too old. Returns
 * when every record is handled or given up, or when the poller stops.
 */
export const handleStreamBatch = async <T extends OrderedRecord>(
  batch: readonly T[],
  settings: StreamBatchSettings<T>,
): Promise<void> => {
  const { mapping, invoke, giveUp, wait, isStopped, now } = settings;
  const { maxRetryAttempts = Number.POSITIVE_INFINITY, bisectsOnError } = mapping;
  let pending = [untried(batch)];
  let throttles = 0;

  while (!isStopped()) {
    const [next, ...later] = pending;
    if (next === undefined) return;
    const { expired, fresh: records } = splitExpired(next.records, mapping, now());
    const { failures: attempts, lastRequestId } = next;
    if (expired.length > 0) {
      await giveUp({ records: expired, condition: 'RecordAgeExceeded', attempts, lastRequestId });
    }
    if (records.length > 0 && attempts > maxRetryAttempts) {
      await giveUp({ records, condition: 'RetryAttemptsExhausted', attempts, lastRequestId });
    }
    if (records.length === 0 || attempts > maxRetryAttempts) {
      pending = later;
      continue;
    }
    if (attempts > 0) await wait(backOffMs(attempts));
    const result = await invoke(records);
    if (isThrottled(result)) {
      throttles += 1;
      await wait(backOffMs(throttles));
      continue;
    }
    const done = countDone(records, result, mapping);
    const left = whatIsLeft({ ...next, records }, done, {
      bisects: bisectsOnError,
      lastRequestId: result.requestId,
    });
    pending = [...left, ...later];
  }
};
