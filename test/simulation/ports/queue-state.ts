import type { Sim } from '../engine/sim.ts';
import type { DeadLetter, MessageHistory, QueueName } from '../world.ts';
import { refused } from './aws-errors.ts';

export const QUEUE_NAMES: readonly QueueName[] = [
  'payments',
  'tracking',
  'conversion',
  'shipment',
  'escrow',
  'settlement',
  'projection',
  'poll',
  'reconciliation',
  'statements',
  'matching',
];

export const MAX_RECEIVE_COUNT = 10;
const VISIBILITY_MS = 180_000;
export const BATCH_LIMIT = 10;
const LATE_MS = [1_000, 120_000] as const;
/** A consumer that was switched off: longer than Stripe remembers an idempotency key. */
const DAY_OFF_MS = [24 * 3_600_000, 30 * 3_600_000] as const;
const HASTY_REDRIVE_MS = [60_000, 7_200_000] as const;

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A copy of a message on its queue. `receipt` counts up; an older receipt handle is stale. `hidings`
 * counts up too: only the last visibility timeout that was set for it shows it again.
 */
export type Copy = {
  readonly history: Mutable<MessageHistory>;
  /** True where the next release sent it: the old one can't read it. */
  readonly isNext: boolean;
  receiveCount: number;
  receipt: number;
  hidings: number;
  state: 'visible' | 'in_flight' | 'gone';
};

export type Received = {
  readonly copy: Copy;
  readonly receipt: number;
  readonly body: string;
  readonly receiveCount: number;
};

/** Gives a batch to the queue's worker. */
export type WorkBatch = (queue: QueueName, batch: readonly Received[]) => void;

export type Queue = { readonly name: QueueName; visible: Copy[]; isPolled: boolean };

export type QueueState = {
  readonly sim: Sim;
  readonly work: WorkBatch;
  readonly queues: ReadonlyMap<QueueName, Queue>;
  readonly messages: Map<string, Mutable<MessageHistory>>;
  readonly deadLetters: DeadLetter[];
  /** What a person has looked at and thrown away. */
  readonly deletedLetters: DeadLetter[];
  readonly copies: Map<string, number>;
  /** Told of every message that a task sends. */
  readonly senders: Map<string, (messageId: string) => void>;
  readonly counts: { sent: number; received: number };
};

/** Puts a message on a queue, under an id of its own; maybe twice, maybe late. */
export function enqueue(
  state: QueueState,
  message: {
    readonly queue: QueueName;
    readonly body: string;
    readonly by: string;
    readonly isNext: boolean;
  },
): string {
  const { sim, counts, messages } = state;
  const { queue, body, by, isNext } = message;
  counts.sent += 1;
  const messageId = `m${counts.sent}`;
  const history: Mutable<MessageHistory> = {
    messageId,
    queue,
    body,
    sentAtMs: sim.scheduler.nowMs(),
    sentBy: by,
    receives: 0,
    fate: 'waiting',
    redrivenAs: null,
    lastHandled: null,
  };
  messages.set(messageId, history);
  state.senders.get(by)?.(messageId);
  const copies = sim.strikes('duplicate') ? 2 : 1;
  state.copies.set(messageId, copies);
  for (let made = 0; made < copies; made += 1) {
    const copy: Copy = {
      history,
      isNext,
      receiveCount: 0,
      receipt: 0,
      hidings: 0,
      state: 'in_flight',
    };
    if (sim.strikes('lateMessage')) showLater(state, copy, sim.random.between(...LATE_MS));
    else show(state, copy);
  }
  return messageId;
}

/** The copy can be received again, unless it was acknowledged or received meanwhile. */
export function showLater(state: QueueState, copy: Copy, ms: number): void {
  const { sim } = state;
  copy.hidings += 1;
  const { hidings } = copy;
  const off = copy.receipt > 0 && sim.strikes('keyPruning') ? sim.random.between(...DAY_OFF_MS) : 0;
  sim.scheduler.at(sim.scheduler.nowMs() + ms + off, () => {
    if (copy.state === 'in_flight' && copy.hidings === hidings) show(state, copy);
  });
}

function show(state: QueueState, copy: Copy): void {
  const queue = queueOf(state, copy.history.queue);
  copy.state = 'visible';
  queue.visible.push(copy);
  poll(state, queue);
}

