import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { PayoutEvent } from '../../events/index.ts';
import { compare } from '../money/money.ts';
import { assertInvariant } from '../platform/errors.ts';
import {
  type ExecutionPorts,
  execute,
  fold,
  type Outcome,
  type Owner,
} from '../platform/execute.ts';
import { payoutIdFor, payoutStream } from '../platform/ids.ts';
import {
  decidePayout,
  type PayoutCommand,
  type PayoutState,
  type PayoutTerms,
  payoutEvolution,
} from './payout.ts';
import type { ProviderTransfer, TransferRail } from './ports.ts';

export type SettlementPorts = ExecutionPorts<PayoutEvent> & { readonly rail: TransferRail };

type PayoutOutcome = Outcome<PayoutState, PayoutEvent>;

/** Which payout a message means, and the message. The owner is needed where the payout starts. */
export type PayoutContext = {
  readonly payoutId: string;
  readonly cause: string;
  readonly owner?: Owner;
};

const run = (
  ports: ExecutionPorts<PayoutEvent>,
  { payoutId, cause, owner }: PayoutContext,
  command: PayoutCommand,
): Promise<PayoutOutcome> =>
  execute(ports, {
    streamId: payoutStream(payoutId),
    ...(owner === undefined ? {} : { owner }),
    cause: `${cause}/${command.type}`,
    evolution: payoutEvolution,
    decide: (state) => decidePayout(command, state),
  });

/**
 * Pays a released milestone: records the intent, makes the transfer, records it. Safe to repeat
 * from any point: the intent is recorded once, and the provider is asked before it is told.
 */
export async function payRelease(
  ports: SettlementPorts,
  release: MilestoneReleased,
  message: { readonly marketplaceId: string; readonly cause: string },
): Promise<PayoutOutcome> {
  const { tradeId, milestoneId } = release;
  const context = {
    payoutId: payoutIdFor(tradeId, milestoneId),
    cause: message.cause,
    owner: { tradeId, marketplaceId: message.marketplaceId },
  };
  const requested = await run(ports, context, { type: 'RequestPayout', release });
  if (requested.state.status !== 'requested') return requested;

  const transfer = await transferOnce(ports.rail, requested.state.terms);
  return run(ports, context, {
    type: 'RecordSubmission',
    transferId: transfer.transferId,
    at: ports.now().toISOString(),
  });
}

/** Asks for the payout's transfer and creates it only where there is none. */
async function transferOnce(rail: TransferRail, terms: PayoutTerms): Promise<ProviderTransfer> {
  const { payoutId, tradeId, destination, amount, sourceChargeId } = terms;
  const found = await rail.find({ payoutId, tradeId });
  const transfer =
    found ??
    (await rail.create({
      payoutId,
      tradeId,
      destination,
      amount,
      ...(sourceChargeId === undefined ? {} : { sourceChargeId }),
    }));
  assertTransferMatches(transfer, terms);
  return transfer;
}

/**
 * Settles a payout whose transfer the provider confirms. Whatever brought us here, the transfer is
 * read from the provider now; a transfer that is reversed or not there yet settles nothing.
 */
export async function confirmPayout(
  ports: SettlementPorts,
  context: PayoutContext,
): Promise<PayoutOutcome> {
  const { payoutId } = context;
  const state = fold(payoutEvolution, await ports.store.load(payoutStream(payoutId)));
  if (state.status === 'settled') return { kind: 'unchanged', state };
  if (state.status === 'not_requested') return notConfirmed(state, payoutId);

  const transfer = await ports.rail.find(state.terms);
  if (transfer === undefined || transfer.reversed) return notConfirmed(state, payoutId);
  assertTransferMatches(transfer, state.terms);
  return run(ports, context, {
    type: 'RecordSettlement',
    transferId: transfer.transferId,
    at: ports.now().toISOString(),
  });
}

const notConfirmed = (state: PayoutState, payoutId: string): PayoutOutcome => ({
  kind: 'too_early',
  state,
  code: 'payout.not_confirmed',
  detail: `The provider does not confirm the transfer of ${payoutId}.`,
});

function assertTransferMatches(transfer: ProviderTransfer, terms: PayoutTerms): void {
  const { amount, payoutId } = terms;
  assertInvariant(
    transfer.amount.currency === amount.currency && compare(transfer.amount, amount) === 0,
    'payout.amount_mismatch',
    `Transfer ${transfer.transferId} is not the amount of ${payoutId}.`,
  );
}
