import type { TradelaneEvent } from '../../../../events/index.ts';
import type { Money } from '../../../../src/money/money.ts';
import { expectedOfBlock } from './blocks.ts';
import { expectedOfClaim } from './expected-claims.ts';
import { expectedOfPayout } from './expected-payout.ts';
import type { EventOf } from './history.ts';
import { credit, debit, type Entry, minus } from './legs.ts';

/**
 * What docs/ledger.md says must be booked with an event: one line of text for each entry, its legs
 * in alphabetical order, so that two ways of writing the same entry are equal.
 */
export const expectedJournal = (event: TradelaneEvent): readonly string[] =>
  entriesFor(event)
    .map(({ kind, legs }) => entryText(kind, present(legs)))
    .filter((text) => text !== undefined);

/** An entry that was booked, in the same words. */
export const entryText = (kind: string, legs: readonly string[]): string | undefined =>
  legs.length === 0 ? undefined : `${kind}: ${[...legs].sort().join(', ')}`;

export const legText = ({
  account,
  scope,
  currency,
  amountMinor,
}: {
  readonly account: string;
  readonly scope?: string | undefined;
  readonly currency: string;
  readonly amountMinor: bigint;
}): string => `${account} ${scope ?? '-'} ${amountMinor} ${currency}`;

const present = (legs: readonly (string | undefined)[]): readonly string[] =>
  legs.filter((text) => text !== undefined);

function entriesFor(event: TradelaneEvent): readonly Entry[] {
  switch (event.type) {
    case 'EscrowFunded':
      return event.receiptIds === undefined ? capture(event) : [];
    case 'PartialPaymentReceived':
      return event.way === 'transfer' ? [part(event.added, event.tradeId)] : [];
    case 'ReceiptSuspended': {
      const legs = [debit('1200', event.amount), credit('2900', event.amount, event.movementId)];
      return [{ kind: 'receipt_suspended', legs }];
    }
    case 'ReceiptIdentified': {
      const { amount, movementId, tradeId } = event;
      const legs = [debit('2900', amount, movementId), credit('2000', amount, tradeId)];
      return [{ kind: 'receipt_identified', legs }];
    }
    case 'RefundPaid': {
      const legs = [debit('2310', event.amount, event.refundId), credit('1200', event.amount)];
      return [{ kind: 'refund_paid', legs }];
    }
    case 'RefundReturned':
      return [refundReturned(event)];
    case 'ReceiptReleased':
      return [released(event)];
    case 'PspPayoutReceived': {
      const legs = [debit('1200', event.amount), credit('1100', event.amount)];
      return [{ kind: 'psp_payout', legs }];
    }
    case 'OwnFundsMoved': {
      const { amount, direction } = event;
      return direction === 'top_up'
        ? [{ kind: 'own_funds_top_up', legs: [debit('1200', amount), credit('1210', amount)] }]
        : [{ kind: 'own_funds_sweep', legs: [debit('1210', amount), credit('1200', amount)] }];
    }
    case 'DifferenceTolerated': {
      const { asset, account, amount } = event;
      const legs = [debit(asset, amount), credit(account, amount)];
      return [{ kind: 'difference_tolerated', legs }];
    }
    case 'BreakWrittenOff': {
      const { amount, posting } = event;
      if (posting === undefined) return [];
      const legs = [debit(posting.asset, amount, posting.scope), credit(posting.against, amount)];
      return [{ kind: 'break_written_off', legs }];
    }
    case 'BreakReopened':
      return takenBack(event);
    case 'FundsConverted':
      return [conversion(event), ...realized(event)];
    case 'MilestoneReleased': {
      const { amount, net, fee, tradeId, sellerId } = event;
      const legs = [debit('2100', amount, tradeId), credit('2200', net, sellerId)];
      return [{ kind: 'release', legs: [...legs, credit('4000', fee)] }];
    }
    case 'DutiesEarmarked': {
      const { amount, tradeId } = event;
      const legs = [debit('2100', amount, tradeId), credit('2400', amount, tradeId)];
      return [{ kind: 'duties_earmarked', legs }];
    }
    case 'DutiesReleased': {
      const { amount, tradeId } = event;
      const legs = [debit('2400', amount, tradeId), credit('2100', amount, tradeId)];
      return [{ kind: 'duties_released', legs }];
    }
    case 'DutiesPaid': {
      const { amount, tradeId } = event;
      return [
        { kind: 'duties_paid', legs: [debit('2400', amount, tradeId), credit('1200', amount)] },
      ];
    }
    default:
      return expectedOfClaim(event) ?? expectedOfBlock(event) ?? expectedOfPayout(event);
  }
}

