import type { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import type { SellerEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { SellerCreditCarried } from '../../events/seller/seller-credit-carried.v1.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import { attemptIdFor } from '../platform/ids.ts';
import { isPlain, planPayout } from './allocation.ts';
import {
  decideReversal,
  type Recallable,
  type ReversalCommand,
  requestReversals,
} from './decide-reversal.ts';
import {
  decideSellerBlock,
  type SellerBlockCommand,
  withBlockedTrades,
} from './decide-seller-block.ts';
import { decideWriteOff, type WriteOffCommand } from './decide-write-off.ts';
import { openDebts, type SellerState, waitingCredits } from './seller-state.ts';

export type SellerCommand =
  | {
      readonly type: 'RecordDebt';
      readonly debt: SellerDebtIncurred;
      /** The transfers that are taken back for it, as far as they go. */
      readonly recallable?: readonly Recallable[];
    }
  | ReversalCommand
  | WriteOffCommand
  | SellerBlockCommand
  | {
      readonly type: 'AllocatePayout';
      readonly payoutId: string;
      readonly attempt: number;
      readonly own: readonly [PayoutPart, ...PayoutPart[]];
    }
  | { readonly type: 'ReleaseAllocation'; readonly allocationId: string }
  | {
      readonly type: 'CarryCredit';
      readonly creditId: string;
      readonly reason: SellerCreditCarried['reason'];
      readonly parts: readonly PayoutPart[];
    }
  | {
      readonly type: 'LetWait';
      readonly payoutId: string;
      readonly attempt: number;
      readonly code: string;
    }
  | { readonly type: 'Resume'; readonly payoutId: string; readonly attempt: number }
  | {
      readonly type: 'RegisterAccount';
      readonly payoutAccountId: string;
      readonly accountReference: string;
      readonly country: string;
      readonly at: string;
    }
  | {
      readonly type: 'ImpairAccount';
      readonly payoutAccountId: string;
      readonly code: string;
      readonly at: string;
    }
  | { readonly type: 'RestoreAccount'; readonly payoutAccountId: string; readonly at: string };

type CommandOf<T extends SellerCommand['type']> = Extract<SellerCommand, { readonly type: T }>;

/** Decides one command against what stands open with a seller. */
export const decideSeller = (
  sellerAccountId: string,
  command: SellerCommand,
  state: SellerState,
): Decision<SellerEvent> =>
  withBlockedTrades(sellerAccountId, decideCommand(sellerAccountId, command, state), state);

function decideCommand(
  sellerAccountId: string,
  command: SellerCommand,
  state: SellerState,
): Decision<SellerEvent> {
  switch (command.type) {
    case 'RecordDebt':
      return recordDebt(sellerAccountId, command, state);
    case 'RecordTransferReversed':
    case 'RefuseTransferReversal':
      return decideReversal(sellerAccountId, command, state);
    case 'WriteOffDebt':
    case 'ApproveWriteOff':
      return decideWriteOff(sellerAccountId, command, state);
    case 'BlockTrade':
    case 'UnblockTrade':
      return decideSellerBlock(sellerAccountId, command, state);
    case 'AllocatePayout':
      return allocatePayout(sellerAccountId, command, state);
    case 'ReleaseAllocation': {
      const { allocationId } = command;
      return state.allocations.has(allocationId)
        ? decided({ type: 'SellerAllocationReleased', version: 1, sellerAccountId, allocationId })
        : nothing;
    }
    case 'CarryCredit': {
      const { creditId, reason, parts } = command;
      if (state.credits.has(creditId)) return nothing;
      return decided({
        type: 'SellerCreditCarried',
        version: 1,
        sellerAccountId,
        creditId,
        reason,
        parts: [...parts],
      });
    }
    case 'LetWait':
    case 'Resume':
      return decideWaiting(sellerAccountId, command, state);
    default:
      return decideAccount(sellerAccountId, command, state);
  }
}

/** With it stands what is taken back for it, so that no payout is netted against that. It is told once; told again with another amount it is a defect of who tells it. */
function recordDebt(
  sellerAccountId: string,
  { debt, recallable = [] }: CommandOf<'RecordDebt'>,
  state: SellerState,
): Decision<SellerEvent> {
  const { debtId, tradeId, sellerId, amount, reason } = debt;
  const known = state.debts.get(debtId);
  if (known === undefined) {
    return decided(
      {
        ...{ type: 'SellerDebtRecorded', version: 1, sellerAccountId },
        ...{ debtId, tradeId, sellerId, amount, reason },
      },
      ...requestReversals(sellerAccountId, { debt, recallable }, state),
    );
  }
  const isSame =
    known.amount.currency === amount.currency && known.amount.amountMinor === amount.amountMinor;
  return isSame
    ? nothing
    : rejected('seller.debt_differs', `Debt ${debtId} was recorded with another amount.`);
}

/** Recorded only where it draws on something; the same attempt is allocated once. */
function allocatePayout(
  sellerAccountId: string,
  { payoutId, attempt, own }: CommandOf<'AllocatePayout'>,
  state: SellerState,
): Decision<SellerEvent> {
  const allocationId = attemptIdFor(payoutId, attempt);
  if (state.allocations.has(allocationId)) return nothing;
  const plan = planPayout(own, { credits: waitingCredits(state), debts: openDebts(state) });
  if (isPlain(plan)) return nothing;
  return decided({
    ...{ type: 'SellerPayoutAllocated', version: 1, sellerAccountId },
    ...{ allocationId, payoutId, attempt },
    ...{ taken: [...plan.taken], recovered: [...plan.recovered], parts: [...plan.parts] },
  });
}

function decideWaiting(
  sellerAccountId: string,
  command: CommandOf<'LetWait' | 'Resume'>,
  { waiting, resumed }: SellerState,
): Decision<SellerEvent> {
  const { payoutId, attempt } = command;
  const waits = waiting.get(payoutId);
  if (command.type === 'Resume') {
    if (waits === undefined || waits.attempt >= attempt) return nothing;
    return decided({ type: 'SellerPayoutResumed', version: 1, sellerAccountId, payoutId, attempt });
  }
  const isOld = (waits?.attempt ?? 0) >= attempt || (resumed.get(payoutId) ?? 0) > attempt;
  if (isOld) return nothing;
  const { code } = command;
  return decided({
    ...{ type: 'SellerPayoutWaiting', version: 1, sellerAccountId, payoutId, attempt, code },
  });
}

function decideAccount(
  sellerAccountId: string,
  command: CommandOf<'RegisterAccount' | 'ImpairAccount' | 'RestoreAccount'>,
  { account, impairedBy }: SellerState,
): Decision<SellerEvent> {
  const { payoutAccountId, at } = command;
  switch (command.type) {
    case 'RegisterAccount': {
      const { accountReference, country } = command;
      if (account?.accountReference === accountReference) return nothing;
      return decided({
        ...{ type: 'PayoutAccountRegistered', version: 1, sellerAccountId, payoutAccountId },
        ...{ accountReference, country, registeredAt: at },
      });
    }
    case 'ImpairAccount': {
      const { code } = command;
      if (impairedBy !== undefined) return nothing;
      return decided({
        ...{ type: 'PayoutAccountImpaired', version: 1, sellerAccountId, payoutAccountId },
        ...{ code, impairedAt: at },
      });
    }
    case 'RestoreAccount':
      if (impairedBy === undefined) return nothing;
      return decided({
        ...{ type: 'PayoutAccountRestored', version: 1, sellerAccountId, payoutAccountId },
        restoredAt: at,
      });
  }
}
