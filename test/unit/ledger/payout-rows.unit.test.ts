import type { PayoutEvent, TradelaneEvent } from '../../../events/index.ts';
import { PayoutFailed } from '../../../events/payout/payout-failed.v1.ts';
import { PayoutReissued } from '../../../events/payout/payout-reissued.v1.ts';
import { PayoutReturned } from '../../../events/payout/payout-returned.v1.ts';
import { PayoutReversed } from '../../../events/payout/payout-reversed.v1.ts';
import { PayoutRolledForward } from '../../../events/payout/payout-rolled-forward.v1.ts';
import { PayoutSetOff } from '../../../events/payout/payout-set-off.v1.ts';
import { SellerDebtWrittenOff } from '../../../events/seller/seller-debt-written-off.v1.ts';
import { TransferReversed } from '../../../events/seller/transfer-reversed.v1.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { sample, story } from '../../support/builders.ts';

/** 40 % of 11,500.00 less the fee of 2.5 %. */
const amount = money('USD', 448_500n);
const sellerId = story.payoutRequested.sellerId;
const { payoutId } = story.payoutRequested;

const requested: PayoutEvent = { ...story.payoutRequested, amount };
const failed: PayoutEvent = { ...sample(PayoutFailed, 'payout/payout-failed'), amount };
const reissued: PayoutEvent = { ...sample(PayoutReissued, 'payout/payout-reissued'), amount };
const settled: PayoutEvent = { ...story.payoutSettled, amount };
const byBank: PayoutEvent = { ...settled, rail: 'bank_file' };
const returned: PayoutEvent = {
  ...sample(PayoutReturned, 'payout/payout-returned'),
  ...{ amount, returned: money('USD', 446_500n) },
};
const reversed: PayoutEvent = {
  ...sample(PayoutReversed, 'payout/payout-reversed'),
  ...{ amount: money('USD', 97_500n), totalReversed: money('USD', 97_500n) },
};
const recovery = {
  ...{ debtId: 'dp_1', debtorId: 'pty_debtor', sellerId, amount: money('USD', 97_500n) },
};
const writtenOff: TradelaneEvent = {
  ...sample(SellerDebtWrittenOff, 'seller/seller-debt-written-off'),
  amount: money('USD', 1_150_000n),
};

/** A row of docs/ledger.md: kind, then account, scope and signed minor units of each leg. */
const rows = (event: TradelaneEvent) =>
  journalize(event).map(({ kind, legs }) => [
    kind,
    ...legs.map(({ account, amountMinor, scope }) => `${account} ${amountMinor} ${scope ?? '-'}`),
  ]);

/** What is left on each account after those events, where something is. */
const left = (...events: readonly TradelaneEvent[]) =>
  Object.fromEntries(
    balancesOf(events.flatMap(journalize))
      .map(({ account, debitMinor, creditMinor }) => [account, debitMinor - creditMinor] as const)
      .filter(([, balance]) => balance !== 0n),
  );

describe('The rows of payouts (finance.md 3.4)', () => {
  it('J11: a payout is initiated', () => {
    const row = ['payout_initiated', `2200 448500 ${sellerId}`, `2300 -448500 ${payoutId}`];
    expect(rows(requested)).toEqual([row]);
    expect(rows(reissued)).toEqual([row]);
  });

  it('J12: the debit is confirmed, at the bank or at the provider', () => {
    const legs = (account: string) => [`2300 448500 ${payoutId}`, `${account} -448500 -`];
    expect(rows(byBank)).toEqual([['payout_settled', ...legs('1200')]]);
    expect(rows(settled)).toEqual([['payout_settled', ...legs('1100')]]);
  });

  it('P1: a payout failed before the debit', () => {
    expect(rows(failed)).toEqual([
      ['payout_failed', `2300 448500 ${payoutId}`, `2200 -448500 ${sellerId}`],
    ]);
    expect(left(requested, failed)).toEqual({});
  });

  it('J13: a payout was returned after the debit, less 20.00', () => {
    expect(rows(returned)).toEqual([
      ['payout_returned', '1200 446500 -', '5500 2000 -', `2200 -448500 ${sellerId}`],
    ]);
    expect(left(requested, byBank, returned)).toEqual({ 1200: -2_000n, 5500: 2_000n });
    expect(left(requested, byBank, returned, reissued, byBank)).toEqual({
      ...{ 1200: -450_500n, 2200: 448_500n, 5500: 2_000n },
    });
  });

  it('a whole return leaves no bank charge', () => {
    expect(rows({ ...returned, returned: amount })).toEqual([
      ['payout_returned', '1200 448500 -', `2200 -448500 ${sellerId}`],
    ]);
  });
});

