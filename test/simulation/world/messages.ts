import type { TradelaneRecord } from '../../../events/event-record.v1.ts';

/** The queues that workers consume. */
export type QueueName =
  | 'payments'
  | 'tracking'
  | 'conversion'
  | 'shipment'
  | 'escrow'
  | 'settlement'
  | 'projection'
  | 'poll'
  | 'reconciliation'
  | 'statements'
  | 'matching';

/**
 * One message, from when it was sent until its queue forgot it. A copy that the queue gave out twice
 * shares its history. `fate` is `waiting` until every copy is acknowledged or dead; a dead letter
 * that was put back is `redriven`, and `redrivenAs` names the message it became; one that a person has looked
 * at and thrown away is `deleted`.
 */
export type MessageHistory = {
  readonly messageId: string;
  readonly queue: QueueName;
  readonly body: string;
  readonly sentAtMs: number;
  /** The task that sent it, such as `router/41`, or `redrive`. */
  readonly sentBy: string;
  /** The most often that any copy was received since it was sent. */
  readonly receives: number;
  readonly fate: 'waiting' | 'acknowledged' | 'dead_letter' | 'redriven' | 'deleted';
  readonly redrivenAs: string | null;
  /** What its worker last made of it, as `observe` was told. Null before the first. */
  readonly lastHandled: MessageHandled | null;
};

export type MessageHandled = {
  /** The kind of what was handled, or `failed` where the consumer threw. */
  readonly kind: 'done' | 'ignored' | 'too_early' | 'rejected' | 'failed';
  readonly code: string | null;
  readonly disposition: 'acknowledge' | 'retry' | 'dead_letter';
};

/** A message on a dead-letter queue. `reasonCode` is null where SQS itself moved it. */
export type DeadLetter = {
  readonly messageId: string;
  readonly queue: QueueName;
  /** In the version of this release, whichever sent it. */
  readonly body: string;
  readonly isNext: boolean;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly receiveCount: number;
  readonly deadAtMs: number;
};

/** Records that the stream gave up to route; an operator replays them. */
export type RouterDeadLetter = {
  readonly records: readonly TradelaneRecord[];
  readonly deadAtMs: number;
};

/** One delivery attempt of a webhook, and what came of it. */
export type WebhookDelivery = {
  readonly provider: 'stripe' | 'easypost';
  readonly eventId: string;
  readonly eventType: string;
  readonly objectId: string;
  /** True where the body was tampered with, or signed with another secret or at another time. */
  readonly forged: boolean;
  readonly atMs: number;
  /** The HTTP status, or `none` where the function died before it answered; `open` until then. */
  readonly status: number | 'none' | 'open';
  /** Messages that the delivery put on a queue; more than one where a send was repeated. */
  readonly messageIds: readonly string[];
};

/** One request of the marketplace to the API, and its answer. */
export type ApiCall = {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly tradeId: string;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly atMs: number;
  readonly status: number | 'none' | 'open';
  readonly code: string | null;
};
