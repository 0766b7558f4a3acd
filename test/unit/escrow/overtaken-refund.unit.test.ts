import { openMilestones } from '../../../src/escrow/holdings.ts';
import { divide, refundRest } from '../../../src/escrow/lost-parts.ts';
import { firstOfParts, lessParts } from '../../../src/escrow/refund-parts.ts';
import type { FundedState, Refund } from '../../../src/escrow/state.ts';
import { money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { commands, given, histories } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { bulkEndsAt, passInspectionEnd } from './milestones.ts';
import { at, chargebackId, eur, lost, paid, refundsOf, restId, taken, usd } from './overtaken.ts';

/** Awards and refunds that were not made, as a chargeback is lost that took a part of the charge. */
const whole = story.tradeOpened.amount;
const awarded = (minor: bigint) =>
  grown(histories.escalated, { ...commands.DecideDispute, toBuyer: usd(minor) });

const partsOf = (held: bigint) => [
  { milestoneId: 'delivery', held: usd(held), net: usd(0n), fee: usd(0n) },
];

describe('What a lost chargeback leaves of what was decided for the buyer', () => {
  it('is refunded anew: an award of all, and nothing is left to release to the seller', () => {
    const history = grown(awarded(whole.amountMinor), lost(taken));
    expect(refundsOf(history)).toMatchObject([
      { status: 'canceled', amount: paid },
      { refundId: restId, status: 'requested', amount: eur(paid.amountMinor - taken) },
    ]);
    expect(history.at(-1)).toMatchObject({ reason: 'dispute' });
    expect(openMilestones(fundedOf(history))).toEqual([]);
    given(...history)
      .when(passInspectionEnd(later(at, 1)))
      .thenNothing();
  });

  it('is refunded anew where goods were not shipped, and where the marketplace asked for it', () => {
    for (const reason of ['not_shipped', 'hold_limit', 'marketplace'] as const) {
      const asked = { ...story.refundRequested, amount: eur(512_337n), reason };
      const history = grown(
        [...histories.delivered, { ...asked, parts: partsOf(575_000n) }],
        lost(taken),
      );
      expect(history.at(-1)).toMatchObject({ refundId: restId, reason, amount: eur(112_337n) });
    }
  });

  it('leaves the seller its share of a split award, as it was released', () => {
    const history = grown(awarded(575_000n), lost(taken));
    expect(history.filter(({ type }) => type === 'SellerDebtIncurred')).toEqual([]);
    expect(fundedOf(history).releases).toHaveLength(1);
    expect(history.at(-1)).toMatchObject({ amount: eur(512_337n - taken) });
  });

  it('is refunded out of what was released, where it was to come from there', () => {
    const released = grown(histories.delivered, passInspectionEnd(bulkEndsAt));
    const asked = grown(released, { ...commands.RequestRefund, amount: eur(512_337n) });
    const history = grown(asked, lost(taken));
    const [loss, debt, again] = history.slice(-3);
    // 4,000.00 of the charge are 4,489.23 of the trade, of which 2.5 % had been the fee.
    expect(loss).toMatchObject({ released: usd(448_923n), held: usd(0n) });
    expect(debt).toMatchObject({ amount: usd(448_923n), debtId: chargebackId });
    expect(again).toMatchObject({
      ...{ type: 'RefundRequested', amount: eur(112_337n), refundId: restId },
      parts: [{ held: usd(0n), net: usd(122_925n), fee: usd(3_152n) }],
    });
  });

  it('is nothing, where the bank took as much or more; then the seller bears what is beyond', () => {
    for (const minor of [512_337n, 512_338n]) {
      const history = grown(awarded(575_000n), lost(minor));
      expect(refundsOf(history)).toMatchObject([{ status: 'canceled' }]);
      const owed = history.filter(({ type }) => type === 'SellerDebtIncurred');
      expect(owed).toMatchObject(minor === 512_337n ? [] : [{ amount: usd(1n) }]);
    }
  });

  it('is less by each chargeback, each time as another refund', () => {
    const once = grown(awarded(whole.amountMinor), lost(taken));
    const twice = grown(once, lost(100_000n, 'du_second'));
    expect(refundsOf(twice).slice(1)).toEqual([
      { refundId: restId, status: 'canceled', amount: eur(624_674n) },
      {
        ...{ refundId: refundIdFor(tradeId, 'rest#du_second'), status: 'requested' },
        amount: eur(524_674n),
      },
    ]);
  });

  it('has an id with an ordinal, where one of that chargeback is known', () => {
    const state = fundedOf(histories.delivered);
    const rest = { amount: eur(100n), parts: [], reason: 'dispute' } as const;
    const ids = ['', '#2', '#3'].map((ordinal) =>
      refundIdFor(tradeId, `rest#${chargebackId}${ordinal}`),
    );
    const [known] = fundedOf(histories.refunding).refunds;
    for (const [index, refundId] of ids.entries()) {
      const refunds = ids.slice(0, index).map((id) => ({ ...(known as Refund), refundId: id }));
      expect(refundRest({ ...state, refunds }, { rest, chargebackId, at })).toMatchObject([
        { refundId },
      ]);
    }
  });
});

describe('What can be paid of such a rest, in a currency whose last digit must be zero', () => {
  const kwd = (minor: bigint) => money('KWD', minor);
  const delivered = fundedOf(histories.delivered);
  const inDinar = (received: bigint): FundedState => ({
    ...{ ...delivered, payment: { ...delivered.payment, received: kwd(received) } },
    spread: kwd(0n),
  });
  const restOf = (received: bigint, decided: bigint, covered: bigint, held = 575_000n) =>
    divide(inDinar(received), {
      covered: kwd(covered),
      decided: { amount: kwd(decided), parts: partsOf(held), reason: 'dispute' },
    }).rest?.amount;

  it('is so much of it as ends in zero, or all that is left of the charge', () => {
    expect(restOf(3_512_340n, 1_756_170n, 1_000_003n)).toEqual(kwd(756_160n));
    expect(restOf(3_512_345n, 1_756_170n, 1_000_000n)).toEqual(kwd(756_170n));
    expect(restOf(3_512_345n, 3_512_345n, 2_000_000n, 1_150_000n)).toEqual(kwd(1_512_345n));
  });

  it('is all that is left of the charge beside what has gone back of it', () => {
    const state = inDinar(3_512_345n);
    const [known] = fundedOf(histories.refunded).refunds;
    const refunds = [{ ...(known as Refund), amount: kwd(100_000n), parts: [] }];
    const decided = {
      amount: kwd(3_412_345n),
      parts: partsOf(1_150_000n),
      reason: 'dispute',
    } as const;
    expect(divide({ ...state, refunds }, { covered: kwd(1_000_000n), decided }).rest).toMatchObject(
      {
        amount: kwd(2_412_345n),
      },
    );
  });

  it('is nothing, where it is too small to be paid: the bank took all that was decided', () => {
    expect(restOf(3_512_340n, 1_756_170n, 1_756_165n)).toBeUndefined();
  });

  it('is nothing, where the bank took as much of the trade as was decided, or more', () => {
    expect(restOf(3_512_340n, 1_756_170n, 1_000_000n, 327_417n)).toBeUndefined();
    expect(restOf(3_512_340n, 1_756_170n, 1_000_000n, 327_416n)).toBeUndefined();
    expect(restOf(3_512_340n, 1_756_170n, 1_000_000n, 327_418n)).toEqual(kwd(756_170n));
  });
});

describe('What is taken of parts, and what is left of them', () => {
  const part = (held: bigint, net = 0n, fee = 0n) => ({
    ...{ milestoneId: 'delivery', held: usd(held), net: usd(net), fee: usd(fee) },
  });
  const both = [part(100n), part(0n, 90n, 10n)];

  it('is of what is held first, then of what was released, as that was split', () => {
    expect(firstOfParts(both, usd(60n))).toEqual([part(60n)]);
    expect(firstOfParts(both, usd(150n))).toEqual([part(100n), part(0n, 45n, 5n)]);
  });

  it('is nothing of what is taken whole', () => {
    expect(lessParts(both, [part(100n), part(0n, 45n, 5n)], 'USD')).toEqual([part(0n, 45n, 5n)]);
    expect(lessParts(both, [part(60n), part(0n, 90n)], 'USD')).toEqual([
      part(40n),
      part(0n, 0n, 10n),
    ]);
  });
});
