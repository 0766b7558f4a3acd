import { type Money, negate } from '../money/money.ts';
import type { KeyKind } from './item.ts';
import type { Lane, LaneItem, Subject } from './lane.ts';
import type { ItemRec } from './recs.ts';
import { compactReference, isStructuredReference } from './references.ts';

/**
 * What makes the books expect a movement. Amounts are above zero but where the direction may be either:
 * those are signed, and above zero money comes in. `on` is `YYYY-MM-DD`.
 */
export type ExpectedMovement = { readonly amount: Money; readonly on: string } & (
  | {
      readonly kind: 'payout_sent';
      readonly endToEndId: string;
      readonly uetr?: string;
      readonly batchId?: string;
    }
  | {
      readonly kind: 'payout_returned' | 'refund_returned';
      readonly endToEndId: string;
      readonly code: string;
    }
  | {
      readonly kind: 'provider_payout_announced';
      readonly payoutId: string;
      readonly traceId?: string;
    }
  | {
      /** Signed. `booking` is what the provider books: a charge, a refund, a reversal. */
      readonly kind: 'provider_booking';
      readonly booking: string;
      readonly sourceId?: string;
      readonly transactionId?: string;
    }
  | {
      /** Signed. `movement` is what the books call it, `reference` what whoever made it does. */
      readonly kind: 'bank_movement';
      readonly movement: string;
      readonly reference: string;
      readonly dealId?: string;
    }
  | { readonly kind: 'transfer_awaited'; readonly tradeId: string; readonly orderNumber: string }
);

/** What a transfer of a trade is awaited under, and is awaited under no longer. */
export const awaitedTransferId = (tradeId: string): string => `transfer_awaited:${tradeId}`;

/** What a provider's payout is expected at the bank under. */
export const announcedPayoutId = (payoutId: string): string =>
  `provider_payout_announced:${payoutId}`;

/**
 * What to expect of a movement: money that goes out is negative. It is matched when the line arrives,
 * however late, and is a break once its rec's window has passed.
 */
export function expectationOf(movement: ExpectedMovement, about: Subject = {}): LaneItem {
  const { amount } = movement;
  switch (movement.kind) {
    case 'payout_sent': {
      const { endToEndId, uetr, batchId } = movement;
      const item = { id: paymentId(endToEndId), amount: negate(amount) };
      return expected(
        ['bank_out', 'D'],
        { ...item, keys: { endToEndId, uetr, batchId } },
        movement,
        about,
      );
    }
    case 'payout_returned':
    case 'refund_returned': {
      const { kind, endToEndId, code } = movement;
      const item = { id: `${kind}:${endToEndId}`, amount, keys: { endToEndId } };
      return expected(['bank_out', 'D'], { ...item, returned: code }, movement, about);
    }
    case 'provider_payout_announced': {
      const { payoutId, traceId } = movement;
      const keys = { ...bankKeys(payoutId), endToEndId: undefined, payoutId, traceId };
      const item = { id: announcedPayoutId(payoutId), amount, keys };
      return expected(['bank_in', 'C'], item, movement, { payoutId, ...about });
    }
    case 'provider_booking': {
      const { booking, sourceId, transactionId } = movement;
      const id = `${booking}:${transactionId ?? sourceId}`;
      return expected(
        ['provider', 'A'],
        { id, amount, keys: { transactionId, sourceId } },
        movement,
        about,
      );
    }
    case 'bank_movement': {
      const { reference, dealId } = movement;
      const lane = amount.amountMinor < 0n ? 'bank_out' : 'bank_in';
      const rec = dealId !== undefined ? 'G' : lane === 'bank_out' ? 'D' : 'E';
      const id = `${movement.movement}:${reference}`;
      return expected(
        [lane, rec],
        { id, amount, keys: { ...bankKeys(reference), dealId } },
        movement,
        about,
      );
    }
    case 'transfer_awaited': {
      const { tradeId, orderNumber } = movement;
      const keys = { orderNumber, ...structuredIn(orderNumber) };
      const item = { id: awaitedTransferId(tradeId), amount, keys };
      return expected(['bank_in', 'E'], item, movement, { tradeId, ...about });
    }
    default: {
      const unknownKind: never = movement;
      return unknownKind;
    }
  }
}

/** Takes back what a provider's payout was expected as: it does not come. */
export const payoutNoLonger = (payoutId: string, on: string): LaneItem => ({
  ...{ lane: 'bank_in', side: 'left', rec: 'C', about: { payoutId }, withdrawn: true },
  item: { ...NOTHING, id: announcedPayoutId(payoutId), date: on },
});