export function queueOf({ queues }: QueueState, name: QueueName): Queue {
  const queue = queues.get(name);
  if (queue === undefined) throw refused('QueueDoesNotExist');
  return queue;
}

function poll(state: QueueState, queue: Queue): void {
  if (queue.isPolled || queue.visible.length === 0) return;
  queue.isPolled = true;
  state.sim.scheduler.add({
    task: 'queues',
    kind: 'queue.receive',
    subject: queue.name,
    run: () => receive(state, queue),
  });
}

/** Any of the visible messages, up to ten, in any order. */
function receive(state: QueueState, queue: Queue): string {
  const { random } = state.sim;
  queue.isPolled = false;
  const size = Math.min(queue.visible.length, 1 + random.below(BATCH_LIMIT));
  const batch: Received[] = [];
  for (let taken = 0; taken < size; taken += 1) {
    const received = receiveOne(state, takeAny(queue, random.below(queue.visible.length)));
    if (received !== undefined) batch.push(received);
  }
  poll(state, queue);
  if (batch.length > 0) state.work(queue.name, batch);
  return batch.map(({ copy }) => copy.history.messageId).join(' ');
}

function takeAny(queue: Queue, index: number): Copy {
  const taken = queue.visible[index] as Copy;
  const last = queue.visible.pop() as Copy;
  if (index < queue.visible.length) queue.visible[index] = last;
  return taken;
}

/** Nothing where the copy was acknowledged while it was visible, or is given out once too often. */
function receiveOne(state: QueueState, copy: Copy): Received | undefined {
  if (copy.state === 'gone') return undefined;
  copy.receiveCount += 1;
  copy.receipt += 1;
  copy.state = 'in_flight';
  const { history, receiveCount, receipt } = copy;
  history.receives = Math.max(history.receives, receiveCount);
  const message: Received = { copy, receipt, receiveCount, body: history.body };
  if (receiveCount > MAX_RECEIVE_COUNT) {
    bury(state, { message, reasonCode: null, reason: null });
    copy.state = 'gone';
    return undefined;
  }
  state.counts.received += 1;
  showLater(state, copy, VISIBILITY_MS);
  return message;
}

/** Keeps a message on the dead-letter queue. A hasty operator may soon put it back. */
export function bury(
  state: QueueState,
  dead: {
    readonly message: Received;
    readonly reasonCode: string | null;
    readonly reason: string | null;
  },
): void {
  const { sim } = state;
  const { copy, receiveCount } = dead.message;
  const letter: DeadLetter = {
    messageId: copy.history.messageId,
    queue: copy.history.queue,
    body: copy.history.body,
    isNext: copy.isNext,
    reasonCode: dead.reasonCode,
    reason: dead.reason,
    receiveCount,
    deadAtMs: sim.scheduler.nowMs(),
  };
  copy.history.fate = 'dead_letter';
  state.deadLetters.push(letter);
  sim.changes().deadLetters.push(letter);
  if (!sim.strikes('redrive')) return;
  const off = sim.strikes('keyPruning') ? sim.random.between(...DAY_OFF_MS) : 0;
  const wait = sim.random.between(...HASTY_REDRIVE_MS) + off;
  sim.scheduler.at(sim.scheduler.nowMs() + wait, () => redrive(state, letter));
}

/** A person has looked at a dead letter, and there is nothing that a redrive could do. */
export function deleteLetter(state: QueueState, letter: DeadLetter): void {
  const index = state.deadLetters.indexOf(letter);
  const history = state.messages.get(letter.messageId);
  if (index === -1 || history === undefined) return;
  state.deletedLetters.push(...state.deadLetters.splice(index, 1));
  history.fate = 'deleted';
}

/** Puts a dead letter back on its queue, as a new message. Does nothing if it was already. */
export function redrive(state: QueueState, letter: DeadLetter): void {
  const index = state.deadLetters.indexOf(letter);
  if (index === -1) return;
  state.deadLetters.splice(index, 1);
  const { queue, body, isNext } = letter;
  const redrivenAs = enqueue(state, { queue, body, isNext, by: 'redrive' });
  const history = state.messages.get(letter.messageId);
  if (history === undefined) throw new Error(`${letter.messageId} was never sent.`);
  history.fate = 'redriven';
  history.redrivenAs = redrivenAs;
}
