import { setTimeout as wait } from 'node:timers/promises';
import { signatureHeader } from './signature.ts';

/** Where events go, with what a delivery needs and the API does not show. */
export type WebhookTarget = {
  id: string;
  url: string;
  secrets: readonly string[];
  connect: boolean;
  events: readonly string[];
  apiVersion: string;
  payload: 'snapshot' | 'thin';
};

/** One event for one target: the same bytes on every attempt, signed anew each time. */
export type Dispatch = { eventId: string; type: string; payload: string; target: WebhookTarget };

export type Attempt = { at: string; status: number | null; error: string | null };

export type Delivery = {
  eventId: string;
  type: string;
  endpointId: string;
  url: string;
  state: 'waiting' | 'held' | 'dropped' | 'delivered' | 'failed';
  attempts: Attempt[];
};

/** A delivery's record together with what is to be sent. */
export type Parcel = { dispatch: Dispatch; delivery: Delivery };

export type DeliveryRunner = {
  /** Delivers, with retries; resolves when it is delivered or given up. */
  start(parcel: Parcel, delayMs?: number): Promise<Delivery>;
  /** Counts other work as on its way, for `settled` and `stop`. */
  track<Result>(run: Promise<Result>): Promise<Result>;
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type DeliveryOptions = {
  clock: () => Date;
  /** The waits before each retry. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  onDelivered: (delivery: Delivery) => void;
};

/** Posts parcels, each on its own, until an endpoint answers 2xx or the retries are used up. */
export function createDeliveryRunner(options: DeliveryOptions): DeliveryRunner {
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();

  const attempt = async (dispatch: Dispatch): Promise<Attempt> => {
    const at = options.clock();
    const outcome = await post(dispatch, {
      timestampSeconds: Math.floor(at.getTime() / 1000),
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(options.timeoutMs)]),
    });
    return { at: at.toISOString(), ...outcome };
  };

  const deliver = async ({ dispatch, delivery }: Parcel, delayMs: number): Promise<Delivery> => {
    for (const waitMs of [delayMs, ...options.retryDelaysMs]) {
      if (waitMs > 0) await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return delivery;
      const result = await attempt(dispatch);
      delivery.attempts.push(result);
      if (result.status !== null && result.status >= 200 && result.status < 300) {
        delivery.state = 'delivered';
        options.onDelivered(delivery);
        return delivery;
      }
    }
    delivery.state = 'failed';
    return delivery;
  };

  const track = <Result>(run: Promise<Result>): Promise<Result> => {
    running.add(run);
    return run.finally(() => running.delete(run));
  };

  return {
    track,
    start(parcel, delayMs = 0) {
      parcel.delivery.state = 'waiting';
      return track(deliver(parcel, delayMs));
    },
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

async function post(
  dispatch: Dispatch,
  options: { timestampSeconds: number; signal: AbortSignal },
): Promise<{ status: number | null; error: string | null }> {
  const { target, payload } = dispatch;
  const { timestampSeconds, signal } = options;
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      // A redirect counts as a failure at Stripe, so it is not followed.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureHeader({ payload, timestampSeconds, secrets: target.secrets }),
      },
      body: payload,
      signal,
    });
    await response.arrayBuffer();
    return { status: response.status, error: null };
  } catch (error) {
    return { status: null, error: causeOf(error) };
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
