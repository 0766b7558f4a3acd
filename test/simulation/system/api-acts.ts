import type { DocumentType } from '../../../events/escrow/document-presented.v1.ts';
import { acceptTrade } from '../../../src/escrow/accept-trade.ts';
import { cancelTrade } from '../../../src/escrow/cancel-trade.ts';
import type { BlockCommand } from '../../../src/escrow/commands.ts';
import {
  decideDisputeOf,
  disputeTrade,
  withdrawDisputeOf,
} from '../../../src/escrow/dispute-trade.ts';
import { refundTrade } from '../../../src/escrow/refund-trade.ts';
import { type EscrowContext, type EscrowOutcome, runEscrow } from '../../../src/escrow/run.ts';
import type { Money } from '../../../src/money/money.ts';
import { dutyIdFor } from '../../../src/platform/ids.ts';
import type { Task } from '../engine/tasks.ts';
import { nowOf, type Plant, paymentsOf, storesOf } from './plant.ts';

type OfTrade = {
  readonly marketplaceId: string;
  readonly requestId: string;
  readonly tradeId: string;
};

type ClaimRequest =
  | { readonly action: 'refunds'; readonly idempotencyKey: string; readonly amount: Money }
  | {
      readonly action: 'disputes';
      readonly idempotencyKey: string;
      readonly milestoneIds: readonly string[] | undefined;
    }
  | { readonly action: 'decision'; readonly disputeId: string; readonly toBuyer: Money }
  | { readonly action: 'withdrawal'; readonly disputeId: string };

type HoldingRequest =
  | {
      readonly action: 'documents';
      readonly milestoneId: string;
      readonly documentType: DocumentType;
    }
  | { readonly action: 'duties'; readonly idempotencyKey: string; readonly amount: Money }
  | { readonly action: 'duty-payment'; readonly idempotencyKey: string };

type BlockRequest =
  | { readonly action: 'block'; readonly caseId: string }
  | { readonly action: 'unblock' | 'unblock-approval'; readonly by: string };

/** What changes a trade that is open. */
export type ChangeRequest = OfTrade &
  ({ readonly action: 'accept' | 'cancel' } | ClaimRequest | HoldingRequest | BlockRequest);

/** The hash of what an arbitrator has written. */
const VERDICT = 'f'.repeat(64);
/** The hash of a paper. */
const PAPER = 'd'.repeat(64);

/** What the handlers of `functions/marketplace-api` do to a trade. */
export function perform(plant: Plant, task: Task, request: ChangeRequest): Promise<EscrowOutcome> {
  const { tradeId, requestId } = request;
  const context: EscrowContext = { tradeId, cause: `api#${requestId}` };
  const ports = {
    store: storesOf(plant, task).escrows,
    now: nowOf(plant, task),
    payments: paymentsOf(plant, task),
  };
  switch (request.action) {
    case 'accept':
      return acceptTrade(ports, context, { requestId });
    case 'cancel':
      return cancelTrade(ports, context);
    case 'refunds':
      return refundTrade(ports, context, request);
    case 'disputes': {
      const { idempotencyKey, milestoneIds = null } = request;
      const claim = { reason: 'damaged', milestoneIds, evidenceSha256: null } as const;
      return disputeTrade(ports, context, { ...claim, idempotencyKey });
    }
    case 'decision': {
      const { disputeId, toBuyer } = request;
      return decideDisputeOf(ports, context, { disputeId, toBuyer, evidenceSha256: VERDICT });
    }
    case 'withdrawal':
      return withdrawDisputeOf(ports, context, request);
    case 'block':
    case 'unblock':
    case 'unblock-approval':
      return runEscrow(ports, context, blockCommand(request, ports.now().toISOString()));
    default:
      return performOnHeld(ports, context, request);
  }
}

/** As `functions/marketplace-api/blocks.ts` does it; the key that is asked with says who it is. */
function blockCommand(request: BlockRequest, at: string): BlockCommand {
  if (request.action === 'block') {
    return { type: 'BlockFunds', caseId: request.caseId, by: 'screening', at };
  }
  const { by } = request;
  if (request.action === 'unblock-approval') return { type: 'ApproveUnblock', by, at };
  return { type: 'ProposeUnblock', ground: 'license', reference: 'license_1', by, at };
}

/** As `functions/marketplace-api/holdings.ts` does it. */
function performOnHeld(
  ports: Parameters<typeof runEscrow>[0],
  context: EscrowContext,
  request: HoldingRequest,
): Promise<EscrowOutcome> {
  const at = ports.now().toISOString();
  switch (request.action) {
    case 'documents': {
      const { milestoneId, documentType } = request;
      const paper = { milestoneId, documentType, documentSha256: PAPER };
      return runEscrow(ports, context, { type: 'PresentDocument', ...paper, at });
    }
    case 'duties': {
      const dutyId = dutyIdFor(context.tradeId, request.idempotencyKey);
      const { amount } = request;
      return runEscrow(ports, context, { type: 'EarmarkDuties', dutyId, amount, at });
    }
    case 'duty-payment': {
      const dutyId = dutyIdFor(context.tradeId, request.idempotencyKey);
      return runEscrow(ports, context, { type: 'RecordDutiesPaid', dutyId, at });
    }
    default: {
      const unknownRequest: never = request;
      return unknownRequest;
    }
  }
}
