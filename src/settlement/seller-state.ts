import type { SellerEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import { add, isZero, type Money, subtract } from '../money/money.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import type { OpenDebt, Plan } from './allocation.ts';

export type Debt = OpenDebt & { readonly amount: Money };

/** Where a seller is paid by bank: a reference into the vault. */
export type BankAccount = { readonly accountReference: string; readonly country: string };

/**
 * What stands open between the platform and a seller. A seller is who stands behind a payout account;
 * most have no stream at all, because nothing was ever owed, carried or in the way.
 */
export type SellerState = {
  readonly debts: ReadonlyMap<string, Debt>;
  /** Waiting credits by id; an empty list where a payout has taken them. */
  readonly credits: ReadonlyMap<string, readonly PayoutPart[]>;
  /** What was allocated to each attempt of a payout and not released. */
  readonly allocations: ReadonlyMap<string, Plan>;
  /** Payouts that wait for the account to change, and the attempt that did not pay. */
  readonly waiting: ReadonlyMap<string, { readonly attempt: number; readonly code: string }>;
  /** The attempt with which each payout that had waited went on. */
  readonly resumed: ReadonlyMap<string, number>;
  readonly account?: BankAccount;
  readonly impairedBy?: string;
};

export const newSeller: SellerState = {
  debts: new Map(),
  credits: new Map(),
  allocations: new Map(),
  waiting: new Map(),
  resumed: new Map(),
};

/** The credits that wait, oldest first. */
export const waitingCredits = ({ credits }: SellerState): readonly PayoutPart[] =>
  [...credits.values()].flat();

/** The debts that are not recovered, oldest first. */
export const openDebts = ({ debts }: SellerState): readonly Debt[] =>
  [...debts.values()].filter(({ remaining }) => !isZero(remaining));

const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

const expectLegal = (isLegal: boolean, { type }: SellerEvent): void =>
  assertInvariant(isLegal, 'seller.illegal_history', `${type} cannot follow in this stream.`);

/** The state of a seller after one of its events. */
export function evolveSeller(state: SellerState, event: SellerEvent): SellerState {
  switch (event.type) {
    case 'SellerDebtRecorded':
    case 'SellerDebtWrittenOff':
      return evolveDebts(state, event);
    case 'SellerPayoutAllocated':
      return allocated(state, event);
    case 'SellerAllocationReleased':
      return released(state, event);
    case 'SellerCreditCarried':
      expectLegal(!state.credits.has(event.creditId), event);
      return { ...state, credits: withEntry(state.credits, event.creditId, event.parts) };
    case 'SellerPayoutWaiting': {
      const { payoutId, attempt, code } = event;
      return { ...state, waiting: withEntry(state.waiting, payoutId, { attempt, code }) };
    }
    case 'SellerPayoutResumed': {
      const { payoutId, attempt } = event;
      expectLegal(state.waiting.has(payoutId), event);
      const waiting = without(state.waiting, payoutId);
      return { ...state, waiting, resumed: withEntry(state.resumed, payoutId, attempt) };
    }
    default:
      return evolveAccount(state, event);
  }
}

function evolveDebts(
  state: SellerState,
  event: Extract<SellerEvent, { type: 'SellerDebtRecorded' | 'SellerDebtWrittenOff' }>,
): SellerState {
  const { debts } = state;
  if (event.type === 'SellerDebtRecorded') {
    const { debtId, sellerId: debtorId, amount } = event;
    expectLegal(!debts.has(debtId), event);
    return {
      ...state,
      debts: withEntry(debts, debtId, { debtId, debtorId, amount, remaining: amount }),
    };
  }
  return { ...state, debts: lowered(debts, event, event) };
}

/** A debt with less of it open. */
function lowered(
  debts: ReadonlyMap<string, Debt>,
  { debtId, amount }: { readonly debtId: string; readonly amount: Money },
  event: SellerEvent,
): ReadonlyMap<string, Debt> {
  const debt = debts.get(debtId);
  const isLegal = debt !== undefined && debt.remaining.amountMinor >= amount.amountMinor;
  expectLegal(isLegal, event);
  return isLegal
    ? withEntry(debts, debtId, { ...debt, remaining: subtract(debt.remaining, amount) })
    : debts;
}

function allocated(
  state: SellerState,
  event: Extract<SellerEvent, { type: 'SellerPayoutAllocated' }>,
): SellerState {
  const { allocationId, taken, recovered, parts } = event;
  expectLegal(!state.allocations.has(allocationId), event);
  const currency = parts[0]?.amount.currency;
  const kept = [...state.credits].map(([creditId, waiting]): [string, readonly PayoutPart[]] => [
    creditId,
    taken.length === 0 ? waiting : waiting.filter(({ amount }) => amount.currency !== currency),
  ]);
  return {
    ...state,
    debts: recovered.reduce((debts, one) => lowered(debts, one, event), state.debts),
    credits: new Map(kept),
    allocations: withEntry(state.allocations, allocationId, { taken, recovered, parts }),
  };
}

/** The debts are open again, and the credits wait again, under the allocation's id. */
function released(
  state: SellerState,
  event: Extract<SellerEvent, { type: 'SellerAllocationReleased' }>,
): SellerState {
  const { allocationId } = event;
  const plan = state.allocations.get(allocationId);
  expectLegal(plan !== undefined, event);
  const { taken = [], recovered = [] } = plan ?? {};
  const reopened = recovered.reduce<ReadonlyMap<string, Debt>>((debts, { debtId, amount }) => {
    const debt = debts.get(debtId);
    return debt === undefined
      ? debts
      : withEntry(debts, debtId, { ...debt, remaining: add(debt.remaining, amount) });
  }, state.debts);
  const creditId = `released#${allocationId}`;
  const back = [...(state.credits.get(creditId) ?? []), ...taken];
  return {
    ...state,
    debts: reopened,
    credits: withEntry(state.credits, creditId, back),
    allocations: without(state.allocations, allocationId),
  };
}

function evolveAccount(
  state: SellerState,
  event: Extract<
    SellerEvent,
    { type: 'PayoutAccountRegistered' | 'PayoutAccountImpaired' | 'PayoutAccountRestored' }
  >,
): SellerState {
  if (event.type === 'PayoutAccountRegistered') {
    const { accountReference, country } = event;
    return { ...state, account: { accountReference, country } };
  }
  if (event.type === 'PayoutAccountImpaired') return { ...state, impairedBy: event.code };
  const { impairedBy: _, ...restored } = state;
  return restored;
}

/** The rules of the seller stream. */
export const sellerEvolution: Evolution<SellerState, SellerEvent> = {
  initial: newSeller,
  evolve: evolveSeller,
};
