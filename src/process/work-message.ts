import type * as z from 'zod/mini';
import { CodedError } from '../platform/errors.ts';
import { type Attempt, type Disposition, dispose } from './dispose.ts';
import type { Handled } from './handled.ts';

/** A message as its queue gave it out. `receiveCount` starts at 1. */
export type ReceivedMessage = {
  readonly body: string;
  readonly receiveCount: number;
};

/** What a worker may do to a message of its queue, besides acknowledging it. */
export type MessageQueue<M extends ReceivedMessage> = {
  /** Lets the message come again after so many seconds. */
  delay(message: M, seconds: number): Promise<void>;
  /** Keeps a copy with the reason where a person will look. */
  deadLetter(message: M, reason: { readonly code: string; readonly detail: string }): Promise<void>;
};

export type Work<M extends ReceivedMessage, T> = {
  readonly queue: MessageQueue<M>;
  readonly maxReceiveCount: number;
  readonly schema: z.ZodMiniType<T>;
  readonly consume: (message: T) => Promise<Handled>;
  /** Told what was decided, before it is done. */
  readonly observe: (message: M, attempt: Attempt, disposition: Disposition) => void;
};

/**
 * Tries one message and arranges what becomes of it: `acknowledge` when the queue may forget it,
 * `keep` when it is to come again. Throws only where the arrangement failed; then the queue must
 * keep the message, and SQS's own redrive stands behind.
 */
export async function workMessage<M extends ReceivedMessage, T>(
  work: Work<M, T>,
  message: M,
): Promise<'acknowledge' | 'keep'> {
  const attempt = await tryMessage(work, message.body);
  const disposition = dispose(attempt, {
    receiveCount: message.receiveCount,
    maxReceiveCount: work.maxReceiveCount,
  });
  work.observe(message, attempt, disposition);
  switch (disposition.kind) {
    case 'acknowledge':
      return 'acknowledge';
    case 'retry':
      await work.queue.delay(message, disposition.delaySeconds);
      return 'keep';
    case 'dead_letter':
      await work.queue.deadLetter(message, disposition);
      return 'acknowledge';
    default: {
      const unknownDisposition: never = disposition;
      return unknownDisposition;
    }
  }
}

async function tryMessage<M extends ReceivedMessage, T>(
  { schema, consume }: Work<M, T>,
  body: string,
): Promise<Attempt> {
  try {
    return { kind: 'handled', handled: await consume(parseMessage(schema, body)) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** @throws CodedError `message.unreadable`, not retryable: the text will not change. */
export function parseMessage<T>(schema: z.ZodMiniType<T>, body: string): T {
  const result = schema.safeParse(jsonOf(body));
  if (result.success) return result.data;
  const paths = result.error.issues.map(({ path }) => path.join('.') || '(root)');
  throw unreadable(`The message does not fit its schema at ${paths.slice(0, 5).join(', ')}.`);
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw unreadable('The message is not JSON.');
  }
}

const unreadable = (reason: string): CodedError =>
  new CodedError({ code: 'message.unreadable', message: reason, retryable: false });
