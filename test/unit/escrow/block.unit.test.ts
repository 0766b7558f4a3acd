import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { blockOf } from '../../../src/escrow/evolve-block.ts';
import { money } from '../../../src/money/money.ts';
import { later, paymentOf, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { summaryOf } from '../../support/given.ts';
import {
  type CommandName,
  commandNames,
  commands,
  given,
  histories,
  reportedRefund,
  type StateName,
  stateNames,
} from './escrow-states.ts';

const { tradeId, amount } = story.tradeOpened;
const { caseId } = story.fundsBlocked;
const at = '2026-07-20T09:00:00.000Z';
const block = { type: 'BlockFunds', caseId, by: 'key_1', at } as const;
const license = { ground: 'license', reference: 'OFAC-2026-7' } as const;
const propose = { type: 'ProposeUnblock', ...license, by: 'key_1', at } as const;
const approve = { type: 'ApproveUnblock', by: 'key_2', at: later(at, 60) } as const;

const FUNDS_BLOCKED = 'escrow.funds_blocked';
const nothingHeld = { held: money('USD', 0n), clearing: money('EUR', 0n) };

/** A history, and its block with all that it catches. */
function blocked(history: readonly EscrowEvent[]): readonly EscrowEvent[] {
  const { decision } = given(...history).when(block);
  if (decision.kind !== 'decided') throw new Error(summaryOf(decision));
  return [...history, ...decision.events];
}

const opened = stateNames.filter((state) => state !== 'not_opened');
const caughtOf = (history: readonly EscrowEvent[]) => blocked(history).at(-1);

describe('Funds that are blocked', () => {
  it('are what is held, in a trade whose goods are on their way', () => {
    given(...histories.in_fulfilment)
      .when({ ...block, evidenceSha256: 'a'.repeat(64) })
      .thenEvents({
        ...{ type: 'FundsBlocked', version: 1, tradeId, caseId },
        ...{ held: amount, clearing: money('EUR', 0n), owed: [], gone: [] },
        ...{ evidenceSha256: 'a'.repeat(64), blockedBy: 'key_1', blockedAt: at },
      });
  });

  it.each([
    { state: 'opened', held: 0n, clearing: 0n },
    { state: 'partly_paid', held: 0n, clearing: 400_000n },
    { state: 'partly_expired', held: 0n, clearing: 400_000n },
    { state: 'funded', held: 0n, clearing: 1_024_674n },
    { state: 'converted', held: 1_150_000n, clearing: 0n },
    { state: 'refunding', held: 1_150_000n, clearing: 0n },
    { state: 'refund_valued', held: 0n, clearing: 0n },
    { state: 'released', held: 0n, clearing: 0n },
    { state: 'charged_back', held: 1_150_000n, clearing: 0n },
    { state: 'chargeback_lost', held: 0n, clearing: 0n },
  ] as const)('of a trade that is $state', ({ state, held, clearing }) => {
    expect(caughtOf(histories[state])).toMatchObject({
      held: money('USD', held),
      clearing: money('EUR', clearing),
    });
  });

  it('name what is owed to the seller, and what had been paid before', () => {
    const net = story.milestoneReleased.net;
    expect(caughtOf(histories.released)).toMatchObject({
      owed: [{ milestoneId: 'delivery', amount: net }],
      gone: [],
    });
    expect(caughtOf(histories.settled)).toMatchObject({
      owed: [],
      gone: [{ milestoneId: 'delivery', amount: net }],
    });
  });

  it('are blocked once; another case is told that they are', () => {
    const history = blocked(histories.delivered);
    given(...history)
      .when(block)
      .thenNothing();
    given(...history)
      .when({ ...block, caseId: 'case_2' })
      .thenRejected('block.other_case');
    given().when(block).thenRejected('trade.not_found');
  });
});

/** What would let money go, and what is asked of it. */
const refused: readonly CommandName[] = [
  ...(['AcceptGoods', 'RequestRefund', 'RetryRefund', 'AgreeAward', 'DecideDispute'] as const),
  'RequestCancellation',
];
const others: readonly EscrowCommand[] = [
  {
    ...{ type: 'PresentDocument', milestoneId: 'delivery', documentType: 'bill_of_lading' },
    ...{ documentSha256: 'a'.repeat(64), at },
  },
  { type: 'EarmarkDuties', dutyId: 'dty_1', amount: money('USD', 100n), at },
  { type: 'RecordDutiesPaid', dutyId: 'dty_1', at },
  { ...commands.RequestResponse, response: 'accept' },
];

describe.each(opened)('While the funds of a trade that is %s are blocked', (state) => {
  const history = blocked(histories[state]);

  it.each(refused)('%s is refused', (name) => {
    given(...history)
      .when(commands[name])
      .thenRejected(FUNDS_BLOCKED);
  });

  it.each(others)('$type is refused', (command) => {
    given(...history)
      .when(command)
      .thenRejected(FUNDS_BLOCKED);
  });

  it('a refund is not valued, which it is before it is made', () => {
    given(...history)
      .when(commands.ValueRefund)
      .thenTooEarly(FUNDS_BLOCKED);
  });

  it.each([
    ...(['payment_due', 'inspection_end', 'release_date', 'shipping_due', 'hold_forced'] as const),
    ...(['dispute_escalation', 'dispute_decision'] as const),
  ])('the deadline %s waits', (deadline) => {
    const late = '2027-07-01T00:00:00.000Z';
    given(...history)
      .when({ type: 'PassDeadline', deadline, subjectId: tradeId, dueAt: late, at: late })
      .thenNothing();
  });

  it('nothing is decided by which money goes, whatever comes', () => {
    const going = [
      ...['MilestoneReleased', 'RefundValued', 'RefundRetried', 'DutiesPaid', 'DutiesEarmarked'],
      ...['DisputeClosed', 'CancellationRequested', 'HoldLimitForced', 'ShippingMissed'],
    ];
    const decided = commandNames
      // The buyer withdraws a dispute by hand; it moves no money. A lost chargeback voids one.
      .filter((name) => name !== 'WithdrawDispute' && name !== 'RecordChargebackLost')
      .map((name) => summaryOf(given(...history).when(commands[name]).decision));
    expect(decided.filter((what) => going.some((type) => what.split(' ').includes(type)))).toEqual(
      [],
    );
  });
});

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

describe('A block is lifted', () => {
  const history = blocked(histories.delivered);
  const proposed: EscrowEvent = {
    ...{ type: 'UnblockProposed', version: 1, tradeId, caseId, ground: 'license' },
    ...{ reference: 'OFAC-2026-7', proposedBy: 'key_1', proposedAt: at },
  };
  const unblocked: EscrowEvent = {
    ...{ type: 'FundsUnblocked', version: 1, tradeId, caseId, ground: 'license' },
    ...{ held: amount, clearing: money('EUR', 0n), reference: 'OFAC-2026-7' },
    ...{ proposedBy: 'key_1', approvedBy: 'key_2', unblockedAt: approve.at },
  };

  it('by the word of two, with a license or a clearance', () => {
    given(...history)
      .when(propose)
      .thenEvents(proposed);
    given(...history, proposed)
      .when(approve)
      .thenEvents(unblocked);
  });

  it('not by one, not without a proposal, and not where there is none', () => {
    given(...history, proposed)
      .when({ ...approve, by: 'key_1' })
      .thenRejected('block.same_person');
    given(...history)
      .when(approve)
      .thenRejected('block.nothing_proposed');
    for (const command of [propose, approve]) {
      given(...histories.delivered)
        .when(command)
        .thenRejected('escrow.not_blocked');
      given().when(command).thenRejected('trade.not_found');
    }
  });

  it('on the ground that was proposed last; the same again changes nothing', () => {
    given(...history, proposed)
      .when(propose)
      .thenNothing();
    const cleared = { ...propose, ground: 'clearance', reference: 'CLR-1', by: 'key_3' } as const;
    const { decision } = given(...history, proposed).when(cleared);
    expect(decision).toMatchObject({ events: [{ ground: 'clearance', proposedBy: 'key_3' }] });
  });

  it('and then everything goes on as before', () => {
    const free = [...history, proposed, unblocked];
    expect(summaryOf(given(...free).when(commands.AcceptGoods).decision)).toBe('MilestoneReleased');
    expect(summaryOf(given(...free).when(block).decision)).toBe('FundsBlocked');
  });

  it('with the duties that could not be set aside when the money came', () => {
    const dutyEstimate = money('USD', 50_000n);
    const withDuties = histories.payment_requested.map((event) =>
      event.type === 'TradeOpened' ? { ...event, dutyEstimate } : event,
    );
    const adjusted: EscrowEvent = {
      ...{ type: 'BlockedFundsAdjusted', version: 1, tradeId, caseId, held: amount },
      clearing: money('EUR', -1_024_674n),
    };
    const funded = blocked([...withDuties, story.escrowFunded]);
    const held = [...funded, story.fundsConverted, adjusted, proposed];
    expect(given(...held).when(approve).decision).toMatchObject({
      events: [{ type: 'FundsUnblocked' }, { type: 'DutiesEarmarked', amount: dutyEstimate }],
    });
  });

  it('of its own case only', () => {
    const other = { ...unblocked, caseId: 'case_2' };
    expect(() =>
      [...history, other].reduce(escrowEvolution.evolve, escrowEvolution.initial),
    ).toThrow(/FundsUnblocked cannot follow/);
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
