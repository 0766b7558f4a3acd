import type { PaymentsMessage } from './consume-payments.ts';
import { type Handled, ignored, inOrder } from './handled.ts';

/** What a reader makes of what an event bus delivered. */
export type Delivery =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | { readonly kind: 'queue'; readonly messages: readonly PaymentsMessage[] };

/**
 * The payments queue may be fed by an event bus too, which delivers the provider's events in
 * envelopes of its own. They are read here, as a webhook is read at the door, and then worked by the
 * same consumer. A message of our own is worked as it is.
 */
export const consumeDeliveries =
  <Envelope extends object>(ports: {
    readonly read: (envelope: Envelope) => Delivery;
    readonly consume: (message: PaymentsMessage) => Promise<Handled>;
  }) =>
  async (message: PaymentsMessage | Envelope): Promise<Handled> => {
    if ('kind' in message) return ports.consume(message as PaymentsMessage);
    const reading = ports.read(message);
    switch (reading.kind) {
      case 'queue':
        return inOrder(reading.messages.map((one) => () => ports.consume(one)));
      case 'ignored':
        return ignored(reading.what);
      case 'refused':
        return {
          kind: 'rejected',
          code: `payments.${reading.reason}`,
          detail: 'The event bus delivered what is not an event of ours.',
        };
      default: {
        const unknownReading: never = reading;
        return unknownReading;
      }
    }
  };
