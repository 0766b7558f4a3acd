import { throttledError } from '../../../local/runtime/invocation.ts';
import type { StreamMapping } from '../../../local/runtime/model.ts';
import {
  type GivenUp,
  handleStreamBatch,
  type OrderedRecord,
} from '../../../local/runtime/stream-batch.ts';

type Answer = { failed?: string; thrown?: boolean; throttled?: boolean; malformed?: boolean };

const mapping: StreamMapping = {
  logicalId: 'Mapping',
  functionName: 'router',
  sourceArn: 'arn',
  batchSize: 10,
  batchingWindowSeconds: 0,
  reportsBatchItemFailures: true,
  startingPosition: 'TRIM_HORIZON',
  bisectsOnError: false,
};

const failure = { errorType: 'Error', errorMessage: 'thrown', trace: [] };

const resultOf = ({ failed, thrown, throttled, malformed }: Answer) => {
  if (thrown) return { ok: false as const, requestId: 'request', ...failure };
  if (throttled) return { ok: false as const, requestId: 'request', ...throttledError('busy') };
  const batchItemFailures = failed === undefined ? [] : [{ itemIdentifier: failed }];
  const payload = malformed ? { batchItemFailures: 'all' } : { batchItemFailures };
  return { ok: true as const, requestId: 'request', payload };
};

/** Handles records named by their sequence numbers, with a function that answers by what it gets. */
const handle = async (
  sequenceNumbers: string,
  settings: Partial<StreamMapping>,
  answer: (batch: string, call: number) => Answer,
  createdAtMs = 1_000_000,
) => {
  const invoked: string[] = [];
  const givenUp: string[] = [];
  const waits: number[] = [];
  const nameOf = (records: readonly OrderedRecord[]) =>
    records.map(({ sequenceNumber }) => sequenceNumber).join('');
  await handleStreamBatch(
    [...sequenceNumbers].map((sequenceNumber) => ({ sequenceNumber, createdAtMs })),
    {
      mapping: { ...mapping, ...settings },
      invoke: async (records) => {
        invoked.push(nameOf(records));
        return resultOf(answer(nameOf(records), invoked.length));
      },
      giveUp: async ({ records, condition, attempts }: GivenUp<OrderedRecord>) => {
        givenUp.push(`${nameOf(records)} ${condition} ${attempts}`);
      },
      wait: async (ms) => {
        waits.push(ms);
      },
      isStopped: () => invoked.length > 50,
      now: () => 1_000_000,
    },
  );
  return { invoked, givenUp, waits };
};

describe('a batch of a stream', () => {
  it('that succeeds is handled once', async () => {
    expect(await handle('1234', {}, () => ({}))).toEqual({
      invoked: ['1234'],
      givenUp: [],
      waits: [],
    });
  });

  it('that fails whole is retried whole, ever slower, until it succeeds', async () => {
    const { invoked, waits } = await handle('123', {}, (_, call) => ({ thrown: call < 4 }));
    expect(invoked).toEqual(['123', '123', '123', '123']);
    expect(waits).toEqual([50, 100, 200]);
  });

  it('that fails in part is retried from the first record that failed', async () => {
    const { invoked } = await handle('1234', {}, (batch) =>
      batch === '1234' ? { failed: '3' } : {},
    );
    expect(invoked).toEqual(['1234', '34']);
  });

  it('is given up after as many retries as the mapping allows', async () => {
    const { invoked, givenUp } = await handle('12', { maxRetryAttempts: 2 }, () => ({
      thrown: true,
    }));
    expect(invoked).toEqual(['12', '12', '12']);
    expect(givenUp).toEqual(['12 RetryAttemptsExhausted 3']);
  });

  it('fails whole when its response is malformed', async () => {
    const { givenUp } = await handle('12', { maxRetryAttempts: 0 }, () => ({ malformed: true }));
    expect(givenUp).toEqual(['12 RetryAttemptsExhausted 1']);
  });

  it('that is throttled is tried again without being counted', async () => {
    const { invoked, givenUp } = await handle('1', { maxRetryAttempts: 0 }, (_, call) => ({
      throttled: call < 4,
    }));
    expect(invoked).toHaveLength(4);
    expect(givenUp).toEqual([]);
  });

  it('ignores the response where the mapping does not ask for it', async () => {
    const { invoked } = await handle('12', { reportsBatchItemFailures: false }, () => ({
      failed: '1',
    }));
    expect(invoked).toEqual(['12']);
  });
});

describe('a batch that is bisected', () => {
  const settings = { bisectsOnError: true, maxRetryAttempts: 1 };

  it('gives up the one record that fails, and handles the others in order', async () => {
    const { invoked, givenUp } = await handle('12345678', settings, (batch) => ({
      thrown: batch.includes('6'),
    }));
    expect(invoked).toEqual(['12345678', '1234', '5678', '56', '5', '6', '6', '78']);
    expect(givenUp).toEqual(['6 RetryAttemptsExhausted 2']);
  });

  it('is bisected at the record that the function names', async () => {
    const { invoked, givenUp } = await handle('1234', settings, (batch) =>
      batch.includes('3') ? { failed: '3' } : {},
    );
    expect(invoked).toEqual(['1234', '34', '3', '3', '4']);
    expect(givenUp).toEqual(['3 RetryAttemptsExhausted 2']);
  });
});

describe('a record that is too old', () => {
  it('is given up without being tried', async () => {
    const { invoked, givenUp } = await handle('12', { maxRecordAgeSeconds: 60 }, () => ({}), 0);
    expect(invoked).toEqual([]);
    expect(givenUp).toEqual(['12 RecordAgeExceeded 0']);
  });
});
