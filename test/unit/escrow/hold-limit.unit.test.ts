import type { EscrowEvent } from '../../../events/index.ts';
import { holdLimitSecondsIn } from '../../../src/escrow/timetable.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { fullRefund, given, histories } from './escrow-states.ts';
import { DAY_SECONDS, shippedWith } from './milestones.ts';

const usd = (minor: bigint) => money('USD', minor);
const { capturedAt } = story.escrowFunded;
const limited = (history: readonly EscrowEvent[]): readonly EscrowEvent[] =>
  history.map((event) =>
    event.type === 'TradeOpened'
      ? { ...event, holdLimitSeconds: 100 * DAY_SECONDS, shipWithinSeconds: 7 * DAY_SECONDS }
      : event,
  );
const tradeId = story.tradeOpened.tradeId;
const on = (deadline: 'hold_warning' | 'hold_forced' | 'shipping_due', days: number) => {
  const at = later(capturedAt, days * DAY_SECONDS);
  return { type: 'PassDeadline', deadline, subjectId: tradeId, dueAt: at, at } as const;
};
const limitAt = later(capturedAt, 100 * DAY_SECONDS);

describe('The limit of how long money may be held', () => {
  it('is ten days in Thailand, two years in the United States and 90 days elsewhere', () => {
    expect(['TH', 'US', 'DE', undefined].map(holdLimitSecondsIn)).toEqual(
      [10, 730, 90, 90].map((days) => days * DAY_SECONDS),
    );
  });

  it('is noticed once at four fifths of it, with what is held', () => {
    const noticed = {
      ...story.holdLimitNear,
      limitAt,
      noticedAt: later(capturedAt, 80 * DAY_SECONDS),
    };
    const delivered = limited(histories.delivered);
    given(...delivered)
      .when(on('hold_warning', 80))
      .thenEvents(noticed);
    given(...delivered, noticed)
      .when(on('hold_warning', 81))
      .thenNothing();
    given(...delivered)
      .when(on('hold_warning', 79))
      .thenNothing();
    for (const history of [histories.delivered, limited(histories.released), histories.opened]) {
      given(...history)
        .when(on('hold_warning', 80))
        .thenNothing();
    }
  });

  it('pays the seller for what is delivered', () => {
    const { decision } = given(...limited(histories.delivered)).when(on('hold_forced', 95));
    expect(decision).toMatchObject({
      events: [
        { type: 'HoldLimitForced', limitAt },
        {
          type: 'MilestoneReleased',
          rule: 'hold_limit',
          amount: usd(1_150_000n),
          evidence: { rule: 'hold_limit', limitAt },
        },
      ],
    });
  });

  it('gives the buyer back what is not delivered', () => {
    for (const state of ['in_fulfilment', 'converted'] as const) {
      expect(
        given(...limited(histories[state])).when(on('hold_forced', 95)).decision,
      ).toMatchObject({
        events: [
          { type: 'HoldLimitForced' },
          {
            ...{ type: 'RefundRequested', reason: 'hold_limit' },
            refundId: `rfd_${tradeId.slice('trd_'.length)}_hold_limit`,
            amount: story.escrowFunded.received,
            parts: [{ milestoneId: 'delivery', held: usd(1_150_000n) }],
            requestedAt: later(capturedAt, 95 * DAY_SECONDS),
          },
        ],
      });
    }
  });

  it('decides what is disputed as silence would', () => {
    expect(
      given(...limited(histories.disputed)).when(on('hold_forced', 95)).decision,
    ).toMatchObject({
      events: [
        { type: 'HoldLimitForced' },
        { type: 'DisputeClosed', outcome: 'silence', toBuyer: usd(1_150_000n) },
        { type: 'RefundRequested', reason: 'dispute' },
      ],
    });
  });
});

