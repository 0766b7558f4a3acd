import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { StripeEventReceived } from '../../../events/messages/stripe-event-received.v1.ts';
import type { TrackingReceived } from '../../../events/messages/tracking-received.v1.ts';
import type { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import { toJson } from '../../../src/platform/json.ts';
import { ConversionMessage, consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumeEscrow, EscrowMessage } from '../../../src/process/consume-escrow.ts';
import { consumePayments, PaymentsMessage } from '../../../src/process/consume-payments.ts';
import { consumePolls, PollMessage } from '../../../src/process/consume-polls.ts';
import { consumeProjection, ProjectionMessage } from '../../../src/process/consume-projection.ts';
import { consumeSettlement, SettlementMessage } from '../../../src/process/consume-settlement.ts';
import { consumeShipment, ShipmentMessage } from '../../../src/process/consume-shipment.ts';
import { consumeTracking, TrackingMessage } from '../../../src/process/consume-tracking.ts';
import { routeRecord } from '../../../src/process/routes.ts';
import { sendDeadlines } from '../../../src/process/send-deadlines.ts';
import { type Work, workMessage } from '../../../src/process/work-message.ts';
import { story } from '../../support/builders.ts';
import { type Office, office } from './office.ts';

type Letter = { readonly queue: string; readonly body: string; readonly receiveCount: number };

/** How the post treats what it carries. Each choice is asked for again and again. */
export type Manners = {
  /** Which of the waiting letters goes next. */
  readonly pick: (waiting: number) => number;
  /** True to deliver a letter once more after it was taken. */
  readonly repeats: () => boolean;
  /** True to let the store's next append take effect and fail. */
  readonly failsAfterAppend?: () => boolean;
};

const MOST_TRIES = 400;

type Worker = (letter: Letter) => Promise<'acknowledge' | 'keep'>;

function workers(desk: Office, deadLetters: string[]): Readonly<Record<string, Worker>> {
  const rules = {
    queue: {
      delay: async () => undefined,
      deadLetter: async (letter: Letter, { code }: { readonly code: string }) => {
        deadLetters.push(`${letter.queue} ${code}`);
      },
    },
    maxReceiveCount: MOST_TRIES,
    observe: () => undefined,
  };
  const worker =
    <T>(work: Pick<Work<Letter, T>, 'schema' | 'consume'>): Worker =>
    (letter) =>
      workMessage({ ...rules, ...work }, letter);
  const { ports } = desk;
  return {
    payments: worker({ schema: PaymentsMessage, consume: consumePayments(ports.payments) }),
    conversion: worker({ schema: ConversionMessage, consume: consumeConversion(ports.escrow) }),
    shipment: worker({ schema: ShipmentMessage, consume: consumeShipment(ports.shipment) }),
    escrow: worker({ schema: EscrowMessage, consume: consumeEscrow(ports.escrow) }),
    settlement: worker({ schema: SettlementMessage, consume: consumeSettlement(ports.settlement) }),
    tracking: worker({ schema: TrackingMessage, consume: consumeTracking(ports.tracking) }),
    poll: worker({ schema: PollMessage, consume: consumePolls(ports.poll) }),
    projection: worker({ schema: ProjectionMessage, consume: consumeProjection(ports.projection) }),
  };
}

/**
 * The whole flow on one desk: records become messages by the routing table, messages travel as JSON
 * in any order and any number, and each consumer takes them as its worker would.
 */
export function postOffice(manners: Manners) {
  const waiting: Letter[] = [];
  const deadLetters: string[] = [];
  const send = (queue: string, message: unknown): void => {
    waiting.push({ queue, body: toJson(message), receiveCount: 1 });
  };
  const desk = office({
    tell: (record) =>
      routeRecord(record as TradelaneRecord).forEach((message) => send(message.target, message)),
    ...(manners.failsAfterAppend === undefined
      ? {}
      : { failsAfterAppend: manners.failsAfterAppend }),
  });
  const byQueue = workers(desk, deadLetters);

  const deliverNext = async (): Promise<void> => {
    const [letter] = waiting.splice(manners.pick(waiting.length), 1);
    if (letter === undefined) return;
    const fate = await byQueue[letter.queue]?.(letter);
    const again = { ...letter, receiveCount: letter.receiveCount + 1 };
    if (fate === 'keep') waiting.push(again);
    else if (letter.receiveCount === 1 && manners.repeats()) waiting.push(again);
  };

  return {
    desk,
    send,
    deadLetters,
    deliverAll: async (): Promise<void> => {
      while (waiting.length > 0) await deliverNext();
    },
    tick: () =>
      sendDeadlines({
        views: desk.views,
        send: async (queue, messages) => messages.forEach((message) => send(queue, message)),
        now: () => new Date(desk.clock.at),
        hasTime: () => true,
      }),
  };
}

export const stripeMessage = (
  eventType: StripeEventReceived['eventType'],
  objectId: string,
  eventId = `evt_of_${objectId}`,
): StripeEventReceived => ({
  kind: 'stripe_event_received',
  version: 1,
  eventId,
  eventType,
  objectId,
  receivedAt: story.escrowFunded.capturedAt,
});

/** A webhook of the story's parcel. */
export const trackingMessage = (
  deliveryId: string,
  scans: readonly TrackingEvent[],
): TrackingReceived => ({
  kind: 'tracking_received',
  version: 1,
  provider: 'easypost',
  deliveryId,
  trackerId: story.labelPurchased.trackerId,
  scans: [...scans],
  receivedAt: story.deliveryConfirmed.confirmedAt,
});
