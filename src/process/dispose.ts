import { isCodedError } from '../platform/errors.ts';
import type { Handled } from './handled.ts';

/** What happens to a message on its queue. */
export type Disposition =
  | { readonly kind: 'acknowledge' }
  | {
      readonly kind: 'retry';
      readonly delaySeconds: number;
      readonly code: string;
      readonly detail: string;
    }
  | { readonly kind: 'dead_letter'; readonly code: string; readonly detail: string };

/** What came of trying a message: an answer, or an error that was thrown. */
export type Attempt =
  | { readonly kind: 'handled'; readonly handled: Handled }
  | { readonly kind: 'failed'; readonly error: unknown };

const MAX_DELAY_SECONDS = 900;
const DELAY_BASE = 3;

/** 1, 3, 9, 27 … seconds, at most 15 minutes: a message that is early waits a moment, an outage longer. */
export const retryDelaySeconds = (receiveCount: number): number =>
  Math.min(MAX_DELAY_SECONDS, DELAY_BASE ** Math.max(0, receiveCount - 1));

/**
 * Decides what becomes of a message after its `receiveCount`th try. Nothing is dropped: what can't
 * be handled, now or at the last try, goes to the dead-letter queue with its reason.
 */
export function dispose(
  attempt: Attempt,
  {
    receiveCount,
    maxReceiveCount,
  }: { readonly receiveCount: number; readonly maxReceiveCount: number },
): Disposition {
  if (attempt.kind === 'handled') {
    const { handled } = attempt;
    if (handled.kind === 'done' || handled.kind === 'ignored') return { kind: 'acknowledge' };
    const { code, detail } = handled;
    return handled.kind === 'rejected'
      ? { kind: 'dead_letter', code, detail }
      : retryOrGiveUp({ code, detail }, { receiveCount, maxReceiveCount });
  }
  const { code, detail, retryable } = reasonOf(attempt.error);
  return retryable
    ? retryOrGiveUp({ code, detail }, { receiveCount, maxReceiveCount })
    : { kind: 'dead_letter', code, detail };
}

const retryOrGiveUp = (
  reason: { readonly code: string; readonly detail: string },
  {
    receiveCount,
    maxReceiveCount,
  }: { readonly receiveCount: number; readonly maxReceiveCount: number },
): Disposition =>
  receiveCount >= maxReceiveCount
    ? { kind: 'dead_letter', ...reason }
    : { kind: 'retry', delaySeconds: retryDelaySeconds(receiveCount), ...reason };

/** An error of unknown origin may pass; its message is left out, since anything may stand in it. */
function reasonOf(error: unknown): {
  readonly code: string;
  readonly detail: string;
  readonly retryable: boolean;
} {
  if (isCodedError(error))
    return { code: error.code, detail: error.message, retryable: error.retryable };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'unexpected', detail: `Unexpected ${name}; see the log.`, retryable: true };
}
