import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

const usd = (minor: bigint) => money('USD', minor);
const report = (
  changes: Parameters<typeof reportedChargeback>[0],
  at = story.chargebackWon.closedAt,
) => ({ ...commands.RecordChargeback, chargeback: reportedChargeback(changes), at }) as const;
const back = story.chargebackAdjusted.reinstated;

describe('A chargeback', () => {
  it('is opened as the provider has it, with what it has debited', () => {
    const { bookings = [], ...opened } = story.chargebackOpened;
    given(...histories.delivered)
      .when(commands.RecordChargeback)
      .thenEvents(opened);
    const { decision } = given(...histories.delivered).when(report({ bookings }));
    expect(decision).toMatchObject({ events: [{ type: 'ChargebackOpened', bookings }] });
    expect(
      given(...histories.delivered).when(report({ evidenceDueBy: null })).decision,
    ).not.toHaveProperty('events.0.evidenceDueBy');
  });

  it('of another charge goes to a person', () => {
    given(...histories.delivered)
      .when(report({ chargeId: 'ch_other' }))
      .thenRejected('chargeback.other_charge');
  });

  it('sums over every booking of the provider, however they come', () => {
    expect(
      given(...histories.charged_back).when(
        report({ withdrawn: usd(1_160_500n), fee: usd(4_000n) }),
      ).decision,
    ).toMatchObject({
      events: [
        { type: 'ChargebackAdjusted', withdrawn: usd(500n), reinstated: usd(0n), fee: usd(2_000n) },
      ],
    });
    given(...histories.charged_back)
      .when(report({ withdrawn: usd(0n), fee: usd(0n) }))
      .thenNothing();
    expect(given(...histories.charged_back).when(report({ fee: usd(0n) })).decision).toMatchObject({
      events: [{ fee: usd(-2_000n) }],
    });
    const { bookings = [] } = story.chargebackOpened;
    expect(bookings).not.toEqual([]);
    const apart = report({ withdrawn: usd(1_160_500n), bookings });
    expect(given(...histories.charged_back).when(apart).decision).toMatchObject({
      events: [{ type: 'ChargebackAdjusted', bookings }],
    });
  });

  it('that is won unfreezes the trade once its money is back', () => {
    given(...histories.charged_back)
      .when(report({ status: 'won' }))
      .thenTooEarly('chargeback.funds_outstanding');
    expect(
      given(...histories.charged_back).when(report({ status: 'won', fee: usd(0n) })).decision,
    ).toMatchObject({
      kind: 'decided',
      events: [{ type: 'ChargebackAdjusted' }],
    });
    given(...histories.chargeback_won)
      .when(report({ status: 'won', reinstated: back }))
      .thenNothing();
    given(...histories.charged_back)
      .when(report({ status: 'won', reinstated: back }))
      .thenEvents(story.chargebackAdjusted, story.chargebackWon);
    const inquiry = report({ status: 'won', withdrawn: usd(0n), fee: usd(0n) });
    expect(given(...histories.delivered).when(inquiry).decision).toMatchObject({
      events: [{ type: 'ChargebackOpened' }, { type: 'ChargebackWon', residual: usd(0n) }],
    });
  });

  it('that is won at another rate leaves the difference as an exchange result', () => {
    const short = report({ status: 'won', reinstated: usd(1_159_300n) });
    expect(given(...histories.charged_back).when(short).decision).toMatchObject({
      events: [{ type: 'ChargebackAdjusted' }, { type: 'ChargebackWon', residual: usd(700n) }],
    });
  });
});

const lost = (changes: Parameters<typeof reportedChargeback>[0] = {}) =>
  report({ status: 'lost', ...changes });

