import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { initialEscrow } from '../../../src/escrow/state.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';

const eur = (minor: bigint) => money('EUR', minor);
const due = story.escrowFunded.received.amountMinor;
const excess = 5_000n;
const settledMinor = 1_161_000n;
type Command = Parameters<ReturnType<typeof given>['when']>[0];

/** The history, and what the command adds to it. */
function after(history: readonly EscrowEvent[], command: Command): readonly EscrowEvent[] {
  const { decision } = given(...history).when(command);
  if (decision.kind !== 'decided') throw new Error(decision.code);
  return [...history, ...decision.events];
}

/** A trade whose buyer paid 50.00 EUR too much, converted, and the refund of that. */
function overpaid() {
  const payment = paymentOf({
    ...{ received: eur(due + excess), settled: money('USD', settledMinor) },
  });
  const paid = after(histories.payment_requested, { type: 'RecordPayment', payment });
  const request = paid.at(-1);
  const refundId = request?.type === 'RefundRequested' ? request.refundId : '';
  return { history: after(paid, commands.ConvertFunds), refundId };
}

const valued = ({ history, refundId }: ReturnType<typeof overpaid>) =>
  after(history, { ...commands.ValueRefund, refundId });
const madeAlready = (trade: ReturnType<typeof overpaid>) => {
  const report = reportedRefund({
    ...{ refundId: trade.refundId, amount: eur(excess), status: 'succeeded' },
    debited: money('USD', 5_700n),
  });
  return after(valued(trade), { ...commands.RecordRefund, refund: report });
};

/** The buyer's bank takes so much of the charge, and keeps it. */
function lose(history: readonly EscrowEvent[], minor: bigint, currency: CurrencyCode = 'USD') {
  const withdrawn = money(currency, currency === 'EUR' ? minor : (minor * 11n) / 10n);
  const sums = { withdrawn, reinstated: money(currency, 0n), fee: money(currency, 0n) };
  const chargeback = reportedChargeback({ ...sums, amount: eur(minor), status: 'lost' });
  const mid = { rate: { num: 9n, den: 10n }, rateDate: null };
  const at = story.chargebackLost.closedAt;
  return after(history, { type: 'RecordChargeback', chargeback, mid, at });
}

const added = (history: readonly EscrowEvent[], minor: bigint) =>
  lose(history, minor).slice(history.length);

/** What is left on an account, by currency, where something is. */
const left = (history: readonly EscrowEvent[], account: string) =>
  Object.fromEntries(
    balancesOf(history.flatMap(journalize))
      .filter((balance) => balance.account === account)
      .map(({ currency, debitMinor, creditMinor }) => [currency, debitMinor - creditMinor])
      .filter(([, minor]) => minor !== 0n),
  );

describe('A chargeback of a charge that was paid too much', () => {
  it('of all of it calls the refund off: the bank has given that money back', () => {
    const { history, refundId } = overpaid();
    expect(added(history, due + excess)).toMatchObject([
      { type: 'ChargebackOpened' },
      { type: 'RefundCanceled', refundId },
      { type: 'ChargebackLost', covered: eur(due), unapplied: { amount: eur(excess) } },
    ]);
  });

  it('takes what was paid too much first, and the trade for the rest', () => {
    const { history } = overpaid();
    expect(added(history, excess + 100n).at(-1)).toMatchObject({
      ...{ type: 'ChargebackLost', covered: eur(100n), unapplied: { amount: eur(excess) } },
    });
  });

  it('of less than that leaves the trade whole, and the rest goes back after all', () => {
    const { history } = overpaid();
    const events = added(history, 2_000n);
    expect(events.map(({ type }) => type)).toEqual([
      ...['ChargebackOpened', 'RefundCanceled', 'ChargebackLost', 'RefundRequested'],
    ]);
    expect(events.slice(2)).toMatchObject([
      { covered: eur(0n), parts: [], unapplied: { amount: eur(2_000n) } },
      { reason: 'overpayment', amount: eur(3_000n), parts: [] },
    ]);
  });

  it('after that went back takes the trade, and never that again', () => {
    const history = madeAlready(overpaid());
    const lost = added(history, due + excess).at(-1);
    expect(lost).toMatchObject({ type: 'ChargebackLost', covered: eur(due) });
    expect(lost).not.toHaveProperty('unapplied');
    expect(left(lose(history, due + excess), '2000')).toEqual({});
  });

  it('is booked back where the refund was valued and not sent', () => {
    const history = lose(valued(overpaid()), due + excess);
    for (const account of ['2000', '2310', '1300']) expect(left(history, account)).toEqual({});
  });

  it('twice takes each part of it once', () => {
    const { history } = overpaid();
    const once = lose(history, 2_000n);
    const again = reportedChargeback({
      ...{ chargebackId: 'dp_second', amount: eur(3_000n), withdrawn: money('USD', 3_300n) },
      status: 'lost',
    });
    const mid = { rate: { num: 9n, den: 10n }, rateDate: null };
    const at = story.chargebackLost.closedAt;
    const twice = after(once, { type: 'RecordChargeback', chargeback: again, mid, at });
    expect(twice.slice(once.length).map(({ type }) => type)).toEqual([
      ...['ChargebackOpened', 'RefundCanceled', 'ChargebackLost'],
    ]);
    expect(left(twice, '2000')).toEqual({});
  });
});

