import type { TradelaneEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { Money } from '../money/money.ts';
import { credit, debit, entry } from './journal.ts';

export type BlockEvent = Extract<
  TradelaneEvent,
  {
    type:
      | 'FundsBlocked'
      | 'BlockedFundsAdjusted'
      | 'FundsUnblocked'
      | 'PayoutBlocked'
      | 'PayoutUnblocked'
      | 'SellerTradeBlocked'
      | 'SellerTradeUnblocked';
  }
>;

/** To the blocked funds of a case from where the money stood, and back the way it came. */
export function blockEntries(event: BlockEvent): readonly (JournalEntry | undefined)[] {
  switch (event.type) {
    case 'FundsBlocked':
    case 'BlockedFundsAdjusted':
      return ofTrade(event).map((legs) => entry('funds_blocked', ...legs));
    case 'FundsUnblocked':
      return ofTrade(event).map((legs) => entry('funds_unblocked', ...reversed(legs)));
    case 'PayoutBlocked':
    case 'SellerTradeBlocked':
      return [entry('funds_blocked', ...ofSeller(event))];
    case 'PayoutUnblocked':
    case 'SellerTradeUnblocked':
      return [entry('funds_unblocked', ...reversed(ofSeller(event)))];
  }
}

type Legs = JournalEntry['legs'];

const reversed = (legs: Legs): Legs =>
  legs.map((leg) => ({ ...leg, amountMinor: -leg.amountMinor }));

type OfTrade = {
  readonly tradeId: string;
  readonly caseId: string;
  readonly held: Money;
  readonly clearing: Money;
};

/** What is held and what is not applied are entries of their own, for they are of two currencies. */
const ofTrade = ({ tradeId, caseId, held, clearing }: OfTrade): readonly Legs[] => [
  [debit('2100', held, tradeId), credit('2190', held, caseId)],
  [debit('2000', clearing, tradeId), credit('2190', clearing, caseId)],
];

const ofSeller = ({
  caseId,
  parts,
}: {
  readonly caseId: string;
  readonly parts: readonly PayoutPart[];
}): Legs =>
  parts.flatMap(({ sellerId, amount }) => [
    debit('2200', amount, sellerId),
    credit('2190', amount, caseId),
  ]);
