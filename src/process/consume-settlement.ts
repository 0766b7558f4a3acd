import * as z from 'zod/mini';
import type { BatchEvent, EscrowEvent, TradelaneEvent } from '../../events/index.ts';
import { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import type { Terms } from '../escrow/state.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import { followAllocation } from '../settlement/allocate.ts';
import { recordBankOutcome } from '../settlement/bank-outcome.ts';
import { blockReturned, blockTrade, unblockTrade } from '../settlement/block.ts';
import { closeBatch } from '../settlement/close-batch.ts';
import { retryPayout } from '../settlement/retry.ts';
import { reverseTransfer } from '../settlement/reverse-transfer.ts';
import type { SettlementPorts } from '../settlement/run.ts';
import { followPayout, type Message, recordDebt, retryWaiting } from '../settlement/seller-desk.ts';
import { confirmPayout, payRelease } from '../settlement/settle.ts';
import { releasesOf } from './block-desk.ts';
import { done, type Handled, handledBy, inOrder } from './handled.ts';

/**
 * What the settlement queue carries: releases, debts, what became of payouts and accounts, deadlines,
 * and what the bank says.
 */
export const SettlementMessage = z.discriminatedUnion('kind', [
  RoutedRecord,
  DeadlinePassed,
  BankPayoutOutcome,
]);
export type SettlementMessage = z.infer<typeof SettlementMessage>;

export type ConsumeSettlementPorts = SettlementPorts & {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly batches: EventStore<BatchEvent>;
};

/** Pays what was released, and follows each payout until it is paid or waits with its reason. */
export const consumeSettlement =
  (ports: ConsumeSettlementPorts) =>
  async (message: SettlementMessage): Promise<Handled> => {
    switch (message.kind) {
      case 'deadline_passed':
        return passDeadline(ports, message);
      case 'bank_payout_outcome': {
        const { payoutId, messageId: cause } = message;
        return handledBy(await recordBankOutcome(ports, { payoutId, cause }, message));
      }
      case 'routed_record': {
        const { record, messageId: cause } = message;
        const { tradeId, marketplaceId } = record;
        const told = { cause, owner: { tradeId, marketplaceId } };
        return inOrder(record.events.map((event) => () => follow(ports, told, event)));
      }
      default: {
        const unknownMessage: never = message;
        return unknownMessage;
      }
    }
  };

async function passDeadline(
  ports: ConsumeSettlementPorts,
  { deadline, subjectId, messageId: cause }: DeadlinePassed,
): Promise<Handled> {
  switch (deadline) {
    case 'payout_retry':
      return handledBy(await retryPayout(ports, { payoutId: subjectId, cause }, 'recheck'));
    case 'batch_cutoff':
      return handledBy(await closeBatch(ports, { batchId: subjectId, cause }));
    default:
      return handledBy(await confirmPayout(ports, { payoutId: subjectId, cause }));
  }
}

async function follow(
  ports: ConsumeSettlementPorts,
  message: Message,
  event: TradelaneEvent,
): Promise<Handled> {
  const { cause, owner } = message;
  switch (event.type) {
    case 'MilestoneReleased':
      return handledBy(
        await payRelease(ports, event, { marketplaceId: owner.marketplaceId, cause }),
      );
    case 'SellerDebtIncurred': {
      const { seller, milestones } = await termsOf(ports, owner.tradeId);
      const { payoutAccountId, country: sellerCountry } = seller;
      const milestoneIds = milestones.map(({ milestoneId }) => milestoneId);
      const debt = { debt: event, payoutAccountId, sellerCountry, milestoneIds };
      return handledBy(await recordDebt(ports, message, debt));
    }
    case 'TransferReversalRequested': {
      const { sellerAccountId, reversalId } = event;
      return handledBy(await reverseTransfer(ports, { sellerAccountId, cause, owner }, reversalId));
    }
    case 'SellerPayoutAllocated':
      return heard(await followAllocation(ports, message, event));
    case 'PayoutAccountRegistered': {
      const { sellerAccountId } = event;
      return heard(await retryWaiting(ports, { sellerAccountId, cause }, 'account_changed'));
    }
    case 'FundsBlocked':
    case 'FundsUnblocked':
      return followBlock(ports, message, event);
    case 'PayoutFailed':
    case 'PayoutReturned':
      return inOrder([
        async () => heard(await followPayout(ports, message, event)),
        async () => heard(await blockReturned(ports, message, event)),
      ]);
    case 'PayoutRolledForward':
    case 'PayoutLeftOver':
    case 'PayoutReversed':
    case 'PayoutReissued':
    case 'CarriedPayoutsSettled':
      return heard(await followPayout(ports, message, event));
    default:
      return done;
  }
}

/** Holds back what is owed of a blocked trade, or goes on with it. */
async function followBlock(
  ports: ConsumeSettlementPorts,
  message: Message,
  { type, tradeId, caseId }: Extract<TradelaneEvent, { type: 'FundsBlocked' | 'FundsUnblocked' }>,
): Promise<Handled> {
  const { payoutAccountId } = (await termsOf(ports, tradeId)).seller;
  const releases = await releasesOf(ports.escrows, tradeId);
  const trade = { tradeId, caseId, payoutAccountId, releases };
  const act = type === 'FundsBlocked' ? blockTrade : unblockTrade;
  return heard(await act(ports, message, trade));
}

const heard = (outcome: Parameters<typeof handledBy>[0] | undefined): Handled =>
  outcome === undefined ? done : handledBy(outcome);

/** Who the seller of a trade is and what was to be paid, from the trade's own stream. */
async function termsOf({ escrows }: ConsumeSettlementPorts, tradeId: string): Promise<Terms> {
  const state = fold(escrowEvolution, await escrows.load(escrowStream(tradeId)));
  if (state.status === 'not_opened')
    throw new Error(`Something is told of ${tradeId}, which is not open.`);
  return state.terms;
}
