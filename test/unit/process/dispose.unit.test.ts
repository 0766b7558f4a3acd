import * as z from 'zod/mini';
import { CodedError } from '../../../src/platform/errors.ts';
import {
  type Attempt,
  type Disposition,
  dispose,
  retryDelaySeconds,
} from '../../../src/process/dispose.ts';
import { done, type Handled, ignored } from '../../../src/process/handled.ts';
import { type ReceivedMessage, workMessage } from '../../../src/process/work-message.ts';

const handled = (result: Handled): Attempt => ({ kind: 'handled', handled: result });
const failed = (error: unknown): Attempt => ({ kind: 'failed', error });
const reason = { code: 'a.code', detail: 'Why.' };
const passing = new CodedError({ code: 'stripe.down', message: 'Down.', retryable: true });
const final = new CodedError({ code: 'ledger.unbalanced', message: 'Off.', retryable: false });

describe('A message', () => {
  it.each<{ what: string; attempt: Attempt; first: string; last: string }>([
    { what: 'done', attempt: handled(done), first: 'acknowledge', last: 'acknowledge' },
    {
      what: 'none of ours',
      attempt: handled(ignored('x')),
      first: 'acknowledge',
      last: 'acknowledge',
    },
    {
      what: 'too early',
      attempt: handled({ kind: 'too_early', ...reason }),
      first: 'retry',
      last: 'dead_letter',
    },
    {
      what: 'rejected',
      attempt: handled({ kind: 'rejected', ...reason }),
      first: 'dead_letter',
      last: 'dead_letter',
    },
    {
      what: 'met by a passing failure',
      attempt: failed(passing),
      first: 'retry',
      last: 'dead_letter',
    },
    { what: 'met by a defect', attempt: failed(final), first: 'dead_letter', last: 'dead_letter' },
    {
      what: 'met by something unknown',
      attempt: failed(new TypeError('secret')),
      first: 'retry',
      last: 'dead_letter',
    },
  ])('that is $what: $first, and $last at the last try', ({ attempt, first, last }) => {
    const limits = (receiveCount: number) => ({ receiveCount, maxReceiveCount: 10 });
    expect(dispose(attempt, limits(1)).kind).toBe(first);
    expect(dispose(attempt, limits(9)).kind).toBe(first);
    expect(dispose(attempt, limits(10)).kind).toBe(last);
  });

  it('takes its reason along, without whatever an unknown error may say', () => {
    const limits = { receiveCount: 10, maxReceiveCount: 10 };
    expect(dispose(failed(final), limits)).toMatchObject({
      code: 'ledger.unbalanced',
      detail: 'Off.',
    });
    expect(dispose(failed(new TypeError('Katrin Vogel')), limits)).toEqual({
      kind: 'dead_letter',
      code: 'unexpected',
      detail: 'Unexpected TypeError; see the log.',
    });
  });

  it('waits a moment at first and a quarter of an hour at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(retryDelaySeconds)).toEqual([
      1, 3, 9, 27, 81, 243, 729, 900, 900,
    ]);
  });
});

describe('Working a message', () => {
  const schema = z.strictObject({ kind: z.literal('greeting') });

  async function work(
    body: string,
    options: { consume?: () => Promise<Handled>; receiveCount?: number; queueFails?: boolean } = {},
  ) {
    const calls: string[] = [];
    const dispositions: Disposition['kind'][] = [];
    const call = async (name: string): Promise<void> => {
      if (options.queueFails === true) throw new Error('The queue did not answer.');
      calls.push(name);
    };
    const message: ReceivedMessage = { body, receiveCount: options.receiveCount ?? 1 };
    const fate = await workMessage(
      {
        queue: {
          delay: (_, seconds) => call(`delay ${seconds}`),
          deadLetter: (_, { code }) => call(`dead letter ${code}`),
        },
        maxReceiveCount: 3,
        schema,
        consume: options.consume ?? (async () => done),
        observe: (_, __, disposition) => dispositions.push(disposition.kind),
      },
      message,
    );
    return { fate, calls, dispositions };
  }

  const greeting = JSON.stringify({ kind: 'greeting' });
  const early = async (): Promise<Handled> => ({ kind: 'too_early', ...reason });

  it.each([
    { what: 'done', result: work(greeting), fate: 'acknowledge', calls: [] },
    {
      what: 'early',
      result: work(greeting, { consume: early, receiveCount: 2 }),
      fate: 'keep',
      calls: ['delay 3'],
    },
    {
      what: 'early once too often',
      result: work(greeting, { consume: early, receiveCount: 3 }),
      fate: 'acknowledge',
      calls: ['dead letter a.code'],
    },
    {
      what: 'not JSON',
      result: work('{'),
      fate: 'acknowledge',
      calls: ['dead letter message.unreadable'],
    },
    {
      what: 'of an unknown shape',
      result: work('{"kind":"greeting","x":1}'),
      fate: 'acknowledge',
      calls: ['dead letter message.unreadable'],
    },
  ])('that is $what leads to $fate', async ({ result, fate, calls }) => {
    expect(await result).toMatchObject({ fate, calls });
  });

  it('throws where its fate could not be arranged, so that the queue keeps it', async () => {
    await expect(work('{', { queueFails: true })).rejects.toThrow('did not answer');
  });
});