describe('A lost chargeback', () => {
  it('takes what is held before it takes what was released, which the seller owes whole', () => {
    const partly = [
      ...[...shippedWith(sampleAndBulk), story.deliveryConfirmed, releaseOf('sample')],
      story.chargebackOpened,
    ];
    expect(given(...partly).when(lost()).decision).toMatchObject({
      events: [
        {
          ...{ type: 'ChargebackLost', held: usd(690_000n), released: usd(460_000n) },
          parts: [
            { milestoneId: 'bulk', held: usd(690_000n) },
            { milestoneId: 'sample', net: usd(448_500n), fee: usd(11_500n) },
          ],
        },
        { type: 'SellerDebtIncurred', reason: 'chargeback', amount: usd(460_000n) },
      ],
    });
  });

  it('of a part takes that part', () => {
    const half = lost({ amount: money('EUR', 512_337n), withdrawn: usd(580_000n) });
    const opened = given(...histories.delivered).when(half).decision;
    expect(opened).toMatchObject({
      events: [{ type: 'ChargebackOpened' }, { type: 'ChargebackLost', held: usd(575_000n) }],
    });
  });

  it('beyond what is left takes what is left', () => {
    const mostly = { ...commands.RequestRefund, amount: money('EUR', 1_000_000n) };
    const refunded = given(...histories.delivered).when(mostly).decision;
    if (refunded.kind !== 'decided') throw new Error(refunded.code);
    const submitted = [
      ...[...histories.delivered, ...refunded.events],
      { ...story.refundValued, amount: money('EUR', 1_000_000n) },
      story.refundSubmitted,
    ];
    expect(given(...submitted).when(lost()).decision).toMatchObject({
      events: [
        { type: 'ChargebackOpened' },
        { type: 'ChargebackLost', covered: money('EUR', 24_674n), held: usd(27_692n) },
      ],
    });
  });

  it('books what more comes back afterwards against the loss', () => {
    expect(
      given(...histories.chargeback_lost).when(lost({ reinstated: usd(500n) })).decision,
    ).toMatchObject({
      events: [{ type: 'ChargebackAdjusted', isClosed: true, reinstated: usd(500n) }],
    });
  });

  it('settles a trade that waited for nothing else', () => {
    const partly = [
      ...[...shippedWith(sampleAndBulk), story.deliveryConfirmed, releaseOf('sample')],
      ...[{ ...story.milestonePaid, milestoneId: 'sample' }, story.chargebackOpened],
    ];
    const { decision } = given(...partly).when(lost());
    expect(decision).toMatchObject({
      events: expect.arrayContaining([
        { type: 'TradeSettled', version: 1, settledAt: story.chargebackWon.closedAt },
      ]),
    });
  });

  it('gives the spread back where the provider settles in the currency charged', () => {
    const eur = {
      withdrawn: money('EUR', 1_024_674n),
      reinstated: money('EUR', 0n),
      fee: money('EUR', 0n),
    };
    const mid = { rate: { num: 10_000n, den: 11_394n }, rateDate: '2026-06-30' };
    expect(given(...histories.delivered).when({ ...lost(eur), mid }).decision).toMatchObject({
      events: [
        { type: 'ChargebackOpened' },
        { spread: money('EUR', 15_370n), value: money('EUR', 1_009_303n), rateDate: '2026-06-30' },
      ],
    });
  });

  it('calls off a valued refund that the provider never had, with its valuation', () => {
    const { decision } = given(...histories.refund_valued).when(lost());
    expect(decision).toMatchObject({
      events: [
        { type: 'ChargebackOpened' },
        {
          type: 'RefundCanceled',
          valuation: { held: usd(1_150_000n), spread: money('EUR', 15_370n) },
        },
        { type: 'ChargebackLost', held: usd(1_150_000n) },
      ],
    });
  });
});

describe('A lost chargeback beside duties', () => {
  it('takes all that is held beside duties that were set aside', () => {
    const { amount } = story.dutiesEarmarked;
    const left = usd(story.tradeOpened.amount.amountMinor - amount.amountMinor);
    expect(
      given(...histories.delivered, story.dutiesEarmarked).when(lost()).decision,
    ).toMatchObject({
      events: [{ type: 'ChargebackOpened' }, { type: 'ChargebackLost', held: left }],
    });
  });
});

describe('A refund while the buyer’s bank disputes the charge', () => {
  it('is not valued, so it is not made', () => {
    given(...histories.refunding, story.chargebackOpened)
      .when(commands.ValueRefund)
      .thenTooEarly('refund.charge_disputed');
  });
});

/** Everything that can move a trade's money, each as it comes from its own side. */
const movers: readonly EscrowCommand[] = [
  commands.AcceptGoods,
  commands.PassInspectionEnd,
  commands.OpenDispute,
  commands.EscalateDispute,
  commands.DecideDispute,
  commands.PassDecision,
  commands.RequestRefund,
  commands.ValueRefund,
  { ...commands.RecordRefund, refund: reportedRefund({ status: 'succeeded' }) },
  commands.RecordChargeback,
  commands.RecordChargebackLost,
  commands.RecordChargebackWon,
  commands.RecordMilestonePaid,
];

function playedOut(order: readonly EscrowCommand[]): readonly EscrowEvent[] {
  let events: readonly EscrowEvent[] = histories.delivered;
  // Twice over, since what was refused or early the first time may come again.
  for (const command of [...order, ...order]) {
    const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
    const decision = decideEscrow(command, state);
    if (decision.kind === 'decided') events = [...events, ...decision.events];
  }
  return events;
}

describe('Accept, dispute, refund and chargeback, in any order', () => {
  it('never pay both sides: what left the hold is what was in it, once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...movers], { minLength: 3 }), (order) => {
        const events = playedOut(order);
        const sum = (amounts: readonly { readonly amountMinor: bigint }[]) =>
          amounts.reduce((total, { amountMinor }) => total + amountMinor, 0n);
        const released = events.flatMap((event) =>
          event.type === 'MilestoneReleased' ? [event.amount] : [],
        );
        const canceled = events.flatMap((event) =>
          event.type === 'RefundCanceled' ? [event.refundId] : [],
        );
        const refunds = events.flatMap((event) =>
          event.type === 'RefundRequested' && !canceled.includes(event.refundId) ? [event] : [],
        );
        const lost = events.flatMap((event) => (event.type === 'ChargebackLost' ? [event] : []));
        const heldBack = [...refunds, ...lost].flatMap(({ parts }) =>
          parts.map(({ held }) => held),
        );
        const toBuyer = [
          ...refunds.map(({ amount }) => amount),
          ...lost.map(({ covered }) => covered),
        ];
        expect(sum(released) + sum(heldBack) <= story.tradeOpened.amount.amountMinor).toBe(true);
        expect(sum(toBuyer) <= story.escrowFunded.received.amountMinor).toBe(true);
        const claimed = [...refunds, ...lost].flatMap(({ parts }) =>
          parts.flatMap(({ net, fee }) => [net, fee]),
        );
        expect(sum(claimed) <= sum(released)).toBe(true);
        for (const { account, debitMinor, creditMinor } of balancesOf(events.flatMap(journalize))) {
          if (account === '2100') expect(creditMinor - debitMinor >= 0n).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a paid trade settle it once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...movers]), (order) => {
        const settled = playedOut(order).filter(({ type }) => type === 'TradeSettled');
        expect(settled.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
