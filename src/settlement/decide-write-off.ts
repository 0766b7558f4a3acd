import type { SellerEvent } from '../../events/index.ts';
import { isZero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import type { Debt } from './seller-debts.ts';
import type { SellerState } from './seller-state.ts';

export type WriteOffCommand =
  | {
      readonly type: 'WriteOffDebt';
      readonly debtId: string;
      readonly reason: string;
      /** Who gives it up, and how much of that currency one person may. */
      readonly by: string;
      readonly limitMinor: bigint;
      readonly isBlocked: boolean;
      readonly at: string;
    }
  | {
      readonly type: 'ApproveWriteOff';
      readonly debtId: string;
      readonly by: string;
      /** Whether the funds of the debt's trade are blocked. */
      readonly isBlocked: boolean;
      readonly at: string;
    };

type CommandOf<T extends WriteOffCommand['type']> = Extract<WriteOffCommand, { readonly type: T }>;

export const unknownDebt = (debtId: string) =>
  ({
    kind: 'rejected',
    code: 'seller.debt_unknown',
    detail: `The seller has no debt ${debtId}.`,
  }) as const;

/** Only what is left can be given up: what a payout has kept, or a transfer gave back, is recovered. */
export function decideWriteOff(
  sellerAccountId: string,
  command: WriteOffCommand,
  { debts }: SellerState,
): Decision<SellerEvent> {
  const debt = debts.get(command.debtId);
  if (debt === undefined) return unknownDebt(command.debtId);
  if (isZero(debt.remaining)) {
    return debt.isWrittenOff === true
      ? nothing
      : rejected('seller.debt_closed', `Nothing is left of debt ${command.debtId}.`);
  }
  if (command.isBlocked) {
    return rejected('escrow.funds_blocked', 'No money of this trade moves for now.');
  }
  return command.type === 'WriteOffDebt'
    ? propose(sellerAccountId, command, debt)
    : approve(sellerAccountId, command, debt);
}

/** The same person's word again changes nothing; another reason or amount is another proposal. */
function propose(
  sellerAccountId: string,
  { reason, by, limitMinor, at }: CommandOf<'WriteOffDebt'>,
  { debtId, debtorId: sellerId, remaining: amount, proposal }: Debt,
): Decision<SellerEvent> {
  if (amount.amountMinor <= limitMinor) {
    return decided({
      ...{ type: 'SellerDebtWrittenOff', version: 1, sellerAccountId, debtId, sellerId },
      ...{ amount, reason, proposedBy: by, writtenOffAt: at },
    });
  }
  const isKnown =
    proposal?.by === by &&
    proposal.reason === reason &&
    proposal.amount.amountMinor === amount.amountMinor;
  if (isKnown) return nothing;
  return decided({
    ...{ type: 'SellerWriteOffProposed', version: 1, sellerAccountId, debtId },
    ...{ amount, reason, proposedBy: by, proposedAt: at },
  });
}

/** What was recovered meanwhile is not given up; what has come to it since is another proposal's. */
function approve(
  sellerAccountId: string,
  { by, at }: CommandOf<'ApproveWriteOff'>,
  { debtId, debtorId: sellerId, remaining: amount, proposal }: Debt,
): Decision<SellerEvent> {
  if (proposal === undefined) {
    return rejected('seller.nothing_proposed', 'Nobody has proposed to write this debt off.');
  }
  if (proposal.by === by) {
    return rejected('seller.same_person', 'Whoever proposed a write-off can not approve it.');
  }
  if (amount.amountMinor > proposal.amount.amountMinor) {
    return rejected('seller.proposal_outdated', 'More is open than was proposed to be given up.');
  }
  return decided({
    ...{ type: 'SellerDebtWrittenOff', version: 1, sellerAccountId, debtId, sellerId, amount },
    ...{ reason: proposal.reason, proposedBy: proposal.by, approvedBy: by, writtenOffAt: at },
  });
}
