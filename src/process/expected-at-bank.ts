import type { TradelaneEvent } from '../../events/index.ts';
import { negate } from '../money/money.ts';
import type { ExpectedMovement } from '../reconciliation/expectations.ts';
import type { Subject } from '../reconciliation/lane.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

type AtBank = ExpectedMovement & { readonly about?: Subject };

/**
 * What the segregated account's statement will show of what finance has recorded: it may call a movement
 * by the bank's reference, by the end-to-end id that it gave, or by the line's id here.
 */
export function bankMovementsOf(event: TradelaneEvent): readonly AtBank[] {
  switch (event.type) {
    case 'PspPayoutReceived': {
      const { movementId: payoutId, amount, occurredAt } = event;
      const traceId = payoutId;
      return [
        { kind: 'provider_payout_announced', payoutId, traceId, amount, on: dayOf(occurredAt) },
      ];
    }
    case 'PspToppedUp':
      return [moved('psp_topped_up', { ...event, amount: negate(event.amount) })];
    case 'OwnFundsMoved': {
      const { direction, amount } = event;
      return [
        moved('own_funds', { ...event, amount: direction === 'top_up' ? amount : negate(amount) }),
      ];
    }
    case 'CoverTraded': {
      const { movementId: dealId, sold, bought } = event;
      return [
        { ...moved('cover_sold', { ...event, amount: negate(sold) }), dealId },
        { ...moved('cover_bought', { ...event, amount: bought }), dealId },
      ];
    }
    case 'ReceiptSuspended':
      return [moved('receipt', event)];
    case 'ReceiptIdentified':
      // One that was suspended before is awaited as that; of a line, the line is what it is of.
      return [{ ...moved('receipt', event), about: { tradeId: event.tradeId } }];
    case 'RefundPaid':
      return [
        {
          ...moved('refund_paid', { ...event, amount: negate(event.amount) }),
          about: { tradeId: event.tradeId },
        },
      ];
    case 'DutiesPaid': {
      const { tradeId, dutyId: reference, amount, paidAt } = event;
      const paid = { kind: 'bank_movement', movement: 'duties_paid', reference } as const;
      return [{ ...paid, amount: negate(amount), on: dayOf(paidAt), about: { tradeId } }];
    }
    case 'BreakSentBack': {
      const { breakId: reference, amount, at } = event;
      const back = { kind: 'bank_movement', movement: 'sent_back', reference } as const;
      return [{ ...back, amount: negate(amount), on: dayOf(at) }];
    }
    default:
      return [];
  }
}

const dayOf = (instant: string): string => instant.slice(0, DAY_LENGTH);

const moved = (
  movement: string,
  {
    movementId: reference,
    amount,
    occurredAt,
  }: Pick<Extract<TradelaneEvent, { type: 'RefundPaid' }>, 'movementId' | 'amount' | 'occurredAt'>,
) => ({ kind: 'bank_movement', movement, reference, amount, on: dayOf(occurredAt) }) as const;
