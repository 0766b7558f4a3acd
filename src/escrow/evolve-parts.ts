import type { EscrowFunded } from '../../events/escrow/escrow-funded.v1.ts';
import type { PartialPaymentReceived } from '../../events/escrow/partial-payment-received.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { add, compare, type Money, subtract, sum, zero } from '../money/money.ts';
import { expectLegal } from './legal.ts';
import { type EscrowState, isFunded, type Parts } from './state.ts';

export const noParts = (currency: CurrencyCode): Parts => ({
  transferred: zero(currency),
  receipts: zero(currency),
  receiptIds: [],
});

/** Of what came, all that the payment does not use. */
export const partsTotal = ({ transferred, receipts }: Parts): Money => add(transferred, receipts);

/** A part has come: to a trade that waits for it, or too late, and then it goes back. */
export function withPart(state: EscrowState, event: PartialPaymentReceived): EscrowState {
  expectLegal(state.status !== 'not_opened', event, state);
  // Stryker disable next-line ConditionalExpression,StringLiteral: for the compiler; it is not legal, as was asked above
  if (state.status === 'not_opened') return state;
  const { way, reference, added, received } = event;
  const before = way === 'transfer' ? state.parts.transferred : state.parts.receipts;
  const isNew = !state.parts.receiptIds.includes(reference);
  expectLegal(isNew && compare(add(before, added), received) === 0, event, state);
  const parts: Parts =
    way === 'transfer'
      ? { ...state.parts, transferred: received }
      : {
          ...state.parts,
          receipts: received,
          receiptIds: [...state.parts.receiptIds, reference],
        };
  return isFunded(state)
    ? { ...state, parts, unapplied: add(state.unapplied, added) }
    : { ...state, parts };
}

/** What of all that came is more than was due: it goes back the way that it came. */
export function unappliedOf(
  { parts, due }: { readonly parts: Parts; readonly due: Money },
  {
    received,
    unused,
    receiptIds,
    byReceipts,
  }: Pick<EscrowFunded, 'received' | 'unused' | 'receiptIds' | 'byReceipts'>,
): Money {
  // Stryker disable next-line ConditionalExpression,EqualityOperator: less than is due funds no trade
  const excess = compare(received, due) > 0 ? subtract(received, due) : zero(due.currency);
  const receiptsBeside = byReceipts === undefined ? parts.receipts : zero(due.currency);
  const beside = receiptIds === undefined ? receiptsBeside : parts.transferred;
  return sum(due.currency, [excess, beside, unused ?? zero(due.currency)]);
}