/** A trade whose buyer transferred 50.00 EUR that no charge used: it lies on the cash balance. */
function withUnusedCash(charged = due) {
  const payment = paymentOf({ received: eur(charged), settled: money('USD', settledMinor) });
  const unused = eur(excess);
  const paid = after(histories.payment_requested, { type: 'RecordPayment', payment, unused });
  const request = paid.at(-1);
  const refundId = request?.type === 'RefundRequested' ? request.refundId : '';
  return { history: after(paid, commands.ConvertFunds), refundId };
}

describe('Cash that was never charged, where the buyer’s bank takes the charge', () => {
  it.each(['waits', 'is valued'])('goes back all the same: its refund %s', (stage) => {
    const trade = withUnusedCash();
    const history = stage === 'waits' ? trade.history : valued(trade);
    const events = added(history, due);
    expect(events.map(({ type }) => type)).toEqual(['ChargebackOpened', 'ChargebackLost']);
    expect(events.at(-1)).toMatchObject({ covered: eur(due) });
    expect(events.at(-1)).not.toHaveProperty('unapplied');
    const account = stage === 'waits' ? '2000' : '2310';
    expect(left(lose(history, due), account)).toEqual({ EUR: -excess });
  });

  it('is no part of what the bank took, be that little', () => {
    const lost = added(withUnusedCash().history, 2_000n).at(-1);
    expect(lost).toMatchObject({ type: 'ChargebackLost', covered: eur(2_000n) });
    expect(lost).not.toHaveProperty('unapplied');
  });

  it('stays apart from what was charged too much, which the bank takes first', () => {
    const { history, refundId } = withUnusedCash(due + 700n);
    const events = added(history, due + 700n);
    expect(events.filter(({ type }) => type === 'RefundCanceled')).not.toMatchObject([
      { refundId },
    ]);
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'ChargebackLost', covered: eur(due), unapplied: { amount: eur(700n) } },
    });
    expect(left(lose(history, due + 700n), '2000')).toEqual({ EUR: -excess });
  });

  it('is not asked for again with what the bank left of what was charged too much', () => {
    const events = added(withUnusedCash(due + 700n).history, 200n);
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'RefundRequested', reason: 'overpayment', amount: eur(500n) },
    });
  });
});

describe('Any chargeback of a charge that was paid too much', () => {
  it.each(['USD', 'EUR', 'GBP'] as const)(
    'in %s balances, and gives no unit back twice',
    (currency) => {
      fc.assert(
        fc.property(fc.bigInt({ min: 1n, max: due + excess }), fc.nat(2), (minor, stage) => {
          const trade = overpaid();
          const history = [trade.history, valued(trade), madeAlready(trade)][stage] ?? [];
          const all = lose(history, minor, currency);
          expect(isBalanced(balancesOf(all.flatMap(journalize)))).toBe(true);
          const state = all.reduce(evolveEscrow, initialEscrow);
          if (!('chargebacks' in state)) throw new Error(state.status);
          const back = state.refunds
            .filter(({ status }) => status !== 'canceled')
            .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
          const bank = state.chargebacks.flatMap(({ taken }) => taken ?? []);
          const taken = bank.reduce(
            (sum, { covered, unapplied }) =>
              sum + covered.amountMinor + (unapplied?.amountMinor ?? 0n),
            0n,
          );
          expect(back + taken).toBeLessThanOrEqual(due + excess);
          // Unless the excess had gone back before, everybody got exactly what the bank and we gave.
          if (stage < 2) expect(taken).toBe(minor);
          const owedStill = stage === 2 || back === 0n ? {} : { EUR: -back };
          expect(left(all, '2000')).toEqual(owedStill);
          expect(left(all, '1300')).toEqual({});
        }),
        { numRuns: 60 },
      );
    },
  );
});
