import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { openMilestones } from '../../../src/escrow/holdings.ts';
import { divide, refundRest } from '../../../src/escrow/lost-parts.ts';
import type { ProviderRefund } from '../../../src/escrow/ports.ts';
import type { FundedState, Refund } from '../../../src/escrow/state.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { accountCodes } from '../../../src/ledger/chart.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { bulkEndsAt, passInspectionEnd } from './milestones.ts';

/** A chargeback is lost that took a part of what was decided for the buyer and had not gone back. */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { chargebackId } = story.chargebackOpened;
const at = story.chargebackLost.closedAt;
const paid = story.escrowFunded.received;
const whole = story.tradeOpened.amount;
const restId = refundIdFor(tradeId, `rest#${chargebackId}`);
const taken = 400_000n;

const lost = (minor: bigint, id = chargebackId): EscrowCommand => ({
  ...commands.RecordChargebackLost,
  chargeback: reportedChargeback({
    ...{ chargebackId: id, status: 'lost', amount: eur(minor) },
    withdrawn: usd((minor * 114n) / 100n),
  }),
  at,
});
const awarded = (minor: bigint) =>
  grown(histories.escalated, { ...commands.DecideDispute, toBuyer: usd(minor) });

const partsOf = (held: bigint) => [
  { milestoneId: 'delivery', held: usd(held), net: usd(0n), fee: usd(0n) },
];
const refundsOf = (history: readonly EscrowEvent[]) =>
  fundedOf(history).refunds.map(({ refundId, amount, status }) => ({ refundId, amount, status }));

/** What is left on an account, by currency, where something is. */
const left = (history: readonly EscrowEvent[], account: string) =>
  Object.fromEntries(
    balancesOf(history.flatMap(journalize))
      .filter((balance) => balance.account === account)
      .map(({ currency, debitMinor, creditMinor }) => [currency, debitMinor - creditMinor])
      .filter(([, minor]) => minor !== 0n),
  );

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

  it('is nothing, where it is too small to be paid: the bank took all that was decided', () => {
    expect(restOf(3_512_340n, 1_756_170n, 1_756_165n)).toBeUndefined();
  });
});

const valued = { ...commands.ValueRefund, at };
const report = (status: 'pending' | 'failed', changes: Partial<ProviderRefund> = {}) =>
  ({
    ...commands.RecordRefund,
    refund: reportedRefund({ status, debited: null, fee: null, ...changes }),
  }) as const;
const failing = (amount: Money): readonly EscrowCommand[] => [
  { ...commands.RequestRefund, amount },
  valued,
  report('pending', { amount }),
  report('failed', { amount }),
];
const debtsOf = (history: readonly EscrowEvent[]) =>
  history.flatMap((event) =>
    event.type === 'SellerDebtIncurred' ? [[event.debtId, event.amount.amountMinor]] : [],
  );
const { refundId } = story.refundRequested;

describe('A refund that had failed, where a chargeback is lost', () => {
  it('is no longer owed: the books are those of the chargeback alone', () => {
    const failed = grown(histories.delivered, ...failing(paid), lost(paid.amountMinor));
    const alone = grown(histories.delivered, lost(paid.amountMinor));
    expect(left(failed, '2310')).toEqual({});
    for (const code of accountCodes) expect(left(failed, code)).toEqual(left(alone, code));
  });

  it('can’t be tried anew, and the code says why', () => {
    const failed = grown(histories.delivered, ...failing(paid), lost(paid.amountMinor));
    const { decision } = given(...failed).when({ type: 'RetryRefund', refundId, at });
    expect(decision).toEqual({
      ...{ kind: 'rejected', code: 'refund.cannot_retry_charged_back' },
      detail: "The buyer's bank has given the buyer this money; what it left is another refund.",
    });
  });

  it('is owed for what the bank has left of it, as another refund', () => {
    const failed = grown(histories.delivered, ...failing(paid), lost(taken));
    expect(refundsOf(failed)).toMatchObject([
      { refundId, status: 'canceled' },
      { refundId: restId, status: 'requested', amount: eur(paid.amountMinor - taken) },
    ]);
    expect(left(failed, '2310')).toEqual({});
  });

  it('of released money leaves the seller one debt: what was told of it counts', () => {
    const released = grown(histories.delivered, passInspectionEnd(bulkEndsAt));
    const failed = grown(released, ...failing(paid));
    expect(debtsOf(failed)).toEqual([[refundId, 1_121_250n]]);
    // The chargeback's is the fee too, which the platform would have borne of a refund.
    expect(debtsOf(grown(failed, lost(paid.amountMinor)))).toEqual([
      [refundId, 1_121_250n],
      [chargebackId, 28_750n],
    ]);
    const partly = grown(failed, lost(taken));
    expect(debtsOf(partly)).toEqual([[refundId, 1_121_250n]]);
    const amount = eur(paid.amountMinor - taken);
    const again = { refundId: restId, amount, providerRefundId: 're_2' };
    const made = grown(partly, { ...valued, refundId: restId }, report('pending', again));
    // Of 4,489.23 the fee is 112.23: the chargeback takes it of the seller, and no refund does.
    expect(debtsOf(made)).toEqual([
      [refundId, 1_121_250n],
      [restId, 11_223n],
    ]);
    expect(left(made, '1310')).toEqual({ USD: 1_132_473n });
  });
});

describe('A refund that fails after a chargeback was lost', () => {
  const half = eur(512_337n);
  const submitted = () => grown(histories.delivered, ...failing(half).slice(0, 3));
  const failed = (minor: bigint) =>
    grown(submitted(), lost(minor), report('failed', { amount: half }));
  const retry = { type: 'RetryRefund', refundId, at } as const;

  it('is tried anew, as far as the bank has left so much of the charge', () => {
    for (const minor of [taken, 512_337n]) {
      expect(refundsOf(grown(failed(minor), retry))).toMatchObject([{ status: 'valued' }]);
    }
  });

  it('can’t be tried anew, where the bank has given the buyer that too', () => {
    given(...failed(512_338n))
      .when(retry)
      .thenRejected('refund.cannot_retry_charged_back');
  });
});
