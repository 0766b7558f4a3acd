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
});

describe('A lost chargeback in another currency than the charge', () => {
  const inDollars = (minor: bigint, changes: object = {}) =>
    lose({ amount: usd(minor), withdrawn: usd(minor), fee: usd(0n), ...changes });
  const lostBy = (
    command: ReturnType<typeof lose>,
    history: readonly EscrowEvent[] = histories.delivered,
  ) => {
    const { decision } = given(...history).when(command);
    if (decision.kind !== 'decided') throw new Error(decision.code);
    return decision.events.slice(1);
  };

  it('covers the share of the charge that was withdrawn of what it settled for', () => {
    // 1,000.00 of 11,558.38 USD is 886.52 of 10,246.74 EUR, and 994.95 of 11,500.00 USD.
    const covered = eur(88_652n);
    const { settled, received } = story.escrowFunded;
    expect([settled, received]).toEqual([usd(1_155_838n), eur(1_024_674n)]);
    expect(lostBy(inDollars(100_000n))).toMatchObject([
      { amount: usd(100_000n), covered, held: usd(99_495n), withdrawn: usd(100_000n) },
    ]);
    expect(lostBy(inDollars(100_000n, { reinstated: usd(60_000n) })).at(-1)).toMatchObject({
      ...{ covered: eur(35_461n), withdrawn: usd(40_000n) },
    });
  });

  it('covers all of it where all of it was withdrawn, or more, and no more than is left', () => {
    for (const minor of [1_155_837n, 1_155_838n, 1_180_000n]) {
      expect(lostBy(inDollars(minor))).toMatchObject([
        { covered: eur(minor === 1_155_837n ? 1_024_673n : 1_024_674n) },
      ]);
    }
    const first = { ...story.chargebackLost, chargebackId: 'du_1', covered: eur(1_000_000n) };
    const parts = [{ milestoneId: 'delivery', held: usd(1_122_308n), ...none }];
    const other = { ...story.chargebackOpened, chargebackId: 'du_1' };
    const history = [...histories.delivered, other, { ...first, parts }];
    expect(lostBy(inDollars(1_155_838n), history)).toMatchObject([
      { covered: eur(24_674n), held: usd(27_692n) },
    ]);
  });

  it('covers nothing where as much or more came back', () => {
    for (const back of [100_000n, 100_500n]) {
      const none = lostBy(inDollars(100_000n, { reinstated: usd(back) }));
      expect(none.at(-1)).toMatchObject({ covered: eur(0n), parts: [], held: usd(0n) });
    }
  });

  it('covers all that is left where it was withdrawn in another than the charge settled in', () => {
    const pounds = (minor: bigint) => money('GBP', minor);
    const sums = { withdrawn: pounds(90_000n), reinstated: pounds(0n), fee: pounds(0n) };
    expect(lostBy(inDollars(100_000n, sums))).toMatchObject([
      { covered: story.escrowFunded.received, held: story.tradeOpened.amount },
    ]);
  });

  it('counts what was charged beyond what was due, which settled with it', () => {
    const funded = {
      ...story.escrowFunded,
      received: eur(1_029_674n),
      settled: usd(1_173_828n),
    };
    const history = histories.delivered.map((event) =>
      event.type === 'EscrowFunded' ? funded : event,
    );
    expect(lostBy(inDollars(100_000n), history)).toMatchObject([{ covered: eur(87_719n) }]);
    expect(lostBy(inDollars(1_173_828n), history)).toMatchObject([{ covered: eur(1_024_674n) }]);
    const third = { ...funded, settled: usd(3_000_000n) };
    const thirds = history.map((event) => (event.type === 'EscrowFunded' ? third : event));
    expect(lostBy(inDollars(1_000_000n), thirds)).toMatchObject([{ covered: eur(343_225n) }]);
  });

  it('leaves what came by receipts out', () => {
    const byReceipts = eur(300_000n);
    const history = histories.delivered.map((event) =>
      event.type === 'EscrowFunded' ? { ...event, byReceipts, settled: usd(826_128n) } : event,
    );
    expect(lostBy(inDollars(826_128n), history)).toMatchObject([{ covered: eur(724_674n) }]);
    expect(lostBy(inDollars(413_064n), history)).toMatchObject([{ covered: eur(362_337n) }]);
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
      ...{ covered: eur(319n), unapplied: { amount: eur(5_000n), withdrawn: usd(5_640n) } },
    });
  });

  it('goes to the buyer, all of it, where the bank took nothing in the end', () => {
    const added = { ...part, added: eur(5_000n), received: eur(5_000n) };
    const request = { ...fullRefund, refundId: 'rfd_2', amount: eur(5_000n), parts: [] };
    const overpaid = { ...request, reason: 'overpayment' as const };
    const sums = { amount: usd(6_000n), withdrawn: usd(6_000n), reinstated: usd(6_000n) };
    const events = eventsOf([...histories.delivered, added, overpaid], sums);
    expect(events.slice(-2)).toMatchObject([
      { type: 'ChargebackLost', covered: eur(0n) },
      { type: 'RefundRequested', reason: 'overpayment', amount: eur(5_000n) },
    ]);
    expect(events.at(-2)).not.toHaveProperty('unapplied');
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
