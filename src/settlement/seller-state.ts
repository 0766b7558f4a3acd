import type { SellerEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import { isZero } from '../money/money.ts';
import type { Evolution } from '../platform/decision.ts';
import type { Plan } from './allocation.ts';
import type { TradeBlock } from './ports.ts';
import {
  type Debt,
  type DebtBook,
  evolveDebts,
  expectLegal,
  lowered,
  raised,
  withEntry,
} from './seller-debts.ts';

/** Where a seller is paid by bank: a reference into the vault. */
export type BankAccount = { readonly accountReference: string; readonly country: string };

/**
 * What stands open between the platform and a seller. A seller is who stands behind a payout account;
 * most have no stream at all, because nothing was ever owed, carried or in the way.
 */
export type SellerState = DebtBook & {
  /** What was allocated to each attempt of a payout and not released. */
  readonly allocations: ReadonlyMap<string, Plan>;
  /** Payouts that wait for the account to change, and the attempt that did not pay. */
  readonly waiting: ReadonlyMap<string, { readonly attempt: number; readonly code: string }>;
  /** The attempt with which each payout that had waited went on. */
  readonly resumed: ReadonlyMap<string, number>;
  /** The trades whose funds are blocked, and what of them would wait here. */
  readonly blocked: ReadonlyMap<string, TradeBlock & { readonly parts: readonly PayoutPart[] }>;
  readonly account?: BankAccount;
  readonly impairedBy?: string;
};

export const newSeller: SellerState = {
  debts: new Map(),
  reversals: new Map(),
  credits: new Map(),
  allocations: new Map(),
  waiting: new Map(),
  resumed: new Map(),
  blocked: new Map(),
};

/** The credits that wait, oldest first. */
export const waitingCredits = ({ credits }: SellerState): readonly PayoutPart[] =>
  [...credits.values()].flat();

/** The debts that are not recovered, oldest first. */
export const openDebts = ({ debts }: SellerState): readonly Debt[] =>
  [...debts.values()].filter(({ remaining }) => !isZero(remaining));

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** The state of a seller after one of its events. */
export function evolveSeller(state: SellerState, event: SellerEvent): SellerState {
  switch (event.type) {
    case 'SellerDebtRecorded':
    case 'SellerDebtWrittenOff':
    case 'SellerWriteOffProposed':
    case 'TransferReversalRequested':
    case 'TransferReversed':
    case 'TransferReversalRefused':
      return { ...state, ...evolveDebts(state, event) };
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
    case 'SellerTradeBlocked':
      return tradeBlocked(state, event);
    case 'SellerTradeUnblocked':
      return tradeUnblocked(state, event);
    default:
      return evolveAccount(state, event);
  }
}

/** What waits of the trade waits no more: no payout can take it. */
function tradeBlocked(
  state: SellerState,
  event: Extract<SellerEvent, { type: 'SellerTradeBlocked' }>,
): SellerState {
  const { tradeId, caseId, parts } = event;
  const known = state.blocked.get(tradeId);
  expectLegal(known === undefined || known.caseId === caseId, event);
  const credits = [...state.credits].map(([creditId, waiting]): [string, readonly PayoutPart[]] => [
    creditId,
    waiting.filter((part) => part.tradeId !== tradeId),
  ]);
  const block = { caseId, parts: [...(known?.parts ?? []), ...parts] };
  return {
    ...state,
    credits: new Map(credits),
    blocked: withEntry(state.blocked, tradeId, block),
  };
}

function tradeUnblocked(
  state: SellerState,
  event: Extract<SellerEvent, { type: 'SellerTradeUnblocked' }>,
): SellerState {
  const { tradeId, caseId, parts } = event;
  expectLegal(state.blocked.get(tradeId)?.caseId === caseId, event);
  const creditId = `unblocked#${tradeId}#${caseId}`;
  const back = [...(state.credits.get(creditId) ?? []), ...parts];
  return {
    ...state,
    credits: back.length === 0 ? state.credits : withEntry(state.credits, creditId, back),
    blocked: without(state.blocked, tradeId),
  };
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
  const reopened = recovered.reduce(raised, state.debts);
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
