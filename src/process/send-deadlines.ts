import type { DeadlineKind, DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import type { Deadline, ViewStore } from './views.ts';

const QUEUES = ['escrow', 'settlement', 'payments', 'poll'] as const;
export type DeadlineQueue = (typeof QUEUES)[number];

/** Which queue carries out a deadline. */
const OWNERS: Readonly<Record<DeadlineKind, DeadlineQueue>> = {
  payment_due: 'escrow',
  inspection_end: 'escrow',
  payout_confirmation: 'settlement',
  refund_confirmation: 'payments',
  dispute_escalation: 'escrow',
  dispute_decision: 'escrow',
  payout_retry: 'settlement',
  batch_cutoff: 'settlement',
  release_date: 'escrow',
  shipping_due: 'escrow',
  hold_warning: 'escrow',
  hold_forced: 'escrow',
  transfer_check: 'payments',
  evidence_near: 'escrow',
  evidence_due: 'escrow',
  carrier_silent: 'poll',
  delivery_stable: 'poll',
  subscription_due: 'poll',
};

/** One batch is what one send to a queue and one removal can carry. */
const BATCH_SIZE = 100;

export type SendDeadlinesPorts = {
  readonly views: Pick<ViewStore, 'dueDeadlines' | 'removeDeadlines'>;
  /** Sends all of the messages or throws; sending one twice does no harm. */
  readonly send: (queue: DeadlineQueue, messages: readonly DeadlinePassed[]) => Promise<void>;
  readonly now: () => Date;
  /** False when the function should stop and leave the rest to the next tick. */
  readonly hasTime: () => boolean;
};

/**
 * Sends a message for every deadline that has passed, then forgets the deadline. A crash between
 * the two sends it again. Answers how many were sent and how late the oldest was, in seconds.
 */
export async function sendDeadlines(
  ports: SendDeadlinesPorts,
): Promise<{ readonly sent: number; readonly oldestDelaySeconds: number }> {
  let sent = 0;
  let oldestDelaySeconds = 0;
  while (ports.hasTime()) {
    const at = ports.now().toISOString();
    const due = await ports.views.dueDeadlines({ at, limit: BATCH_SIZE });
    if (due.length === 0) break;
    for (const queue of QUEUES) {
      const messages = due.filter(({ deadline }) => OWNERS[deadline] === queue).map(toMessage);
      if (messages.length > 0) await ports.send(queue, messages);
    }
    await ports.views.removeDeadlines(due);
    sent += due.length;
    oldestDelaySeconds = Math.max(
      oldestDelaySeconds,
      ...due.map((deadline) => delaySeconds(deadline, at)),
    );
    // Fewer than were asked for are all there are: what falls due meanwhile waits for the next tick.
    if (due.length < BATCH_SIZE) break;
  }
  return { sent, oldestDelaySeconds };
}

const toMessage = (deadline: Deadline): DeadlinePassed => ({
  kind: 'deadline_passed',
  version: 1,
  ...deadline,
  messageId: `deadline#${deadline.deadline}#${deadline.subjectId}#${deadline.dueAt}`,
});

const delaySeconds = ({ dueAt }: Deadline, at: string): number =>
  Math.floor((Date.parse(at) - Date.parse(dueAt)) / 1_000);
