import type { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { type Money, subtract, sum } from '../money/money.ts';
import type { FundedState, Held, Refund } from './state.ts';

/** A refund's part is told once the provider has had it: until then it may still be called off. */
const wasSubmitted = ({ providerRefundId, status }: Refund): boolean =>
  providerRefundId !== null && status !== 'canceled';

/** What the seller owes of what it was released: its own part of refunds, all of lost chargebacks. */
function owedBySeller({ refunds, chargebacks, terms }: Held): Money {
  const nets = refunds.filter(wasSubmitted).flatMap(({ parts }) => parts.map(({ net }) => net));
  const taken = chargebacks
    .flatMap((chargeback) => chargeback.taken?.parts ?? [])
    .flatMap(({ net, fee }) => [net, fee]);
  return sum(terms.amount.currency, [...nets, ...taken]);
}

/**
 * What of the seller's debt has not been told yet: cumulative, so that what was told of a refund that a
 * chargeback called off later counts for the chargeback, and for what is refunded anew.
 */
export function untoldDebt(
  state: FundedState,
  { debtId, reason }: Pick<SellerDebtIncurred, 'debtId' | 'reason'>,
): readonly EscrowEvent[] {
  const amount = subtract(owedBySeller(state), state.debtTold);
  if (amount.amountMinor <= 0n) return [];
  const { tradeId, seller } = state.terms;
  const debt = { tradeId, sellerId: seller.partyId, debtId, amount, reason };
  return [{ type: 'SellerDebtIncurred', version: 1, ...debt }];
}
