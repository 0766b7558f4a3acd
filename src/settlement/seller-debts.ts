import type { SellerEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { TransferReversalRequested } from '../../events/seller/transfer-reversal-requested.v1.ts';
import { add, isZero, type Money, subtract, zero } from '../money/money.ts';
import { assertInvariant } from '../platform/errors.ts';
import type { OpenDebt } from './allocation.ts';

export type Debt = OpenDebt & {
  readonly tradeId: string;
  readonly amount: Money;
  /** What was proposed to be given up, by whom and why. */
  readonly proposal?: { readonly by: string; readonly reason: string; readonly amount: Money };
  readonly isWrittenOff?: boolean;
};

/** `open` and `write_off_proposed` have something left that later payouts are kept for. */
export type DebtStatus = 'open' | 'write_off_proposed' | 'written_off' | 'recovered';

export function debtStatusOf({ remaining, proposal, isWrittenOff }: Debt): DebtStatus {
  if (isZero(remaining)) return isWrittenOff === true ? 'written_off' : 'recovered';
  return proposal === undefined ? 'open' : 'write_off_proposed';
}

/**
 * What is taken back of a transfer for a debt. `requested` is also the state of not knowing whether
 * the provider has done it; while it is `requested` or `reversed`, that part of the debt is not open.
 */
export type Reversal = Omit<TransferReversalRequested, 'type' | 'version' | 'sellerAccountId'> & {
  readonly status: 'requested' | 'reversed' | 'refused';
  readonly providerReversalId?: string;
};

/** A seller's debts, what is taken back for them, and what waits to be paid to the seller. */
export type DebtBook = {
  readonly debts: ReadonlyMap<string, Debt>;
  readonly reversals: ReadonlyMap<string, Reversal>;
  /** Waiting credits by id; an empty list where a payout has taken them. */
  readonly credits: ReadonlyMap<string, readonly PayoutPart[]>;
};

export type DebtEvent = Extract<
  SellerEvent,
  {
    type:
      | 'SellerDebtRecorded'
      | 'SellerDebtWrittenOff'
      | 'SellerWriteOffProposed'
      | 'TransferReversalRequested'
      | 'TransferReversed'
      | 'TransferReversalRefused';
  }
>;

export const withEntry = <V>(
  map: ReadonlyMap<string, V>,
  key: string,
  value: V,
): ReadonlyMap<string, V> => new Map(map).set(key, value);

export const expectLegal: (isLegal: boolean, event: Pick<SellerEvent, 'type'>) => asserts isLegal =
  (isLegal, { type }) =>
    assertInvariant(isLegal, 'seller.illegal_history', `${type} cannot follow in this stream.`);

/** The book after one of its events. */
export function evolveDebts(book: DebtBook, event: DebtEvent): DebtBook {
  const { debts, reversals } = book;
  switch (event.type) {
    case 'SellerDebtRecorded': {
      const { debtId, tradeId, sellerId: debtorId, amount } = event;
      expectLegal(!debts.has(debtId), event);
      const debt = { debtId, tradeId, debtorId, amount, remaining: amount };
      return { ...book, debts: withEntry(debts, debtId, debt) };
    }
    case 'SellerDebtWrittenOff':
      return { ...book, debts: writtenOff(lowered(debts, event, event), event) };
    case 'SellerWriteOffProposed':
      return { ...book, debts: proposed(debts, event) };
    case 'TransferReversalRequested': {
      const { type: _, version: __, sellerAccountId: ___, ...request } = event;
      expectLegal(!reversals.has(request.reversalId), event);
      const reversal = { ...request, status: 'requested' as const };
      return {
        ...book,
        debts: lowered(debts, event, event),
        reversals: withEntry(reversals, request.reversalId, reversal),
      };
    }
    case 'TransferReversalRefused': {
      const reversal = reversals.get(event.reversalId);
      expectLegal(reversal?.status === 'requested', event);
      const refused = { ...reversal, status: 'refused' as const };
      return {
        ...book,
        debts: raised(debts, event),
        reversals: withEntry(reversals, event.reversalId, refused),
      };
    }
    case 'TransferReversed':
      return reversed(book, event);
  }
}

function proposed(
  debts: DebtBook['debts'],
  event: Extract<DebtEvent, { type: 'SellerWriteOffProposed' }>,
): DebtBook['debts'] {
  const { debtId, proposedBy: by, reason, amount } = event;
  const debt = debts.get(debtId);
  expectLegal(debt !== undefined, event);
  return withEntry(debts, debtId, { ...debt, proposal: { by, reason, amount } });
}

function writtenOff(
  debts: DebtBook['debts'],
  { debtId }: Extract<DebtEvent, { type: 'SellerDebtWrittenOff' }>,
): DebtBook['debts'] {
  const debt = debts.get(debtId);
  if (debt === undefined) return debts;
  const { proposal: _, ...decided } = debt;
  return withEntry(debts, debtId, { ...decided, isWrittenOff: true });
}

/** What was refused first and done after all takes its debt anew, as far as it is open. */
function reversed(
  book: DebtBook,
  event: Extract<DebtEvent, { type: 'TransferReversed' }>,
): DebtBook {
  const { debts, reversals, credits } = book;
  const { reversalId, providerReversalId, amount, owed = zero(amount.currency) } = event;
  const reversal = reversals.get(reversalId);
  const isLate = reversal?.status === 'refused';
  expectLegal(reversal !== undefined && reversal.status !== 'reversed', event);
  expectLegal(isLate || owed.amountMinor === 0n, event);
  const done = { ...reversal, status: 'reversed' as const, providerReversalId };
  const { payoutId, tradeId, milestoneId, sellerId, debtId } = event;
  const part = { payoutId, tradeId, milestoneId, sellerId, amount: owed };
  const taken = { debtId, amount: subtract(amount, owed) };
  return {
    debts: isLate ? lowered(debts, taken, event) : debts,
    reversals: withEntry(reversals, reversalId, done),
    credits: owed.amountMinor === 0n ? credits : withEntry(credits, reversalId, [part]),
  };
}

/** A debt with less of it open. */
export function lowered(
  debts: ReadonlyMap<string, Debt>,
  { debtId, amount }: { readonly debtId: string; readonly amount: Money },
  event: Pick<SellerEvent, 'type'>,
): ReadonlyMap<string, Debt> {
  const debt = debts.get(debtId);
  expectLegal(debt !== undefined && debt.remaining.amountMinor >= amount.amountMinor, event);
  return withEntry(debts, debtId, { ...debt, remaining: subtract(debt.remaining, amount) });
}

/** A debt with so much of it open again. */
export function raised(
  debts: ReadonlyMap<string, Debt>,
  { debtId, amount }: { readonly debtId: string; readonly amount: Money },
): ReadonlyMap<string, Debt> {
  const debt = debts.get(debtId);
  return debt === undefined
    ? debts
    : withEntry(debts, debtId, { ...debt, remaining: add(debt.remaining, amount) });
}
