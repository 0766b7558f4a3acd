import type { EscrowEvent, TreasuryEvent } from '../../events/index.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import { isByBank } from '../escrow/refund-ways.ts';
import { canRefund, type EscrowState } from '../escrow/state.ts';
import { publicStatus } from '../escrow/status.ts';
import type { Money } from '../money/money.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { escrowStream, treasuryStream } from '../platform/ids.ts';
import { movementEvolution } from '../treasury/movement.ts';

export type MovementStores = {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
};

/** Why a movement can't be booked for the trade that it names, and which field of it is to blame. */
export type MovementRefusal = {
  readonly status: 409 | 422;
  readonly code: string;
  readonly detail: string;
  readonly pointer: string;
};

type Opened = Exclude<EscrowState, { status: 'not_opened' }>;

/**
 * Looks at the trade before money is booked for it: once it is on the trade's account, only a person
 * could take it off again. A movement that is booked already is not looked at again.
 */
export async function refusalOfMovement(
  { escrows, movements }: MovementStores,
  movement: TreasuryEvent,
  { marketplaceId }: { readonly marketplaceId: string },
): Promise<MovementRefusal | undefined> {
  if (movement.type !== 'ReceiptIdentified' && movement.type !== 'RefundPaid') return undefined;
  const stream = treasuryStream(movement.movementId);
  const { status } = fold(movementEvolution, await movements.load(stream));
  if (status === 'identified' || status === 'recorded') return undefined;
  const state = fold(escrowEvolution, await escrows.load(escrowStream(movement.tradeId)));
  if (state.status === 'not_opened' || state.terms.marketplaceId !== marketplaceId) {
    const detail = 'There is no such trade.';
    return { status: 422, code: 'trade.not_found', detail, pointer: '/tradeId' };
  }
  return movement.type === 'ReceiptIdentified'
    ? refusalOfReceipt(state, movement.amount)
    : refusalOfRefund(state, movement);
}

/** A refund that is paid says of which attempt, where it is not the first: one may have come back. */
export async function withAttempt(
  { escrows, movements }: MovementStores,
  movement: TreasuryEvent,
): Promise<TreasuryEvent> {
  if (movement.type !== 'RefundPaid') return movement;
  const known = fold(movementEvolution, await movements.load(treasuryStream(movement.movementId)));
  if (known.status !== 'not_recorded') {
    const attempt = known.event.type === 'RefundPaid' ? known.event.attempt : undefined;
    return attempt === undefined ? movement : { ...movement, attempt };
  }
  const state = fold(escrowEvolution, await escrows.load(escrowStream(movement.tradeId)));
  const refunds = canRefund(state) ? state.refunds : [];
  const attempt = refunds.find(({ refundId }) => refundId === movement.refundId)?.attempt ?? 1;
  return attempt === 1 ? movement : { ...movement, attempt };
}

function refusalOfReceipt(state: Opened, amount: Money): MovementRefusal | undefined {
  const { currency } = state.terms.quote.sell;
  if (amount.currency !== currency) {
    return {
      ...{ status: 422, code: 'receipt.currency_mismatch', pointer: '/amount/currency' },
      detail: `The trade is to be paid in ${currency}.`,
    };
  }
  if (state.status === 'awaiting_payment' || state.status === 'canceling') return undefined;
  const status = publicStatus(state);
  return {
    ...{ status: 409, code: `trade.cannot_take_receipt_${status}`, pointer: '/tradeId' },
    detail: `A trade that is ${status} awaits no payment.`,
  };
}

function refusalOfRefund(
  state: Opened,
  { refundId, amount }: { readonly refundId: string; readonly amount: Money },
): MovementRefusal | undefined {
  const refund = canRefund(state)
    ? state.refunds.find((each) => each.refundId === refundId && isByBank(each))
    : undefined;
  if (refund === undefined) {
    return {
      ...{ status: 422, code: 'refund.not_found', pointer: '/refundId' },
      detail: 'The trade has no such refund that is paid by bank.',
    };
  }
  if (state.block !== undefined) {
    return {
      ...{ status: 409, code: 'escrow.funds_blocked', pointer: '/refundId' },
      detail: 'No money of this trade moves for now.',
    };
  }
  if (refund.status !== 'valued') {
    return {
      ...{ status: 409, code: `refund.cannot_pay_${refund.status}`, pointer: '/refundId' },
      detail: `A refund that is ${refund.status} is not to be paid.`,
    };
  }
  const isSame =
    refund.amount.currency === amount.currency && refund.amount.amountMinor === amount.amountMinor;
  return isSame
    ? undefined
    : {
        ...{ status: 422, code: 'refund.amount_mismatch', pointer: '/amount' },
        detail: 'The refund is of another amount.',
      };
}
