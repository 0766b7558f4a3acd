import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import type { ProviderRefund } from '../../../src/escrow/ports.ts';
import { untoldDebt } from '../../../src/escrow/seller-debt.ts';
import type { Chargeback, FundedState, Refund } from '../../../src/escrow/state.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { accountCodes } from '../../../src/ledger/chart.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import type { Money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { bulkEndsAt, passInspectionEnd } from './milestones.ts';
import { at, chargebackId, eur, lost, paid, refundsOf, restId, taken, usd } from './overtaken.ts';

/** A refund that the provider had, and that failed before a chargeback was lost, or after that. */
/** What is left on an account, by currency, where something is. */
const left = (history: readonly EscrowEvent[], account: string) =>
  Object.fromEntries(
    balancesOf(history.flatMap(journalize))
      .filter((balance) => balance.account === account)
      .map(({ currency, debitMinor, creditMinor }) => [currency, debitMinor - creditMinor])
      .filter(([, minor]) => minor !== 0n),
  );

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

describe('What the seller is told that it owes', () => {
  it('is nothing of a refund that was not made, nor of a chargeback that is open', () => {
    const released = grown(histories.delivered, passInspectionEnd(bulkEndsAt));
    const asked = grown(released, { ...commands.RequestRefund, amount: paid });
    const state = fundedOf([...asked, story.chargebackOpened]);
    expect(untoldDebt(state, { debtId: chargebackId, reason: 'chargeback' })).toEqual([]);
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

  it('is tried anew, where it is none of the charge, or the bank has given what was paid too much', () => {
    const state = fundedOf(failed(512_338n));
    const refundWith = (changes: Partial<Refund>): FundedState => ({
      ...state,
      refunds: state.refunds.map((refund) => ({ ...refund, ...changes })),
    });
    const chargebackWith = (changes: (lost: Chargeback) => Partial<Chargeback>): FundedState => ({
      ...state,
      chargebacks: state.chargebacks.map((each) => ({ ...each, ...changes(each) })),
    });
    const others = [
      refundWith({ from: 'bank' }),
      refundWith({ creditedBy: 're_0' }),
      refundWith({ reason: 'overpayment' }),
      chargebackWith(() => ({ amount: usd(512_338n) })),
      chargebackWith(() => ({ taken: null })),
      chargebackWith(({ taken: some }) => ({ taken: some && { ...some, unapplied: eur(1n) } })),
    ];
    for (const other of others) {
      expect(summaryOf(decideEscrow(retry, other))).toBe('RefundRetried');
    }
  });
});
