import type { SQSClient } from '@aws-sdk/client-sqs';
import { REASON_MAX_LENGTH } from '../../../src/adapters/sqs/message-queue.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import type { DeadLetter, MessageHandled, MessageHistory, QueueName } from '../world.ts';
import { AWS_WRITE, refused } from './aws-errors.ts';
import {
  BATCH_LIMIT,
  bury,
  deleteLetter,
  enqueue,
  QUEUE_NAMES,
  type QueueState,
  queueOf,
  type Received,
  redrive,
  showLater,
  type WorkBatch,
} from './queue-state.ts';

export type Queues = {
  /** A client that answers `SendMessageBatch`, as `sendAll` uses it. */
  readonly clientFor: (task: Task) => SQSClient;
  readonly delay: (task: Task, message: Received, seconds: number) => Promise<void>;
  readonly deadLetter: (
    task: Task,
    message: Received,
    reason: { readonly code: string; readonly detail: string },
  ) => Promise<void>;
  /** The mapping deletes what a batch is done with; some of it may fail to be deleted. */
  readonly acknowledge: (queue: QueueName, messages: readonly Received[]) => void;
  readonly handled: (message: Received, handled: MessageHandled) => void;
  readonly redrive: (letter: DeadLetter) => void;
  readonly deleteLetter: (letter: DeadLetter) => void;
  readonly onSentBy: (taskName: string, listener: (messageId: string) => void) => void;
  readonly messages: ReadonlyMap<string, MessageHistory>;
  readonly deadLetters: readonly DeadLetter[];
  readonly deletedLetters: readonly DeadLetter[];
  readonly counts: { sent: number; received: number };
};

export function createQueues(sim: Sim, work: WorkBatch): Queues {
  const state: QueueState = {
    sim,
    work,
    queues: new Map(QUEUE_NAMES.map((name) => [name, { name, visible: [], isPolled: false }])),
    messages: new Map(),
    deadLetters: [],
    deletedLetters: [],
    copies: new Map(),
    senders: new Map(),
    counts: { sent: 0, received: 0 },
  };
  return {
    messages: state.messages,
    deadLetters: state.deadLetters,
    deletedLetters: state.deletedLetters,
    counts: state.counts,
    clientFor: (task) =>
      ({
        send: (command: SendCommand) => sendBatch(state, { task, command }),
      }) as unknown as SQSClient,
    delay: (task, message, seconds) => changeVisibility(state, { task, message, seconds }),
    deadLetter: (task, message, reason) =>
      sim.calls.call(task, {
        kind: 'queue.dead_letter',
        subject: `${message.copy.history.queue} ${message.copy.history.messageId} ${reason.code}`,
        faults: AWS_WRITE,
        effect: () =>
          bury(state, {
            message,
            reasonCode: reason.code,
            reason: reason.detail.slice(0, REASON_MAX_LENGTH),
          }),
      }),
    acknowledge: (queue, done) => acknowledge(state, { queue, done }),
    handled: ({ copy }, handled) => {
      copy.history.lastHandled = handled;
    },
    redrive: (letter) => redrive(state, letter),
    deleteLetter: (letter) => deleteLetter(state, letter),
    onSentBy: (taskName, listener) => {
      state.senders.set(taskName, listener);
    },
  };
}

type SendCommand = {
  readonly input: {
    readonly QueueUrl: QueueName;
    readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
  };
};

function sendBatch(
  state: QueueState,
  { task, command }: { readonly task: Task; readonly command: SendCommand },
): Promise<{ readonly Failed: readonly { readonly Id: string; readonly Code: string }[] }> {
  const { QueueUrl: queue, Entries: entries } = command.input;
  return state.sim.calls.call(task, {
    kind: 'queue.send',
    subject: `${queue} ${entries.length}`,
    faults: AWS_WRITE,
    effect: () => {
      queueOf(state, queue);
      if (entries.length === 0) throw refused('EmptyBatchRequest');
      if (entries.length > BATCH_LIMIT) throw refused('TooManyEntriesInBatchRequest');
      const isPartial = state.sim.strikes('partialBatch');
      const failed = entries.filter(() => isPartial && state.sim.random.chance(0.5));
      for (const entry of entries) {
        if (failed.includes(entry)) continue;
        const { isNext, name } = task;
        enqueue(state, { queue, body: entry.MessageBody, by: name, isNext });
      }
      return { Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError' })) };
    },
  });
}

function changeVisibility(
  state: QueueState,
  options: { readonly task: Task; readonly message: Received; readonly seconds: number },
): Promise<void> {
  const { task, message, seconds } = options;
  const { copy, receipt } = message;
  return state.sim.calls.call(task, {
    kind: 'queue.delay',
    subject: `${copy.history.queue} ${copy.history.messageId} ${seconds} s`,
    faults: AWS_WRITE,
    effect: () => {
      if (copy.state !== 'in_flight' || copy.receipt !== receipt) {
        throw refused('MessageNotInflight');
      }
      showLater(state, copy, seconds * 1_000);
    },
  });
}

/**
 * A stale receipt handle, or one whose visibility has run out, deletes the message or does not, as
 * SQS says.
 */
function acknowledge(
  { sim, copies }: QueueState,
  { queue, done }: { readonly queue: QueueName; readonly done: readonly Received[] },
): void {
  if (done.length === 0) return;
  const deleteOne = ({ copy, receipt }: Received): void => {
    if (copy.state === 'gone' || sim.strikes('partialBatch')) return;
    const isLate = copy.receipt !== receipt || copy.state === 'visible';
    if (isLate && sim.random.chance(0.5)) return;
    copy.state = 'gone';
    const { history } = copy;
    const left = (copies.get(history.messageId) ?? 1) - 1;
    copies.set(history.messageId, left);
    if (left === 0 && history.fate === 'waiting') history.fate = 'acknowledged';
  };
  sim.scheduler.add({
    task: 'queues',
    kind: 'queue.delete',
    subject: `${queue} ${done.map(({ copy }) => copy.history.messageId).join(' ')}`,
    run: () => {
      done.forEach(deleteOne);
      return '';
    },
  });
}