describe('The forced end', () => {
  it('leaves alone what is decided: a dispute that is closed, and money that has all gone back', () => {
    const withdrawn = limited(histories.dispute_withdrawn);
    expect(given(...withdrawn).when(on('hold_forced', 95)).decision).toMatchObject({
      events: [{ type: 'HoldLimitForced' }, { type: 'MilestoneReleased' }],
    });
    const onItsWay = limited([...histories.in_fulfilment, story.disputeOpened]);
    expect(given(...onItsWay).when(on('hold_forced', 95)).decision).toMatchObject({
      events: [{ type: 'HoldLimitForced' }, { type: 'DisputeClosed' }, { reason: 'dispute' }],
    });
  });

  it('gives nothing back of nothing, whatever is left of the payment', () => {
    const nearlyAll = { ...fullRefund, amount: money('EUR', fullRefund.amount.amountMinor - 1n) };
    given(...limited([...histories.in_fulfilment, nearlyAll]))
      .when(on('shipping_due', 7))
      .thenNothing();
  });

  it('gives nothing of what the buyer has back to anybody else', () => {
    const parts = fullRefund.parts.map((part) => ({ ...part, held: usd(1_149_999n) }));
    const nearlyAll = { ...fullRefund, parts };
    const left = limited([...histories.in_fulfilment, nearlyAll]);
    expect(given(...left).when(on('hold_forced', 95)).decision).toMatchObject({
      events: [{ type: 'HoldLimitForced' }],
    });
    given(...left)
      .when(on('shipping_due', 7))
      .thenNothing();
  });

  it('pays the seller a rest that is too little to give back, so that nothing is held', () => {
    const cent = { milestoneId: 'rest', amount: usd(1n), inspectionPeriodSeconds: 0 };
    const most = { ...cent, milestoneId: 'most', amount: usd(1_149_999n) };
    const released = {
      ...{ ...story.milestoneReleased, milestoneId: 'most', amount: most.amount },
      ...{ fee: usd(28_750n), net: usd(1_121_249n) },
    };
    const history = limited([...shippedWith([most, cent]), released]);
    const { decision } = given(...history).when(on('hold_forced', 95));
    expect(decision).toMatchObject({
      events: [
        { type: 'HoldLimitForced' },
        {
          ...{
            type: 'MilestoneReleased',
            milestoneId: 'rest',
            rule: 'hold_limit',
            amount: usd(1n),
          },
          evidence: { rule: 'hold_limit', limitAt },
        },
      ],
    });
    const events = decision.kind === 'decided' ? [...history, ...decision.events] : [];
    const { debitMinor, creditMinor } =
      balancesOf(events.flatMap(journalize)).find(({ account }) => account === '2100') ?? {};
    expect(debitMinor).toBe(1_150_000n);
    expect(creditMinor).toBe(1_150_000n);
  });

  it('forces nothing early, without a limit, or where nothing is held or all is frozen', () => {
    given(...limited(histories.delivered))
      .when(on('hold_forced', 94))
      .thenNothing();
    given(...histories.delivered)
      .when(on('hold_forced', 95))
      .thenNothing();
    for (const state of ['opened', 'released', 'refunding', 'charged_back'] as const) {
      given(...limited(histories[state]))
        .when(on('hold_forced', 95))
        .thenNothing();
    }
  });
});

describe('The time to ship', () => {
  const refund = {
    events: [
      { type: 'ShippingMissed', shipBy: later(capturedAt, 7 * DAY_SECONDS) },
      { type: 'RefundRequested', reason: 'not_shipped', amount: story.escrowFunded.received },
    ],
  };

  it('is over with the buyer’s money back, where the carrier never had the goods', () => {
    for (const state of ['converted', 'in_fulfilment'] as const) {
      expect(
        given(...limited(histories[state])).when(on('shipping_due', 7)).decision,
      ).toMatchObject(refund);
    }
  });

  it('is kept by the carrier’s first scan, not by the label', () => {
    const { shipmentId, dispatchedAt } = story.goodsDispatched;
    const dispatch = { type: 'RecordDispatch', shipmentId, dispatchedAt } as const;
    const booked = limited(histories.in_fulfilment);
    given(...booked)
      .when(dispatch)
      .thenEvents(story.goodsDispatched);
    given(...limited(histories.converted))
      .when(dispatch)
      .thenEvents(story.goodsDispatched);
    given(...booked, story.goodsDispatched)
      .when(dispatch)
      .thenNothing();
    given(...booked, story.goodsDispatched)
      .when(on('shipping_due', 7))
      .thenNothing();
    given(...booked)
      .when({ ...dispatch, shipmentId: 'ship_other' })
      .thenNothing();
    given(...histories.in_fulfilment)
      .when(dispatch)
      .thenNothing();
    given(...histories.opened)
      .when(dispatch)
      .thenNothing();
  });

  it('ends nothing early, without a time, delivered, frozen, unpaid or unconverted', () => {
    given(...limited(histories.in_fulfilment))
      .when(on('shipping_due', 6))
      .thenNothing();
    given(...histories.in_fulfilment)
      .when(on('shipping_due', 7))
      .thenNothing();
    given(...limited([...histories.in_fulfilment, story.chargebackOpened]))
      .when(on('shipping_due', 7))
      .thenNothing();
    for (const state of ['delivered', 'charged_back', 'opened', 'funded', 'refunded'] as const) {
      given(...limited(histories[state]))
        .when(on('shipping_due', 7))
        .thenNothing();
    }
  });
});
