import type { TreasuryEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import { subtract } from '../money/money.ts';
import { credit, debit, entry } from './journal.ts';

/** What only says what is on its way, or whose a reference is, moves nothing. */
type Moving = Exclude<
  TreasuryEvent,
  { readonly type: 'PspPayoutAnnounced' | 'PspPayoutCalledOff' | 'ReferenceTaken' }
>;

/** Movements of money that belong to no trade: at the provider, at the bank, between currencies. */
export function treasuryEntries(event: Moving): readonly (JournalEntry | undefined)[] {
  switch (event.type) {
    case 'PspPayoutReceived':
      return [entry('psp_payout', debit('1200', event.amount), credit('1100', event.amount))];
    case 'PspToppedUp':
      return [entry('psp_top_up', debit('1100', event.amount), credit('1200', event.amount))];
    case 'OwnFundsMoved':
      return [
        event.direction === 'top_up'
          ? entry('own_funds_top_up', debit('1200', event.amount), credit('1210', event.amount))
          : entry('own_funds_sweep', debit('1210', event.amount), credit('1200', event.amount)),
      ];
    case 'CoverTraded':
      return cover(event);
    case 'ReceiptSuspended':
      return [
        entry(
          'receipt_suspended',
          debit('1200', event.amount),
          credit('2900', event.amount, event.movementId),
        ),
      ];
    case 'ReceiptIdentified':
      return [
        entry(
          'receipt_identified',
          debit('2900', event.amount, event.movementId),
          credit('2000', event.amount, event.tradeId),
        ),
      ];
    case 'ReceiptReleased':
      return [released(event)];
    case 'DifferenceTolerated':
      return [
        entry(
          'difference_tolerated',
          debit(event.asset, event.amount),
          credit(event.account, event.amount),
        ),
      ];
    case 'RefundPaid':
      return [
        entry(
          'refund_paid',
          debit('2310', event.amount, event.refundId),
          credit('1200', event.amount),
        ),
      ];
    case 'RefundReturned': {
      const { amount, returned, refundId } = event;
      const kept = subtract(amount, returned);
      return [
        entry(
          'refund_returned',
          ...[debit('1200', returned), debit('5500', kept), credit('2310', amount, refundId)],
        ),
      ];
    }
  }
}

/** What is nobody's is given up; what is booked by itself, or goes back, leaves the bank account first. */
const released = ({ reason, amount, movementId }: EventOf<'ReceiptReleased'>) =>
  reason === 'written_off'
    ? entry('break_written_off', debit('2900', amount, movementId), credit('5500', amount))
    : entry('receipt_released', debit('2900', amount, movementId), credit('1200', amount));

type EventOf<T extends TreasuryEvent['type']> = Extract<TreasuryEvent, { type: T }>;

/** What the cover cost beyond what the position was carried at is realized, and the position closes. */
function cover({ sold, bought, carried }: Extract<TreasuryEvent, { type: 'CoverTraded' }>) {
  const difference = subtract(sold, carried);
  return [
    entry(
      'cover_trade',
      debit('1400', sold),
      credit('1200', sold),
      debit('1200', bought),
      credit('1400', bought),
    ),
    entry('cover_realized', debit('5200', difference), credit('1400', difference)),
  ];
}
