import type { DisputeOpened, Side } from '../../events/escrow/dispute-opened.v1.ts';
import type { Money } from '../money/money.ts';
import { disputeIdFor, proposalIdFor } from '../platform/ids.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';

type Act<T> = (ports: EscrowPorts, context: EscrowContext, request: T) => Promise<EscrowOutcome>;

const nowOf = ({ now }: EscrowPorts): string => now().toISOString();

/** The buyer disputes; the dispute's id follows from the request's idempotency key. */
export const disputeTrade: Act<{
  readonly idempotencyKey: string;
  readonly milestoneIds: readonly string[] | null;
  readonly reason: DisputeOpened['reason'];
  readonly evidenceSha256: string | null;
}> = (ports, context, { idempotencyKey, ...claim }) =>
  runEscrow(ports, context, {
    type: 'OpenDispute',
    disputeId: disputeIdFor(context.tradeId, idempotencyKey),
    ...claim,
    at: nowOf(ports),
  });

/** A side proposes a split; the proposal's id follows from the request. */
export const proposeAwardFor: Act<{
  readonly disputeId: string;
  readonly requestId: string;
  readonly by: Side;
  readonly toBuyer: Money;
}> = (ports, context, { disputeId, requestId, by, toBuyer }) =>
  runEscrow(ports, context, {
    type: 'ProposeAward',
    ...{ disputeId, by, toBuyer },
    proposalId: proposalIdFor(disputeId, requestId),
    at: nowOf(ports),
  });

export const agreeAwardFor: Act<{
  readonly disputeId: string;
  readonly proposalId: string;
  readonly by: Side;
}> = (ports, context, agreement) =>
  runEscrow(ports, context, { type: 'AgreeAward', ...agreement, at: nowOf(ports) });

export const escalateDisputeOf: Act<{ readonly disputeId: string; readonly by: Side }> = (
  ports,
  context,
  escalation,
) => runEscrow(ports, context, { type: 'EscalateDispute', ...escalation, at: nowOf(ports) });

export const decideDisputeOf: Act<{
  readonly disputeId: string;
  readonly toBuyer: Money;
  readonly evidenceSha256: string;
}> = (ports, context, verdict) =>
  runEscrow(ports, context, { type: 'DecideDispute', ...verdict, at: nowOf(ports) });

export const withdrawDisputeOf: Act<{ readonly disputeId: string }> = (
  ports,
  context,
  { disputeId },
) => runEscrow(ports, context, { type: 'WithdrawDispute', disputeId, at: nowOf(ports) });
