import type { DeadLetter, MessageHistory, World } from '../../world.ts';

const TRADE_ID = /"tradeId":"([^"]+)"/;
const STRIPE_OBJECT = /"objectId":"([^"]+)"/;
const TRACKER = /"trackerId":"([^"]+)"/;
const SHIPMENT_REFERENCE = /^ship_(.+)_\d+$/;

const first = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[1];

/** The trade that a message is about; null where it says nothing of one. */
export function tradeOfBody(world: World, body: string): string | null {
  const tradeId = first(TRADE_ID, body);
  if (tradeId !== undefined) return tradeId;
  const objectId = first(STRIPE_OBJECT, body);
  if (objectId !== undefined) return tradeOfStripeObject(world, objectId);
  const trackerId = first(TRACKER, body);
  return trackerId === undefined ? null : tradeOfTracker(world, trackerId);
}

export function tradeOfStripeObject({ stripe }: World, objectId: string): string | null {
  const intent = stripe.intents.get(objectId);
  if (intent !== undefined) return intent.tradeId;
  const made = [...stripe.transfers, ...stripe.refunds, ...stripe.disputes].find(
    ({ id }) => id === objectId,
  );
  return made?.tradeId ?? null;
}

/** The trade whose label a tracker follows. */
export function tradeOfTracker({ carrier }: World, trackerId: string): string | null {
  const label = carrier.labels.find((one) => one.trackerId === trackerId);
  return label === undefined ? null : tradeOfReference(label.reference);
}

/** A shipment id names its trade: `ship_<trade>_1` belongs to `trd_<trade>`. */
export function tradeOfReference(reference: string): string | null {
  const suffix = first(SHIPMENT_REFERENCE, reference);
  return suffix === undefined ? null : `trd_${suffix}`;
}

/** What became of a message at last, through every time it was put back. */
export function lastFate({ messages }: World, messageId: string): MessageHistory | undefined {
  let message = messages.get(messageId);
  while (message?.fate === 'redriven' && message.redrivenAs !== null) {
    message = messages.get(message.redrivenAs);
  }
  return message;
}

/** True where a trade's scenario says that a person must look at a dead letter of this code. */
export const isExpected = (world: World, letter: DeadLetter, tradeId: string | null): boolean =>
  isNamed(world, { letter, tradeId, by: 'deadLetterCodes' });

/** True where a person who has looked at it throws it away. */
export const isToDelete = (world: World, letter: DeadLetter): boolean =>
  isNamed(world, { letter, tradeId: tradeOfBody(world, letter.body), by: 'deletedCodes' });

function isNamed(
  { trades }: World,
  {
    letter: { reasonCode },
    tradeId,
    by,
  }: {
    readonly letter: DeadLetter;
    readonly tradeId: string | null;
    readonly by: 'deadLetterCodes' | 'deletedCodes';
  },
): boolean {
  if (reasonCode === null) return false;
  const owners = tradeId === null ? trades : trades.filter((trade) => trade.tradeId === tradeId);
  return owners.some((trade) => trade[by].has(reasonCode));
}
