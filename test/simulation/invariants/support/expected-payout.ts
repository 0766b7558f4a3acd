import type { TradelaneEvent } from '../../../../events/index.ts';
import type { PayoutPart, Recovery } from '../../../../events/payout/common.ts';
import type { Money } from '../../../../src/money/money.ts';
import { credit, debit, type Entry, minus } from './legs.ts';

/** The rows of docs/ledger.md that are about payouts and what sellers owe. */
export function expectedOfPayout(event: TradelaneEvent): readonly Entry[] {
  switch (event.type) {
    case 'PayoutRequested':
    case 'PayoutReissued': {
      const legs = [...owed(event, debit), credit('2300', event.amount, event.payoutId)];
      return [...kept(event.recovered), { kind: 'payout_initiated', legs }];
    }
    case 'PayoutRolledForward':
    case 'PayoutSetOff':
      return kept(event.recovered);
    case 'PayoutSettled': {
      const { amount, payoutId, rail } = event;
      const paidFrom = credit(rail === 'bank_file' ? '1200' : '1100', amount);
      return [{ kind: 'payout_settled', legs: [debit('2300', amount, payoutId), paidFrom] }];
    }
    case 'PayoutFailed': {
      const legs = [debit('2300', event.amount, event.payoutId), ...owed(event, credit)];
      return [{ kind: 'payout_failed', legs }];
    }
    case 'PayoutReturned': {
      const { amount, returned } = event;
      const came = [debit('1200', returned), debit('5500', minus(amount, returned))];
      return [{ kind: 'payout_returned', legs: [...came, ...owed(event, credit)] }];
    }
    case 'PayoutReversed': {
      const { amount, sellerId } = event;
      const legs = [debit('1100', amount), credit('2200', amount, sellerId)];
      return [{ kind: 'payout_reversed', legs }];
    }
    case 'TransferReversed': {
      const { amount, owed, sellerId } = event;
      const recovered = owed === undefined ? amount : minus(amount, owed);
      const again = owed === undefined ? [] : [credit('2200', owed, sellerId)];
      const legs = [debit('1100', amount), credit('1310', recovered, sellerId), ...again];
      return [{ kind: 'transfer_reversed', legs }];
    }
    case 'SellerDebtWrittenOff': {
      const { amount, sellerId } = event;
      const legs = [debit('5100', amount), credit('1310', amount, sellerId)];
      return [{ kind: 'receivable_written_off', legs }];
    }
    default:
      return [];
  }
}

const owed = (
  event: {
    readonly sellerId: string;
    readonly amount: Money;
    readonly parts?: readonly PayoutPart[] | undefined;
  },
  side: typeof debit,
) => (event.parts ?? [event]).map(({ amount, sellerId }) => side('2200', amount, sellerId));

const kept = (recovered: readonly Recovery[] = []): readonly Entry[] =>
  recovered.map(({ amount, sellerId, debtorId }) => ({
    kind: 'receivable_recovered',
    legs: [debit('2200', amount, sellerId), credit('1310', amount, debtorId)],
  }));
