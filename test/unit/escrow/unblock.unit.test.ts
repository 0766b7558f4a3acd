import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { at, block, blocked, caseId } from './blocked.ts';
import { commands, given, histories } from './escrow-states.ts';

const { tradeId, amount } = story.tradeOpened;

const license = { ground: 'license', reference: 'OFAC-2026-7' } as const;
const propose = { type: 'ProposeUnblock', ...license, by: 'key_1', at } as const;
const approve = { type: 'ApproveUnblock', by: 'key_2', at: later(at, 60) } as const;

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
