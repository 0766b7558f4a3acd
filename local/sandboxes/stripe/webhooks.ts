import {
  createDeliveryRunner,
  type Delivery,
  type DeliveryOptions,
  type Dispatch,
  type Parcel,
} from './webhook-delivery.ts';

type OfTypes = {
  /** The event types that are affected; all when left out. */
  types?: readonly string[] | undefined;
};

/** What goes wrong, on purpose, with the deliveries that start from now on. */
export type WebhookMode =
  | { mode: 'normal' }
  /** Each event is delivered twice, at once. */
  | ({ mode: 'duplicate' } & OfTypes)
  /** Each change is told twice, under two event ids, as Stripe sometimes does. */
  | ({ mode: 'twin' } & OfTypes)
  /** Deliveries are held, then released in reverse: by command, or once `count` are held. */
  | ({ mode: 'reorder'; count?: number | undefined } & OfTypes)
  | ({ mode: 'delay'; delayMs: number } & OfTypes)
  /** Nothing is sent and nothing retried: the event stays undelivered, to be found by asking. */
  | ({ mode: 'drop' } & OfTypes);

export type WebhookSender = {
  send(dispatch: Dispatch): void;
  /** Sends once more, whatever the mode; resolves when it is delivered or given up. */
  resend(dispatch: Dispatch): Promise<Delivery>;
  setMode(mode: WebhookMode): void;
  /** Whether an event of this type has a twin now. */
  hasTwin(type: string): boolean;
  /** Sends what is held, last first, each after the one before was answered. */
  release(): Promise<void>;
  deliveries(): readonly Delivery[];
  /** Resolves when nothing is on its way or waiting for a retry. What is held stays held. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export function createWebhookSender(options: DeliveryOptions): WebhookSender {
  const runner = createDeliveryRunner(options);
  const deliveries: Delivery[] = [];
  let mode: WebhookMode = { mode: 'normal' };
  let held: Parcel[] = [];

  const pack = (dispatch: Dispatch): Parcel => {
    const { eventId, type, target } = dispatch;
    const delivery: Delivery = {
      ...{ eventId, type, endpointId: target.id, url: target.url },
      ...{ state: 'waiting', attempts: [] },
    };
    deliveries.push(delivery);
    return { dispatch, delivery };
  };

  const release = (): Promise<void> => {
    const batch = held.reverse();
    held = [];
    const inTurn = async () => {
      for (const parcel of batch) await runner.start(parcel);
    };
    return runner.track(inTurn());
  };

  const hold = (parcel: Parcel, count: number | undefined) => {
    parcel.delivery.state = 'held';
    held.push(parcel);
    if (count !== undefined && held.length >= count) void release();
  };

  return {
    send(dispatch) {
      const parcel = pack(dispatch);
      const applied = covers(mode, dispatch.type) ? mode : normal;
      if (applied.mode === 'reorder') hold(parcel, applied.count);
      else if (applied.mode === 'drop') parcel.delivery.state = 'dropped';
      else void runner.start(parcel, applied.mode === 'delay' ? applied.delayMs : 0);
      if (applied.mode === 'duplicate') void runner.start(pack(dispatch));
    },
    release,
    resend: (dispatch) => runner.start(pack(dispatch)),
    setMode: (next) => {
      mode = next;
    },
    hasTwin: (type) => mode.mode === 'twin' && covers(mode, type),
    deliveries: () => deliveries,
    settled: runner.settled,
    stop: runner.stop,
  };
}

const normal: WebhookMode = { mode: 'normal' };

function covers(mode: WebhookMode, type: string): boolean {
  return mode.mode === 'normal' || mode.types === undefined || mode.types.includes(type);
}
