import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** What goes wrong, on purpose, with the deliveries that start from now on. */
export type WebhookMode =
  | { mode: 'normal' }
  /** Each event is delivered twice, at once. */
  | { mode: 'duplicate' }
  /** Deliveries are held, then released in reverse: by command, or once `count` are held. */
  | { mode: 'reorder'; count?: number }
  | { mode: 'delay'; delayMs: number }
  /** Nothing is sent and nothing retried: the event is only found by asking. */
  | { mode: 'drop' };

export const webhookModes = ['normal', 'duplicate', 'reorder', 'delay', 'drop'] as const;

export type WebhookTarget = { url: string; secret: string; headers: Record<string, string> };

/** One event for one target: the same bytes on every attempt. */
export type Dispatch = { eventId: string; payload: string; target: WebhookTarget };

export type Delivery = {
  eventId: string;
  url: string;
  state: 'waiting' | 'held' | 'dropped' | 'delivered' | 'failed';
  /** The status of each answer; null where there was none. */
  attempts: (number | null)[];
};

export type WebhookSender = {
  send(dispatch: Dispatch): void;
  setMode(mode: WebhookMode): void;
  /** Sends what is held, last first, each after the one before was answered. */
  release(): Promise<void>;
  deliveries(): readonly Delivery[];
  /** Resolves when nothing is on its way or waiting for a retry. What is held stays held. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

type Run = { dispatch: Dispatch; delivery: Delivery };

/**
 * EasyPost's `X-Hmac-Signature` over exactly these bytes.
 */
export const signatureHeader = (payload: string, secret: string): string =>
  `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(payload).digest('hex')}`;

/**
 * JSON as EasyPost writes it: weights are floats there and keep their `.0`, which is what its SDK
 * counts on when it verifies.
 */
export const toPayload = (event: object): string =>
  JSON.stringify(event).replace(/("weight":\s*)(\d+)(?=[,}])/g, '$1$2.0');

export function createWebhookSender(options: {
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  onDelivered: (delivery: Delivery) => void;
}): WebhookSender {
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  const deliveries: Delivery[] = [];
  let mode: WebhookMode = { mode: 'normal' };
  let held: Run[] = [];

  const deliver = async ({ dispatch, delivery }: Run, delayMs: number): Promise<void> => {
    for (const waitMs of [delayMs, ...options.retryDelaysMs]) {
      if (waitMs > 0) await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      const status = await post(dispatch, options.timeoutMs, stopping.signal);
      delivery.attempts.push(status);
      if (status !== null && status >= 200 && status < 300) {
        delivery.state = 'delivered';
        options.onDelivered(delivery);
        return;
      }
    }
    delivery.state = 'failed';
  };

  const track = (run: Promise<void>): Promise<void> => {
    running.add(run);
    return run.finally(() => running.delete(run));
  };

  const start = (run: Run, delayMs = 0): Promise<void> => {
    run.delivery.state = 'waiting';
    return track(deliver(run, delayMs));
  };

  const record = (dispatch: Dispatch): Run => {
    const { eventId, target } = dispatch;
    const delivery: Delivery = { eventId, url: target.url, state: 'waiting', attempts: [] };
    deliveries.push(delivery);
    return { dispatch, delivery };
  };

  const release = (): Promise<void> => {
    const batch = held.reverse();
    held = [];
    const inTurn = async () => {
      for (const run of batch) await start(run);
    };
    return track(inTurn());
  };

  const hold = (run: Run, count: number | undefined): void => {
    run.delivery.state = 'held';
    held.push(run);
    if (count !== undefined && held.length >= count) void release();
  };

  const send = (dispatch: Dispatch): void => {
    const run = record(dispatch);
    if (mode.mode === 'reorder') hold(run, mode.count);
    else if (mode.mode === 'drop') run.delivery.state = 'dropped';
    else void start(run, mode.mode === 'delay' ? mode.delayMs : 0);
    if (mode.mode === 'duplicate') void start(record(dispatch));
  };

  return {
    send,
    release,
    setMode: (next) => {
      mode = next;
    },
    deliveries: () => deliveries,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Waits, and returns early rather than fails when the sandbox stops. */
async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await wait(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** The status of the answer; null where there was none in time, which is retried like a 5xx. */
async function post(
  { payload, target }: Dispatch,
  timeoutMs: number,
  stopping: AbortSignal,
): Promise<number | null> {
  const request = fetch(target.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'EasyPost Webhook Sandbox',
      ...target.headers,
      'x-hmac-signature': signatureHeader(payload, target.secret),
    },
    body: payload,
    signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
  });
  return request.then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => null,
  );
}