function refundReturned({ amount, returned, refundId }: EventOf<'RefundReturned'>): Entry {
  const kept = { ...amount, amountMinor: amount.amountMinor - returned.amountMinor };
  const legs = [debit('1200', returned), debit('5500', kept), credit('2310', amount, refundId)];
  return { kind: 'refund_returned', legs };
}

function released({ reason, amount, movementId }: EventOf<'ReceiptReleased'>): Entry {
  const isLoss = reason === 'written_off';
  const legs = [debit('2900', amount, movementId), credit(isLoss ? '5500' : '1200', amount)];
  return { kind: isLoss ? 'break_written_off' : 'receipt_released', legs };
}

function takenBack({ reversed }: EventOf<'BreakReopened'>): readonly Entry[] {
  if (reversed === undefined) return [];
  const { amount, posting } = reversed;
  const legs = [debit(posting.against, amount), credit(posting.asset, amount, posting.scope)];
  return [{ kind: 'break_write_off_reversed', legs }];
}

const part = (amount: Money, tradeId: string): Entry => ({
  kind: 'part_received',
  legs: [debit('1120', amount), credit('2000', amount, tradeId)],
});

function capture(event: EventOf<'EscrowFunded'>): readonly Entry[] {
  const { settled, fee, tradeId, applied, unused, byReceipts } = event;
  const received = byReceipts === undefined ? event.received : minus(event.received, byReceipts);
  const isConverted = received.currency !== settled.currency;
  const converted: Entry = {
    kind: 'psp_conversion',
    legs: [
      debit('1400', received),
      credit('1100', received),
      debit('1100', settled),
      credit('1400', settled),
    ],
  };
  return [
    {
      kind: 'capture',
      legs:
        applied === undefined
          ? [debit('1100', received), credit('2000', received, tradeId)]
          : [
              debit('1100', received),
              credit('1120', applied),
              credit('2000', minus(received, applied), tradeId),
            ],
    },
    ...(unused === undefined ? [] : [part(unused, tradeId)]),
    ...(isConverted ? [converted] : []),
    { kind: 'psp_fee', legs: [debit('5000', fee), credit('1100', fee)] },
  ];
}

function conversion(event: EventOf<'FundsConverted'>): Entry {
  const { received, converted, midSell, tradeId } = event;
  const taken = debit('2000', received, tradeId);
  const held = credit('2100', converted, tradeId);
  const kind = 'fx_conversion';
  if (received.currency === converted.currency) {
    return { kind, legs: [taken, held, credit('4100', minus(received, converted))] };
  }
  const isShort = received.amountMinor < midSell.amountMinor;
  const rest = isShort
    ? debit('5200', minus(midSell, received))
    : credit('4100', minus(received, midSell));
  return { kind, legs: [taken, credit('1400', midSell), rest, debit('1400', converted), held] };
}

function realized(event: EventOf<'FundsConverted'>): readonly Entry[] {
  const { received, converted, midSell, settled, byReceipts } = event;
  const isCovered =
    byReceipts === undefined &&
    received.currency !== settled.currency &&
    settled.currency === converted.currency;
  if (!isCovered) return [];
  const sold = minus(received, midSell);
  const gained = minus(settled, converted);
  return [
    {
      kind: 'fx_realized',
      legs: [
        debit('5200', sold),
        credit('1400', sold),
        debit('1400', gained),
        credit('5200', gained),
      ],
    },
  ];
}
