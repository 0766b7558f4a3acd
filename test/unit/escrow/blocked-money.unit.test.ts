import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { blockOf } from '../../../src/escrow/evolve-block.ts';
import { money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { summaryOf } from '../../support/given.ts';
import { blocked, caseId } from './blocked.ts';
import { commands, given, histories, reportedRefund, type StateName } from './escrow-states.ts';

const { amount } = story.tradeOpened;

const nothingHeld = { held: money('USD', 0n), clearing: money('EUR', 0n) };

const types = (history: readonly EscrowEvent[], command: EscrowCommand) =>
  summaryOf(given(...blocked(history)).when(command).decision);
const blockAfter = (history: readonly EscrowEvent[], ...wanted: readonly EscrowCommand[]) => {
  const after = [...blocked(history)];
  for (const command of wanted) {
    const { decision } = given(...after).when(command);
    if (decision.kind !== 'decided') throw new Error(summaryOf(decision));
    after.push(...decision.events);
  }
  return blockOf(after.reduce(escrowEvolution.evolve, escrowEvolution.initial));
};

describe('Money that comes to blocked funds', () => {
  it('a payment that comes is blocked as it comes, and again as it is converted', () => {
    const { RecordPayment, ConvertFunds } = commands;
    expect(types(histories.payment_requested, RecordPayment)).toBe(
      'EscrowFunded BlockedFundsAdjusted',
    );
    expect(blockAfter(histories.payment_requested, RecordPayment)).toEqual({
      ...{ caseId, held: money('USD', 0n), clearing: money('EUR', 1_024_674n) },
    });
    expect(blockAfter(histories.payment_requested, RecordPayment, ConvertFunds)).toEqual({
      ...{ caseId, held: amount, clearing: money('EUR', 0n) },
    });
  });

  it('a part of a payment, by transfer and by receipt', () => {
    const { RecordTransfers, ApplyReceipt } = commands;
    expect(blockAfter(histories.payment_requested, RecordTransfers, ApplyReceipt)).toMatchObject({
      clearing: money('EUR', 700_000n),
    });
  });

  it('what was paid too much is asked back, and stays', () => {
    const received = money('EUR', 1_024_774n);
    const payment = paymentOf({ received });
    expect(
      blockAfter(histories.payment_requested, { type: 'RecordPayment', payment }),
    ).toMatchObject({ clearing: received });
  });
});

describe('What others have done is recorded of blocked funds', () => {
  it("a chargeback that is lost takes the money: the buyer's bank has it", () => {
    expect(types(histories.delivered, commands.RecordChargebackLost)).toBe(
      'ChargebackOpened ChargebackLost BlockedFundsAdjusted',
    );
    expect(blockAfter(histories.delivered, commands.RecordChargebackLost)).toEqual({
      caseId,
      ...nothingHeld,
    });
  });

  it('a chargeback that is open or won moves nothing of it', () => {
    for (const command of [commands.RecordChargeback, commands.RecordChargebackWon]) {
      expect(blockAfter(histories.delivered, command)).toMatchObject({ held: amount });
    }
  });

  it('a lost chargeback calls a refund off that was valued, and takes it as held', () => {
    expect(blockAfter(histories.refund_valued, commands.RecordChargebackLost)).toMatchObject(
      nothingHeld,
    );
  });

  it('a refund that the provider had, and one that comes back to us', () => {
    const { RecordRefund, RecordFailedRefund } = commands;
    expect(types(histories.refund_submitted, RecordRefund)).toBe('RefundSettled');
    expect(types(histories.refund_submitted, RecordFailedRefund)).toBe('RefundFailed');
    expect(types(histories.refund_valued, commands.RecordRefund)).toBe(
      'RefundSubmitted RefundSettled',
    );
  });

  it('a payout that was sent before, and goods that arrive', () => {
    expect(types(histories.released, commands.RecordMilestonePaid)).toBe(
      'MilestonePaid TradeSettled',
    );
    expect(types(histories.in_fulfilment, commands.ConfirmDelivery)).toBe('DeliveryConfirmed');
  });

  it('a payment that its provider closed: what had come of it stays', () => {
    const unused = money('EUR', 400_000n);
    const command = { ...commands.RecordPaymentClosed, unused };
    expect(types(histories.partly_expiring, command)).toBe('TradeExpired RefundRequested');
    expect(blockAfter(histories.partly_expiring, command)).toMatchObject({ clearing: unused });
  });

  it('evidence that is due is still told, and a chargeback can be contested', () => {
    const open = histories.charged_back;
    expect(types(open, commands.PassEvidenceNear)).toBe('ChargebackEvidenceNear');
    expect(types(open, commands.RequestResponse)).toBe('ChargebackResponseRequested');
    const reported = { ...commands.RecordChargeback, chargeback: reportedChargeback() };
    expect(types(open, reported)).toBe('nothing');
  });

  it('a refund by bank that finance had paid', () => {
    const refund = reportedRefund({ status: 'succeeded' });
    expect(types(histories.refund_submitted, { ...commands.RecordRefund, refund })).toBe(
      'RefundSettled',
    );
  });
});

describe('A blocked trade', () => {
  it('keeps its block whatever becomes of it', () => {
    const endings: readonly (readonly [StateName, readonly EscrowEvent[]])[] = [
      ['payment_requested', [story.escrowFunded]],
      ['canceling', [story.tradeCanceled]],
      ['expiring', [story.tradeExpired]],
      ['released', [story.milestonePaid]],
    ];
    for (const [state, events] of endings) {
      const after = [...blocked(histories[state]), ...events];
      const ended = after.reduce(escrowEvolution.evolve, escrowEvolution.initial);
      expect(blockOf(ended)?.caseId).toBe(caseId);
    }
  });
});
