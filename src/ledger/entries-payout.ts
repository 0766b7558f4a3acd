import type { TradelaneEvent } from '../../events/index.ts';
import type { JournalEntry, JournalLeg } from '../../events/ledger/journal-entry.v1.ts';
import type { PayoutPart, Recovery } from '../../events/payout/common.ts';
import { type Money, subtract, zero } from '../money/money.ts';
import type { AccountCode } from './chart.ts';
import { credit, debit, entry } from './journal.ts';

/**
 * The entries of payouts and of what sellers owe: from what is payable to the seller to the money that
 * has left, and back. Events of other kinds have none here.
 */
export function payoutEntries(event: TradelaneEvent): readonly (JournalEntry | undefined)[] {
  switch (event.type) {
    case 'PayoutRequested':
    case 'PayoutReissued':
      return [...recoveries(event.recovered), initiated(event)];
    case 'PayoutRolledForward':
    case 'PayoutSetOff':
      return [...recoveries(event.recovered)];
    case 'PayoutSettled': {
      const { amount, payoutId, rail } = event;
      const from = rail === 'bank_file' ? '1200' : '1100';
      return [entry('payout_settled', debit('2300', amount, payoutId), credit(from, amount))];
    }
    case 'PayoutFailed': {
      const { amount, payoutId } = event;
      return [entry('payout_failed', debit('2300', amount, payoutId), ...owed(credit, event))];
    }
    case 'PayoutReturned': {
      const { amount, returned } = event;
      const kept = subtract(amount, returned);
      return [
        entry(
          'payout_returned',
          debit('1200', returned),
          debit('5500', kept),
          ...owed(credit, event),
        ),
      ];
    }
    case 'PayoutReversed': {
      const { amount, sellerId } = event;
      return [entry('payout_reversed', debit('1100', amount), credit('2200', amount, sellerId))];
    }
    case 'TransferReversed': {
      const { amount, owed = zero(amount.currency), sellerId } = event;
      return [
        entry(
          'transfer_reversed',
          debit('1100', amount),
          credit('1310', subtract(amount, owed), sellerId),
          credit('2200', owed, sellerId),
        ),
      ];
    }
    case 'SellerDebtWrittenOff': {
      const { amount, sellerId } = event;
      return [
        entry('receivable_written_off', debit('5100', amount), credit('1310', amount, sellerId)),
      ];
    }
    default:
      return [];
  }
}

type Paid = {
  readonly payoutId: string;
  readonly sellerId: string;
  readonly amount: Money;
  readonly parts?: readonly PayoutPart[] | undefined;
};

const initiated = (event: Paid) =>
  entry('payout_initiated', ...owed(debit, event), credit('2300', event.amount, event.payoutId));

/** A leg on 2200 for each seller id that a part of the amount is owed under. */
const owed = (
  side: (account: AccountCode, amount: Money, scope?: string) => JournalLeg,
  { sellerId, amount, parts = [] }: Paid,
): readonly JournalLeg[] =>
  parts.length === 0
    ? [side('2200', amount, sellerId)]
    : parts.map((part) => side('2200', part.amount, part.sellerId));

/** What is kept of the seller's money closes so much of what the seller owes. */
const recoveries = (recovered: readonly Recovery[] = []) =>
  recovered.map(({ amount, sellerId, debtorId }) =>
    entry(
      'receivable_recovered',
      debit('2200', amount, sellerId),
      credit('1310', amount, debtorId),
    ),
  );
