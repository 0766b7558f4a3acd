import type { EscrowEvent, TreasuryEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import { retryRefundOf } from '../../../src/escrow/refund-trade.ts';
import { canRefund } from '../../../src/escrow/state.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream, treasuryStream } from '../../../src/platform/ids.ts';
import { withAttempt } from '../../../src/process/check-movement.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
import { story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories, receipt } from '../escrow/escrow-states.ts';
import { eventsTo } from './routed.ts';

const refundId = `rfd_${tradeId.slice('trd_'.length)}_receipts`;
const amount = receipt.added;
const requested: EscrowEvent = {
  ...story.refundRequested,
  ...{ refundId, amount, parts: [], reason: 'underpayment', from: 'bank' },
};
const valued: EscrowEvent = { ...story.refundValued, refundId, amount, unapplied: true };
const paid = { ...story.refundPaid, movementId: 'RF-1', refundId, tradeId, amount };
const back = {
  ...{ ...story.refundReturned, reference: 'RF-1', refundId, tradeId },
  ...{ amount, returned: amount },
};

/** A trade that closed with a receipt, which is to go back by bank. */
async function closedWithReceipt() {
  const store = journaledStore(inMemoryRecordStore<EscrowEvent>());
  const streamId = escrowStream(tradeId);
  const events = [...histories.expiring, receipt, story.tradeExpired, requested, valued];
  await store.append(recordOf(streamId, 1, events) as never);
  const ports = { store, now: () => new Date('2026-09-01T09:00:00Z') };
  let told = 0;
  const tell = (event: TreasuryEvent) => {
    told += 1;
    const message = eventsTo('escrow', event);
    return consumeEscrow(ports)({ ...message, messageId: `${message.messageId}#${told}` });
  };
  const refund = async () => {
    const state = await loadEscrow(ports, tradeId);
    return canRefund(state) ? state.refunds[0] : undefined;
  };
  const retry = () => retryRefundOf(ports, { tradeId, cause: 'api#retry' }, { refundId });
  const recorded = (movement: TreasuryEvent, before: readonly TreasuryEvent[] = []) => {
    const record = recordOf(treasuryStream(movement.movementId), 1, [...before]);
    const movements = { load: async () => (before.length === 0 ? [] : [record as never]) };
    return withAttempt({ escrows: store, movements }, movement);
  };
  return { tell, refund, retry, recorded };
}

describe('A refund that finance had paid by bank and that came back', () => {
  it('is owed again, is tried anew by a person, and paid as the second attempt', async () => {
    const { tell, refund, retry, recorded } = await closedWithReceipt();
    expect(await tell(paid)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'settled', attempt: 1 });
    expect(await tell(back)).toEqual({ kind: 'done' });
    expect(await tell(back)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'failed', attempt: 1 });
    await retry();
    expect(await refund()).toMatchObject({ status: 'valued', attempt: 2 });
    const again = await recorded({ ...paid, movementId: 'RF-2' });
    expect(again).toMatchObject({ movementId: 'RF-2', attempt: 2 });
    expect(await tell(again)).toEqual({ kind: 'done' });
    expect(await tell(back)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'settled', attempt: 2 });
    const second = { ...back, reference: 'RF-2', attempt: 2 };
    expect(await tell(second)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'failed', attempt: 2 });
  });

  it('ends the same where its return is told before its payment', async () => {
    const { tell, refund } = await closedWithReceipt();
    await tell(back);
    await tell(paid);
    expect(await refund()).toMatchObject({ status: 'failed', attempt: 1 });
  });

  it('that is recorded again keeps its attempt, and the first has none', async () => {
    const { recorded, tell, retry } = await closedWithReceipt();
    expect(await recorded(paid)).toEqual(paid);
    await tell(paid);
    await tell(back);
    await retry();
    expect(await recorded(paid, [paid])).toEqual(paid);
    const second = { ...paid, movementId: 'RF-2', attempt: 2 };
    const { attempt: _, ...told } = second;
    expect(await recorded(told, [second])).toEqual(second);
    expect(await recorded(story.receiptSuspended)).toEqual(story.receiptSuspended);
  });
});