describe('The rows of what sellers owe and are owed again', () => {
  it('a transfer is taken back', () => {
    expect(rows(reversed)).toEqual([
      ['payout_reversed', '1100 97500 -', `2200 -97500 ${sellerId}`],
    ]);
  });

  it('a transfer is taken back for a debt, and what the debt did not need is owed', () => {
    const taken = sample(TransferReversed, 'seller/transfer-reversed');
    expect(rows(taken)).toEqual([['transfer_reversed', '1100 97500 -', `1310 -97500 ${sellerId}`]]);
    const [part, all] = [money('USD', 500n), money('USD', 97_500n)];
    const again = (minor: bigint) => `2200 -${minor} ${sellerId}`;
    expect(rows({ ...taken, owed: part })).toEqual([
      ['transfer_reversed', '1100 97500 -', `1310 -97000 ${sellerId}`, again(500n)],
    ]);
    expect(rows({ ...taken, owed: all })).toEqual([
      ['transfer_reversed', '1100 97500 -', again(97_500n)],
    ]);
  });

  it('a receivable is recovered from a payout, and the rest is paid', () => {
    const netted = { ...requested, amount: money('USD', 351_000n), recovered: [recovery] };
    expect(rows(netted)).toEqual([
      ['receivable_recovered', `2200 97500 ${sellerId}`, '1310 -97500 pty_debtor'],
      ['payout_initiated', `2200 351000 ${sellerId}`, `2300 -351000 ${payoutId}`],
    ]);
  });

  it('a receivable is recovered where nothing is paid now', () => {
    const row = ['receivable_recovered', `2200 97500 ${sellerId}`, '1310 -97500 pty_debtor'];
    const setOff = sample(PayoutSetOff, 'payout/payout-set-off');
    const rolled = sample(PayoutRolledForward, 'payout/payout-rolled-forward');
    expect(rows({ ...setOff, recovered: [recovery] })).toEqual([row]);
    expect(rows({ ...rolled, recovered: [recovery] })).toEqual([row]);
    expect(rows(rolled)).toEqual([]);
  });

  it('an event that only tells moves nothing', () => {
    expect(rows(story.tradeOpened)).toEqual([]);
  });

  it('C5: a receivable is written off', () => {
    expect(rows(writtenOff)).toEqual([
      ['receivable_written_off', '5100 1150000 -', `1310 -1150000 ${sellerId}`],
    ]);
  });

  it('a payout with money of other trades takes it from their seller ids, and gives it back there', () => {
    const own = { payoutId, tradeId: 'trd_1', milestoneId: 'delivery', sellerId };
    const parts = [
      {
        ...own,
        payoutId: 'payout_2',
        tradeId: 'trd_2',
        sellerId: 'pty_2',
        amount: money('USD', 1_950n),
      },
      { ...own, amount },
    ];
    const both = { amount: money('USD', 450_450n), parts };
    expect(rows({ ...requested, ...both })).toEqual([
      [
        'payout_initiated',
        '2200 1950 pty_2',
        `2200 448500 ${sellerId}`,
        `2300 -450450 ${payoutId}`,
      ],
    ]);
    expect(left({ ...requested, ...both }, { ...failed, ...both })).toEqual({});
    expect(
      left({ ...requested, ...both }, { ...byBank, ...both }, { ...returned, ...both }),
    ).toEqual({
      ...{ 1200: -3_950n, 5500: 3_950n },
    });
  });
});
