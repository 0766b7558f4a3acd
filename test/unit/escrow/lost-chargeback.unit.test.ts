import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { canonicalJson, refundIdFor, sha256Hex } from '../../../src/platform/ids.ts';
import { bodyOf, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, fullRefund, given, histories, part } from './escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

/** Each event of a loss, to the last field: from them the books and the seller's debt are made. */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { chargebackId } = story.chargebackOpened;
const { sellerId } = story.chargebackLost;
const at = story.chargebackLost.closedAt;
const lose = (changes: Parameters<typeof reportedChargeback>[0] = {}) =>
  ({
    ...commands.RecordChargebackLost,
    chargeback: reportedChargeback({ status: 'lost', ...changes }),
    at,
  }) as const;
const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
const none = { net: usd(0n), fee: usd(0n) };

describe('What a lost chargeback says', () => {
  it('is all that was held', () => {
    given(...histories.charged_back)
      .when(lose())
      .thenEvents(story.chargebackLost);
  });

  it('is what the seller owes of what was released', () => {
    given(...twoParts, releaseOf('sample'), story.chargebackOpened)
      .when(lose())
      .thenEvents(
        {
          ...story.chargebackLost,
          ...{ held: usd(690_000n), released: usd(460_000n) },
          parts: [
            { milestoneId: 'bulk', held: usd(690_000n), ...none },
            { milestoneId: 'sample', held: usd(0n), net: usd(448_500n), fee: usd(11_500n) },
          ],
        },
        {
          ...{ type: 'SellerDebtIncurred', version: 1, tradeId, sellerId },
          ...{ debtId: chargebackId, amount: usd(460_000n), reason: 'chargeback' },
        },
      );
  });

  it('is too early before the money is held', () => {
    given(...histories.funded, story.chargebackOpened)
      .when(lose())
      .thenTooEarly('escrow.not_converted');
  });

  it('counts what the bank took and did not give back', () => {
    const { decision } = given(...histories.charged_back).when(lose({ reinstated: usd(1_000n) }));
    expect(decision).toMatchObject({
      events: [{ type: 'ChargebackAdjusted' }, { withdrawn: usd(1_159_000n) }],
    });
  });

  it('covers what is left where it is in another currency than the charge', () => {
    const inDollars = lose({ amount: usd(1n) });
    const { amount: _, ...rest } = story.chargebackLost;
    expect(given(...histories.delivered).when(inDollars).decision).toMatchObject({
      events: [{ type: 'ChargebackOpened' }, { ...rest, amount: usd(1n) }],
    });
  });
});

