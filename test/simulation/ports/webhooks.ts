import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Sim } from '../engine/sim.ts';
import type { StripeLoggedEvent, WebhookDelivery } from '../world.ts';
import { isoOf, type TrackerReport, trackerObject } from './carrier-state.ts';
import type { Mutable } from './queue-state.ts';
import type { StripeEvent } from './stripe-state.ts';

export const STRIPE_WEBHOOK_SECRET = 'whsec_simulated';
export const EASYPOST_WEBHOOK_SECRET = 'simulated-secret';

/** A request as the provider sends it; header names in lower case. */
export type WebhookRequest = {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

export type Delivery = Mutable<WebhookDelivery> & { messageIds: string[] };

/** Runs the webhook function; calls back once with its status, or `none` where it died. */
export type ReceiveWebhook = (
  request: WebhookRequest,
  delivery: Delivery,
  done: (status: number | 'none') => void,
) => void;

export type Webhooks = {
  readonly deliveries: readonly WebhookDelivery[];
  /** Every event of Stripe's. */
  readonly log: readonly StripeLoggedEvent[];
  readonly fromStripe: (event: StripeEvent) => void;
  readonly fromCarrier: (report: TrackerReport) => void;
};

/** What is sent, until it is taken: signed anew each time. */
type Outgoing = {
  readonly provider: WebhookDelivery['provider'];
  readonly eventId: string;
  readonly eventType: string;
  readonly objectId: string;
  readonly body: string;
  readonly canBeLost: boolean;
  /** Stripe remembers which of its events were taken. */
  readonly logged: Mutable<StripeLoggedEvent> | null;
};

const SOON_MS = [20, 3_000] as const;
const LATE_MS = [10_000, 6 * 3_600_000] as const;
/** Seconds between one try and the next: both providers go on for a day at least. */
const RETRY_SECONDS = [60, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 36_000, 36_000];
const STALE_MS = 3_600_000;

export function createWebhooks(
  sim: Sim,
  receive: ReceiveWebhook,
  onEvent: () => void = () => {},
): Webhooks {
  const deliveries: Delivery[] = [];
  const log: Mutable<StripeLoggedEvent>[] = [];
  const blackout = drawBlackout(sim);
  let events = 0;
  let seconds = 0;

  const attempt = (outgoing: Outgoing, tries: number, forged: boolean): void => {
    const delivery = openDelivery(outgoing, { forged, atMs: sim.scheduler.nowMs() });
    deliveries.push(delivery);
    const request = forged ? forge(sim, outgoing) : sign(outgoing, sim.scheduler.nowMs());
    receive(request, delivery, (status) => {
      delivery.status = status;
      const isTaken = typeof status === 'number' && status < 300;
      if (isTaken && !forged && outgoing.logged !== null) outgoing.logged.isDelivered = true;
      const waitSeconds = RETRY_SECONDS[tries];
      if (isTaken || forged || waitSeconds === undefined) return;
      schedule(outgoing, { waitMs: waitSeconds * 1_000, tries: tries + 1 });
    });
  };

  const schedule = (
    outgoing: Outgoing,
    when: { readonly waitMs: number; readonly tries: number; readonly forged?: boolean },
  ): void =>
    sim.scheduler.at(sim.scheduler.nowMs() + when.waitMs, () =>
      sim.scheduler.add({
        task: outgoing.provider,
        kind: 'webhook.send',
        subject: `${outgoing.eventType} ${outgoing.objectId}`,
        run: () => {
          if (outgoing.logged !== null && blackout()) return 'lost, as all are';
          attempt(outgoing, when.tries, when.forged ?? false);
          return when.forged === true ? 'forged' : '';
        },
      }),
    );

  /** @param twin the same change under another event id, as Stripe sometimes tells it. */
  const send = (outgoing: Outgoing, twin?: () => Outgoing): void => {
    if (sim.strikes('webhookForged')) {
      schedule(outgoing, { waitMs: sim.random.between(...SOON_MS), tries: 0, forged: true });
    }
    if (outgoing.canBeLost && sim.strikes('webhookLost')) return;
    const copies = sim.strikes('webhookTwice') ? [outgoing, secondOf(outgoing, twin)] : [outgoing];
    for (const copy of copies) {
      const [low, high] = sim.strikes('webhookLate') ? LATE_MS : SOON_MS;
      schedule(copy, { waitMs: sim.random.between(low, high), tries: 0 });
    }
  };

  /** Every other time it is the same event again, else its twin. */
  const secondOf = (outgoing: Outgoing, twin: (() => Outgoing) | undefined): Outgoing => {
    seconds += 1;
    return twin === undefined || seconds % 2 === 0 ? outgoing : twin();
  };

  const nextEventId = (): string => {
    events += 1;
    return `evt_${events}`;
  };
  return {
    deliveries,
    log,
    fromStripe: (event) => {
      const atMs = sim.scheduler.nowMs();
      const told = () => {
        const { type, objectId } = event;
        const logged = { id: nextEventId(), type, objectId, createdAtMs: atMs, isDelivered: false };
        log.push(logged);
        return stripeOutgoing(logged);
      };
      send(told(), told);
      onEvent();
    },
    fromCarrier: (report) => send(carrierOutgoing(report, nextEventId())),
  };
}

const stripeOutgoing = (logged: Mutable<StripeLoggedEvent>): Outgoing => ({
  provider: 'stripe',
  eventId: logged.id,
  eventType: logged.type,
  objectId: logged.objectId,
  canBeLost: true,
  logged,
  body: JSON.stringify(stripeEventBody(logged)),
});

/** An event as Stripe words it. Of its content only the object's id counts. */
export const stripeEventBody = ({ id, type, objectId, createdAtMs }: StripeLoggedEvent) => ({
  id,
  object: 'event',
  type,
  livemode: false,
  created: Math.floor(createdAtMs / 1_000),
  data: { object: { id: objectId } },
});

const BLACKOUT_BEGINS_WITHIN_MS = [2 * 3_600_000, 6 * 24 * 3_600_000] as const;
const BLACKOUT_MS = 1_800_000;

/** For half an hour everything that Stripe sends is lost; true in it. */
function drawBlackout(sim: Sim): () => boolean {
  if (!sim.strikes('webhookBlackout')) return () => false;
  const fromMs = sim.startMs + sim.random.below(sim.random.pick(BLACKOUT_BEGINS_WITHIN_MS));
  return () => {
    const sinceMs = sim.scheduler.nowMs() - fromMs;
    return sim.faults().webhookBlackout > 0 && sinceMs >= 0 && sinceMs < BLACKOUT_MS;
  };
}

const carrierOutgoing = (report: TrackerReport, eventId: string): Outgoing => ({
  provider: 'easypost',
  eventId,
  eventType: report.description,
  objectId: report.label.trackerId,
  canBeLost: !report.isLast,
  logged: null,
  body: JSON.stringify({
    id: eventId,
    object: 'Event',
    description: report.description,
    created_at: isoOf(report.atMs),
    result: trackerObject(report),
  }),
});

const openDelivery = (
  { provider, eventId, eventType, objectId }: Outgoing,
  { forged, atMs }: { readonly forged: boolean; readonly atMs: number },
): Delivery => ({
  provider,
  eventId,
  eventType,
  objectId,
  forged,
  atMs,
  status: 'open',
  messageIds: [],
});

const keyOf = (secret: string): KeyObject => createSecretKey(secret, 'utf8');

/** Made once: making a key costs as much as signing with it. */
const GENUINE = {
  stripe: keyOf(STRIPE_WEBHOOK_SECRET),
  easypost: keyOf(EASYPOST_WEBHOOK_SECRET),
};
const FORGED = { stripe: keyOf('whsec_other'), easypost: keyOf('other') };

const hmac = (secret: KeyObject, text: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');

function sign(
  { provider, body }: Pick<Outgoing, 'provider' | 'body'>,
  atMs: number,
  secrets = GENUINE,
): WebhookRequest {
  const rawBody = Buffer.from(body, 'utf8');
  const seconds = Math.floor(atMs / 1_000);
  return provider === 'stripe'
    ? {
        rawBody,
        headers: {
          'stripe-signature': `t=${seconds},v1=${hmac(secrets.stripe, `${seconds}.${body}`)}`,
        },
      }
    : {
        rawBody,
        headers: { 'x-hmac-signature': `hmac-sha256-hex=${hmac(secrets.easypost, body)}` },
      };
}

/**
 * What someone sends who has seen webhooks: another secret, a body that says more than was signed,
 * or a genuine one of Stripe's from an hour ago.
 */
function forge(sim: Sim, { provider, body }: Outgoing): WebhookRequest {
  const nowMs = sim.scheduler.nowMs();
  const tampered = body.replaceAll('in_transit', 'delivered').replace('"id":"', '"id":"x');
  const ways: readonly (() => WebhookRequest)[] = [
    () => sign({ provider, body: tampered }, nowMs, FORGED),
    () => ({ ...sign({ provider, body }, nowMs), rawBody: Buffer.from(tampered, 'utf8') }),
    () => ({ rawBody: Buffer.from(tampered, 'utf8'), headers: {} }),
    ...(provider === 'stripe' ? [() => sign({ provider, body }, nowMs - STALE_MS)] : []),
  ];
  return sim.random.pick(ways)();
}
