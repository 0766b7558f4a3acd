/**
 * What may go wrong, and how often: the chance per opportunity, from 0 to 1. An opportunity is one
 * call of a port for the faults of calls, one message or webhook for those of delivery.
 */
export type Faults = {
  /** A call takes seconds instead of milliseconds. */
  readonly delay: number;
  /** A function dies before or after one of its calls takes effect; it never continues. */
  readonly crash: number;
  /** A function reaches its time limit during one of its calls and is stopped; the effect may stand. */
  readonly timeout: number;
  /** A call fails before it takes effect. */
  readonly errorBefore: number;
  /** A call takes effect, and its caller gets an error. */
  readonly errorAfter: number;
  /** A conditional write takes effect and is answered as a conflict with itself (a retried put). */
  readonly selfConflict: number;
  /** A call is refused because there are too many. */
  readonly throttle: number;
  /** A call takes so long that its message comes again meanwhile; then its caller goes on. */
  readonly zombie: number;
  /** A queue gives a message out twice. */
  readonly duplicate: number;
  /** A message shows up late on its queue. */
  readonly lateMessage: number;
  /** A part of a batch is not accepted, or not deleted after it was worked off. */
  readonly partialBatch: number;
  /** The stream hands a batch over again that was routed with success. */
  readonly streamRepeat: number;
  /** A webhook is sent twice, late, or never. Stripe's second is now the same event, now a twin. */
  readonly webhookTwice: number;
  readonly webhookLate: number;
  readonly webhookLost: number;
  /** All of Stripe's webhooks are lost for half an hour; the chance is per world. */
  readonly webhookBlackout: number;
  /** A webhook is forged: tampered with, or signed with another secret or at another time. */
  readonly webhookForged: number;
  /** Stripe answers 500 and remembers that answer under the idempotency key, as it says it does. */
  readonly rememberedError: number;
  /** Stripe answers a change with 429 `lock_timeout`, or with 409: its key is in use. */
  readonly lockTimeout: number;
  readonly keyInUse: number;
  /** Stripe forgets a key after its 24 hours, and waits that long happen. */
  readonly keyPruning: number;
  /** Stripe's search or the carrier's look-up does not show yet what was just made. */
  readonly staleSearch: number;
  /** A balance transaction exists only a while after its charge. */
  readonly lateBalance: number;
  /** A service is down for minutes or hours; the chance is per service and world. */
  readonly outage: number;
  /** How much of the greatest clock skew a function's clock may show. */
  readonly clockSkew: number;
  /** A dead letter is put back on its queue at any time, by a hasty operator. */
  readonly redrive: number;
  /**
   * A release goes live while trades are under way; the chance is per world. For a while functions of
   * both run side by side: the new one writes versions that the old one can't read.
   */
  readonly deploy: number;
};

export type FaultName = keyof Faults;

export const FAULT_NAMES = [
  'delay',
  'crash',
  'timeout',
  'errorBefore',
  'errorAfter',
  'selfConflict',
  'throttle',
  'zombie',
  'duplicate',
  'lateMessage',
  'partialBatch',
  'streamRepeat',
  'webhookTwice',
  'webhookLate',
  'webhookLost',
  'webhookBlackout',
  'webhookForged',
  'rememberedError',
  'lockTimeout',
  'keyInUse',
  'keyPruning',
  'staleSearch',
  'lateBalance',
  'outage',
  'clockSkew',
  'redrive',
  'deploy',
] as const satisfies readonly FaultName[];

/** Nothing goes wrong; the order of things is still drawn. */
export const calm: Faults = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Faults;

/** A bad day: every fault at a rate that most trades meet several of. */
export const stormy: Faults = {
  delay: 0.02,
  crash: 0.01,
  timeout: 0.003,
  errorBefore: 0.01,
  errorAfter: 0.01,
  selfConflict: 0.01,
  throttle: 0.01,
  zombie: 0.004,
  duplicate: 0.08,
  lateMessage: 0.05,
  partialBatch: 0.03,
  streamRepeat: 0.03,
  webhookTwice: 0.15,
  webhookLate: 0.15,
  webhookLost: 0.1,
  webhookBlackout: 0.1,
  webhookForged: 0.03,
  rememberedError: 0.01,
  lockTimeout: 0.01,
  keyInUse: 0.01,
  keyPruning: 0.03,
  staleSearch: 0.1,
  lateBalance: 0.3,
  outage: 0.1,
  clockSkew: 1,
  redrive: 0.2,
  deploy: 0.3,
};

/** Every rate multiplied, at most 1. */
export const scaled = (faults: Faults, factor: number): Faults =>
  Object.fromEntries(
    FAULT_NAMES.map((name) => [name, Math.min(1, faults[name] * factor)]),
  ) as Faults;
