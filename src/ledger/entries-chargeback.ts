import type { ChargebackLost } from '../../events/escrow/chargeback-lost.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import type { JournalEntry, JournalLeg } from '../../events/ledger/journal-entry.v1.ts';
import { add, type Money, negate, subtract } from '../money/money.ts';
import { credit, debit, entry } from './journal.ts';

export type ChargebackEvent = Extract<
  EscrowEvent,
  { type: 'ChargebackOpened' | 'ChargebackAdjusted' | 'ChargebackWon' | 'ChargebackLost' }
>;

/** What a buyer's bank took back: receivable while it is disputed, then regained or lost. */
export function chargebackEntries(event: ChargebackEvent): readonly (JournalEntry | undefined)[] {
  const { chargebackId } = event;
  switch (event.type) {
    case 'ChargebackOpened':
      return [
        entry(
          'chargeback_opened',
          debit('1300', event.withdrawn, chargebackId),
          debit('5110', event.fee),
          credit('1100', add(event.withdrawn, event.fee)),
        ),
      ];
    case 'ChargebackAdjusted': {
      const standing = (amount: Money): JournalLeg =>
        event.isClosed ? debit('5100', amount) : debit('1300', amount, chargebackId);
      const { withdrawn, reinstated, fee } = event;
      return [
        entry('chargeback_withdrawn', standing(withdrawn), credit('1100', withdrawn)),
        entry('chargeback_reinstated', debit('1100', reinstated), standing(negate(reinstated))),
        entry('chargeback_fee', debit('5110', fee), credit('1100', fee)),
      ];
    }
    case 'ChargebackWon':
      return [
        entry(
          'chargeback_won',
          debit('5200', event.residual),
          credit('1300', event.residual, chargebackId),
        ),
      ];
    case 'ChargebackLost':
      return [entry('chargeback_lost', ...lost(event))];
  }
}

/**
 * Out of what was paid too much, out of what is held, then out of what the seller was released, which it
 * owes. What the bank took beyond that is an exchange result before the release, and a loss of the
 * platform's after it.
 */
function lost(event: ChargebackLost): readonly JournalLeg[] {
  const { tradeId, sellerId, chargebackId, held, released, withdrawn, value, spread } = event;
  const owed = add(held, released);
  const sources = [
    ...unapplied(event, owed),
    debit('2100', held, tradeId),
    debit('1310', released, sellerId),
  ];
  const restOn = released.amountMinor === 0n ? '5200' : '5100';
  const ofTrade =
    event.unapplied === undefined ? withdrawn : subtract(withdrawn, event.unapplied.withdrawn);
  if (withdrawn.currency === owed.currency) {
    const rest = subtract(ofTrade, owed);
    return [...sources, credit('1300', withdrawn, chargebackId), debit(restOn, rest)];
  }
  const given = spread.currency === withdrawn.currency ? spread : undefined;
  const beyond = subtract(ofTrade, value);
  const rest = given === undefined ? beyond : subtract(beyond, given);
  return [
    ...sources,
    credit('1400', owed),
    debit('1400', value),
    ...(given === undefined ? [] : [debit('4100', given)]),
    credit('1300', withdrawn, chargebackId),
    debit(restOn, rest),
  ];
}

/**
 * What the buyer had paid too much is not owed to the buyer any more. Where the provider settles in the
 * trade's currency, what it credited for that was realized with the conversion, and is given up again.
 */
function unapplied(event: ChargebackLost, owed: Money): readonly JournalLeg[] {
  if (event.unapplied === undefined) return [];
  const { amount, withdrawn } = event.unapplied;
  const gone = debit('2000', amount, event.tradeId);
  if (amount.currency === withdrawn.currency) {
    return [gone, debit('5200', subtract(withdrawn, amount))];
  }
  const closing = withdrawn.currency === owed.currency ? '5200' : '1400';
  return [gone, credit('1400', amount), debit(closing, withdrawn)];
}
