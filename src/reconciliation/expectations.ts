import type { Money } from '../money/money.ts';
import type { KeyKind, ReconItem } from './item.ts';
import type { ItemRec } from './recs.ts';

/**
 * A movement that the books know must come, written down when they know it. It is matched when the
 * line arrives, however late, and is a break once its rec's window has passed.
 */
export type Expectation = {
  readonly id: string;
  readonly rec: ItemRec['id'];
  readonly item: ReconItem;
};

/** What makes the books expect a movement. Amounts are above zero; `on` is `YYYY-MM-DD`. */
export type ExpectedMovement =
  | {
      readonly kind: 'payout_sent';
      readonly payoutId: string;
      readonly amount: Money;
      readonly on: string;
      readonly uetr?: string;
      readonly batchId?: string;
      readonly name?: string;
    }
  | {
      readonly kind: 'refund_sent';
      readonly refundId: string;
      readonly chargeId: string;
      readonly amount: Money;
      readonly on: string;
    }
  | {
      readonly kind: 'provider_payout_announced';
      readonly payoutId: string;
      readonly traceId?: string;
      readonly amount: Money;
      readonly on: string;
    }
  | {
      readonly kind: 'transfer_awaited';
      readonly orderNumber: string;
      readonly structuredReference?: string;
      readonly amount: Money;
      readonly on: string;
      readonly name?: string;
    };

/**
 * What to expect of a movement: money that goes out is negative. A payout's id is its end-to-end id
 * at the bank; a refund is told by the provider under its own id.
 */
export function expectationOf(movement: ExpectedMovement): Expectation {
  switch (movement.kind) {
    case 'payout_sent':
      return expected('D', movement.payoutId, movement, -movement.amount.amountMinor, {
        endToEndId: movement.payoutId,
        uetr: movement.uetr,
        batchId: movement.batchId,
      });
    case 'refund_sent':
      return expected('A', movement.refundId, movement, -movement.amount.amountMinor, {
        sourceId: movement.refundId,
      });
    case 'provider_payout_announced':
      return expected('C', movement.payoutId, movement, movement.amount.amountMinor, {
        payoutId: movement.payoutId,
        traceId: movement.traceId,
      });
    case 'transfer_awaited':
      return expected('E', movement.orderNumber, movement, movement.amount.amountMinor, {
        orderNumber: movement.orderNumber,
        structuredReference: movement.structuredReference,
      });
    default: {
      const unknownKind: never = movement;
      return unknownKind;
    }
  }
}

function expected(
  rec: ItemRec['id'],
  subject: string,
  movement: ExpectedMovement,
  amountMinor: bigint,
  keys: Readonly<Partial<Record<KeyKind, string | undefined>>>,
): Expectation {
  const id = `${movement.kind}:${subject}`;
  const given = Object.entries(keys).filter(([, value]) => value !== undefined);
  return {
    id,
    rec,
    item: {
      id,
      currency: movement.amount.currency,
      amountMinor,
      date: movement.on,
      keys: Object.fromEntries(given) as ReconItem['keys'],
      ...('name' in movement && movement.name !== undefined ? { name: movement.name } : {}),
    },
  };
}
