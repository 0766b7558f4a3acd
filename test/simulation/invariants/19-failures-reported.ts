import type { MessageHistory } from '../world.ts';
import { invariant } from './invariant.ts';
import { tradeOfBody } from './support/messages.ts';

/**
 * Of a batch, exactly what failed is reported as failed: no message is deleted that was not done, or
 * set aside with its reason.
 */
export const failuresReported = invariant({
  name: '19-failures-reported',
  number: 19,
  when: 'rest',
  find: (world, report) => {
    for (const message of world.messages.values()) {
      const mistake = mistakeWith(message);
      if (mistake === undefined) continue;
      const { messageId, queue, body } = message;
      report(tradeOfBody(world, body), `${messageId} of ${queue} was deleted: ${mistake}`);
    }
  },
});

function mistakeWith({ fate, lastHandled }: MessageHistory): string | undefined {
  if (fate !== 'acknowledged') return undefined;
  if (lastHandled === null) return 'nobody has handled it';
  const { kind, disposition, code } = lastHandled;
  const isDone = kind === 'done' || kind === 'ignored';
  return disposition === 'acknowledge' && !isDone ? `${kind} (${code})` : undefined;
}
