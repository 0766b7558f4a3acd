import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { later, paymentOf, story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { DAY_SECONDS } from './milestones.ts';

/** What exactly is blocked of a trade, and by which words it is let go. */
const { tradeId } = story.tradeOpened;
const { caseId } = story.fundsBlocked;
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const at = '2026-07-20T09:00:00.000Z';
const block = { type: 'BlockFunds', caseId, by: 'key_1', at } as const;
const license = { ground: 'license', reference: 'OFAC-2026-7' } as const;
const propose = { type: 'ProposeUnblock', ...license, by: 'key_1', at } as const;
const approve = { type: 'ApproveUnblock', by: 'key_2', at: later(at, 60) } as const;
const blockOfNothing: EscrowEvent = {
  ...{ type: 'FundsBlocked', version: 1, tradeId, caseId, owed: [], gone: [] },
  ...{ held: usd(0n), clearing: eur(0n), blockedBy: 'key_1', blockedAt: at },
};
const cashRefundId = `rfd_${tradeId.slice('trd_'.length)}_cash`;
const overpaymentId = `rfd_${tradeId.slice('trd_'.length)}_overpayment`;
const tooMuch: EscrowCommand = {
  ...{ type: 'RecordPayment', payment: paymentOf({ received: eur(1_024_774n) }) },
};
const value = (refundId: string): EscrowCommand => ({ ...commands.ValueRefund, refundId });
const caughtOf = (history: readonly EscrowEvent[]) => grown(history, block).at(-1);

describe('What stands on the accounts of a trade that is blocked', () => {
  it('is nothing, owed to nobody, before anything came', () => {
    given(...histories.opened)
      .when(block)
      .thenEvents(blockOfNothing);
  });

  it('is not what was set aside for duties', () => {
    const history = [...histories.in_fulfilment, story.dutiesEarmarked];
    expect(caughtOf(history)).toMatchObject({ held: usd(1_100_000n), clearing: eur(0n) });
  });

  it('is not what is on its way back of a trade that was never paid in full', () => {
    const before = histories.partly_expired;
    expect(caughtOf(before)).toMatchObject({ clearing: eur(400_000n) });
    const valued = grown(before, value(cashRefundId));
    expect(caughtOf(valued)).toMatchObject({ held: usd(0n), clearing: eur(0n) });
  });

  it('is what was paid too much until it is on its way back, whatever else goes back', () => {
    const held = () =>
      grown(
        grown(histories.payment_requested, tooMuch),
        ...[commands.ConvertFunds, commands.BookShipment],
      );
    expect(caughtOf(held())).toMatchObject({ held: usd(1_150_000n), clearing: eur(100n) });
    const other = grown(held(), commands.RequestRefund, commands.ValueRefund);
    expect(caughtOf(other)).toMatchObject({ held: usd(0n), clearing: eur(100n) });
    const back = grown(held(), value(overpaymentId));
    expect(caughtOf(back)).toMatchObject({ held: usd(1_150_000n), clearing: eur(0n) });
  });

  it('is blocked by one event at a time', () => {
    const twice = [...histories.opened, blockOfNothing, { ...blockOfNothing, caseId: 'case_2' }];
    expect(() => fundedOf(twice)).toThrow(/FundsBlocked cannot follow/);
    expect(() => fundedOf([blockOfNothing])).toThrow(/FundsBlocked cannot follow/);
    const { unblockProposed: proposed } = story;
    expect(() => fundedOf([...histories.opened, proposed])).toThrow(
      /UnblockProposed cannot follow/,
    );
  });
});

describe('What a block lets through', () => {
  it('tells whoever is refused that no money moves, and not why', () => {
    expect(given(...grown(histories.delivered, block)).when(commands.AcceptGoods).decision).toEqual(
      {
        kind: 'rejected',
        code: 'escrow.funds_blocked',
        detail: 'No money of this trade moves for now.',
      },
    );
  });

  it('is the notice that the limit of holding is near, and that a chargeback was not answered', () => {
    const due = later(story.escrowFunded.capturedAt, 80 * DAY_SECONDS);
    const limited = histories.delivered.map(
      (event): EscrowEvent =>
        event.type === 'TradeOpened' ? { ...event, holdLimitSeconds: 100 * DAY_SECONDS } : event,
    );
    const warning: EscrowCommand = {
      ...{ type: 'PassDeadline', deadline: 'hold_warning', subjectId: tradeId },
      ...{ dueAt: due, at: due },
    };
    expect(summaryOf(given(...grown(limited, block)).when(warning).decision)).toBe('HoldLimitNear');
    const open = grown(histories.charged_back, block);
    expect(summaryOf(given(...open).when(commands.PassEvidenceDue).decision)).toBe(
      'ChargebackUnanswered',
    );
  });
});

describe('The words that lift a block', () => {
  it('are proposed anew on another ground, or by another reference, by the same person', () => {
    const proposed = grown(histories.delivered, block, propose);
    given(...proposed)
      .when(propose)
      .thenNothing();
    for (const changed of [
      { ...propose, ground: 'clearance' as const },
      { ...propose, reference: 'OFAC-2026-8' },
    ]) {
      const { ground, reference } = changed;
      expect(given(...proposed).when(changed).decision).toMatchObject({
        events: [{ type: 'UnblockProposed', ground, reference, proposedBy: 'key_1' }],
      });
    }
  });

  it('let go of a trade that is not paid yet, and do nothing else', () => {
    const history = grown(histories.opened, block, propose);
    given(...history)
      .when(approve)
      .thenEvents({
        ...{ type: 'FundsUnblocked', version: 1, tradeId, caseId, ...license },
        ...{ held: usd(0n), clearing: eur(0n), proposedBy: 'key_1', approvedBy: 'key_2' },
        unblockedAt: approve.at,
      });
  });
});