const NOTHING = { currency: 'EUR', amountMinor: 0n, keys: {} } as const;

/**
 * Under which trace id the bank will book a provider's payout, which is often known only after it was
 * announced: a line with the one has the other's name. It expects nothing, and is of no rec.
 */
export const payoutKnownAs = (
  { payoutId, traceId }: { readonly payoutId: string; readonly traceId: string },
  on: string,
): LaneItem => ({
  ...{ lane: 'bank_in', side: 'left', rec: null, about: { payoutId } },
  item: {
    ...NOTHING,
    id: `known_as:${payoutId}:${traceId}`,
    date: on,
    keys: { payoutId, traceId },
  },
});

/** Takes an awaited transfer back: the trade is paid, or is paid no more. */
export const awaitedNoLonger = (tradeId: string, on: string): LaneItem => ({
  ...{ lane: 'bank_in', side: 'left', rec: 'E', about: { tradeId }, withdrawn: true },
  item: { ...NOTHING, id: awaitedTransferId(tradeId), date: on },
});

/** What a receipt is expected under: of a line, the very line. */
export const receiptOf = (movementId: string): string => `receipt:${movementId}`;

/** Takes back what a provider was expected to book: it never did. */
export const bookingNoLonger = (booking: string, sourceId: string, on: string): LaneItem => ({
  ...{ lane: 'provider', side: 'left', rec: 'A', withdrawn: true },
  item: { ...NOTHING, id: `${booking}:${sourceId}`, date: on },
});

/** The bank's debit for a payment of ours is expected under. */
export const paymentId = (endToEndId: string): string => `payout_sent:${endToEndId}`;

/** A payment of ours is known by its UETR under. */
export const namedId = (uetr: string): string => `payment_named:${uetr}`;

/**
 * Which payment of ours a UETR names: a bank's line may have nothing else, also when the payment is closed
 * and found by no link. It expects nothing, and is closed from the beginning.
 */
export const paymentNamed = (
  { endToEndId, uetr }: { readonly endToEndId: string; readonly uetr: string },
  on: string,
): LaneItem => ({
  ...{ lane: 'bank_out', side: 'left', rec: null, withdrawn: true },
  item: { ...NOTHING, id: namedId(uetr), date: on, keys: { endToEndId, uetr } },
});

/** Takes back that the bank debits a payment, which it refused. One that it debits all the same is known. */
export function paymentNoLonger(
  { endToEndId, amount, on }: { readonly amount: Money } & Record<'endToEndId' | 'on', string>,
  about: Subject,
): LaneItem {
  const sent = { kind: 'payout_sent', endToEndId, amount, on } as const;
  return { ...expectationOf(sent, about), withdrawn: true };
}

/** What is sent back of a break is expected under. */
export const sentBackId = (breakId: string): string => `sent_back:${breakId}`;

/** Takes back that what a break brought too much of goes back. */
export const sentBackNoLonger = (breakId: string, on: string): LaneItem => ({
  ...{ lane: 'bank_out', side: 'left', rec: 'D', withdrawn: true },
  item: { ...NOTHING, id: sentBackId(breakId), date: on },
});

/** Ids of lines begin so: a movement under one is of that very line. */
const LINE = 'lin_';

/** Whoever moved the money called it so, if the bank did not. */
const bankKeys = (reference: string): Keys =>
  reference.startsWith(LINE)
    ? { lineId: reference }
    : { endToEndId: reference, bankReference: reference, ...structuredIn(reference) };

/** A reference that proves itself by its check digits is one that a payment carries as such. */
const structuredIn = (reference: string): Keys =>
  isStructuredReference(reference) ? { structuredReference: compactReference(reference) } : {};

type Keys = Readonly<Partial<Record<KeyKind, string | undefined>>>;

function expected(
  [lane, rec]: readonly [Lane, ItemRec['id']],
  { id, amount, keys, returned }: { id: string; amount: Money; keys: Keys; returned?: string },
  { on }: ExpectedMovement,
  about: Subject,
): LaneItem {
  const given = Object.entries(keys).filter(([, value]) => value !== undefined);
  return {
    ...{ lane, side: 'left', rec, about },
    item: {
      ...{ id, currency: amount.currency, amountMinor: amount.amountMinor, date: on },
      keys: Object.fromEntries(given),
      ...(returned === undefined ? {} : { returned }),
    },
  };
}