describe('What a lost chargeback leads to', () => {
  it('closes the dispute about money that is gone, and none that has money or is closed', () => {
    const facts = { disputeId: story.disputeOpened.disputeId, outcome: 'charged_back', at };
    const closed = {
      ...({ type: 'DisputeClosed', version: 1, tradeId, disputeId: facts.disputeId } as const),
      ...({ outcome: 'charged_back', toBuyer: usd(0n), closedAt: at } as const),
      evidenceSha256: sha256Hex(canonicalJson(facts)),
    };
    given(...histories.disputed, story.chargebackOpened)
      .when(lose())
      .thenEvents(story.chargebackLost, closed);
    const { decision } = given(...histories.disputed).when(
      lose({ amount: eur(512_337n), withdrawn: usd(580_000n) }),
    );
    expect(decision).toMatchObject({ events: [{}, { type: 'ChargebackLost' }] });
    given(...histories.dispute_withdrawn, story.chargebackOpened)
      .when(lose())
      .thenEvents(story.chargebackLost);
  });

  it('calls off a refund that the provider never had, with what it was valued at', () => {
    const { rateDate: _, valuedAt: __, ...valued } = bodyOf(story.refundValued);
    const { refundId, tradeId: ___, ...sums } = valued;
    const valuation = {
      ...{ ...sums, amount: fullRefund.amount, held: usd(1_150_000n) },
      ...{ midValue: story.fundsConverted.midSell, spread: story.fundsConverted.spread },
    };
    const canceled = {
      ...{ type: 'RefundCanceled', version: 1, tradeId, refundId, reason: 'charged_back' },
      canceledAt: at,
    };
    const [, first] = eventsOf(histories.refund_valued);
    expect(first).toEqual({ ...canceled, valuation });
    const [, asked] = eventsOf(histories.refunding);
    expect(asked).toStrictEqual(canceled);
  });

  it('calls off what was paid too much as what no trade ever had', () => {
    const added = { ...part, added: eur(500n), received: eur(500n) };
    const request = { ...fullRefund, amount: eur(500n), parts: [], reason: 'overpayment' as const };
    const valued = given(...histories.delivered, added, request).when(commands.ValueRefund);
    if (valued.decision.kind !== 'decided') throw new Error(valued.decision.code);
    const history = [...histories.delivered, added, request, ...valued.decision.events];
    const events = eventsOf(history, { amount: eur(600n), withdrawn: usd(660n) });
    expect(events.map(({ type }) => type)).toEqual([
      ...['ChargebackOpened', 'RefundCanceled', 'ChargebackLost'],
    ]);
    expect(events.slice(1)).toMatchObject([
      { valuation: { unapplied: true, amount: eur(500n), held: usd(0n) } },
      { covered: eur(100n), unapplied: { amount: eur(500n), withdrawn: usd(550n) } },
    ]);
  });

  it('leaves alone a refund that the provider has', () => {
    expect(eventsOf(histories.refund_submitted).map(({ type }) => type)).toEqual([
      ...['ChargebackOpened', 'ChargebackLost'],
    ]);
  });

  it('calls off a refund that had failed, also where it is to be tried anew', () => {
    for (const history of [
      histories.refund_failed,
      [...histories.refund_failed, story.refundRetried],
    ]) {
      expect(eventsOf(history).slice(1)).toMatchObject([
        { type: 'RefundCanceled', valuation: { amount: fullRefund.amount } },
        { type: 'ChargebackLost', covered: fullRefund.amount },
      ]);
    }
  });

  it('leaves alone a refund that lies on the buyer’s cash balance, which is no part of the charge', () => {
    const { refundCredited } = story;
    const lying = [...histories.refund_submitted, refundCredited];
    const onward = { ...story.refundSubmitted, providerRefundId: 're_2' };
    const { returned: _, ...failed } = story.refundFailed;
    for (const history of [lying, [...lying, onward, { ...failed, providerRefundId: 're_2' }]]) {
      expect(eventsOf(history).map(({ type }) => type)).not.toContain('RefundCanceled');
    }
  });
});

describe('What was paid too much, at a lost chargeback', () => {
  it('goes to the buyer after all, as far as it was not taken', () => {
    const added = { ...part, added: eur(5_000n), received: eur(5_000n) };
    const request = {
      ...{ ...fullRefund, refundId: 'rfd_2', amount: eur(5_000n) },
      ...{ parts: [], reason: 'overpayment' as const },
    };
    const events = eventsOf([...histories.delivered, added, request], {
      ...{ amount: eur(2_000n), withdrawn: usd(2_201n) },
    });
    expect(events.slice(1)).toEqual([
      {
        ...{ type: 'RefundCanceled', version: 1, tradeId, refundId: 'rfd_2' },
        ...{ reason: 'charged_back', canceledAt: at },
      },
      expect.objectContaining({
        ...{ covered: eur(0n), parts: [], held: usd(0n), value: usd(0n) },
        unapplied: { amount: eur(2_000n), withdrawn: usd(2_201n) },
      }),
      {
        ...{ type: 'RefundRequested', version: 1, tradeId, amount: eur(3_000n), parts: [] },
        refundId: refundIdFor(tradeId, `overpayment#${chargebackId}`),
        ...{ reason: 'overpayment', requestedAt: at },
      },
    ]);
    const more = { amount: eur(10_000n), withdrawn: usd(11_000n) };
    expect(eventsOf([...histories.delivered, added, request], more)[2]).toMatchObject({
      ...{ covered: eur(5_000n), unapplied: { amount: eur(5_000n), withdrawn: usd(5_500n) } },
    });
    const inDollars = { amount: usd(6_000n), withdrawn: usd(6_000n) };
    expect(eventsOf([...histories.delivered, added, request], inDollars)[2]).toMatchObject({
      unapplied: { amount: eur(5_000n), withdrawn: usd(6_000n) },
    });
  });
});

function eventsOf(
  history: readonly EscrowEvent[],
  changes: Parameters<typeof reportedChargeback>[0] = {},
) {
  const { decision } = given(...history).when(lose(changes));
  if (decision.kind !== 'decided') throw new Error(decision.code);
  return decision.events;
}
