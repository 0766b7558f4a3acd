import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { returnId } from '../../../src/escrow/decide-parts.ts';
import { refundableBy } from '../../../src/escrow/refund-ways.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { parseDecimal } from '../../../src/money/rational.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';

const { tradeId } = story.tradeOpened;
const eur = (minor: bigint) => money('EUR', minor);
const at = story.refundRequested.requestedAt;
/** The price is 10,246.74 EUR: 3,000.00 come by receipt, the rest by a charge. */
const due = 1_024_674n;
const byReceipts = eur(300_000n);
const rest = eur(due - 300_000n);

const receive = (amount = byReceipts, receiptId = 'camt-1') =>
  ({ type: 'ApplyReceipt', receiptId, amount, at }) as const;
const transfer = (received: ReturnType<typeof eur>) =>
  ({ type: 'RecordTransfers', received, at }) as const;
const pay = (received = rest, settled = money('USD', 820_000n)): EscrowCommand => ({
  type: 'RecordPayment',
  payment: paymentOf({ received, settled }),
});

const typesAfter = (history: readonly EscrowEvent[], command: EscrowCommand): string =>
  summaryOf(given(...history).when(command).decision);

const requested = histories.payment_requested;
const funded = () => grown(requested, receive(), pay());
const held = () => grown(funded(), { ...commands.ConvertFunds }, { ...commands.BookShipment });
const refund = (minor: bigint, refundId = 'rfd_1') =>
  ({ type: 'RequestRefund', refundId, amount: eur(minor), reason: 'marketplace', at }) as const;
const refundsAfter = (history: readonly EscrowEvent[]) =>
  fundedOf(history).refunds.map((each) => [each.refundId, each.from, each.amount.amountMinor]);

describe('A payment of which a part came by receipt and a part by transfer', () => {
  it('is asked to be charged as soon as both are the whole, whichever comes last', () => {
    const byTransfer = grown(requested, transfer(rest));
    expect(typesAfter(byTransfer, receive())).toBe('PartialPaymentReceived RestRequested');
    const byReceipt = grown(requested, receive());
    expect(typesAfter(byReceipt, transfer(rest))).toBe('PartialPaymentReceived RestRequested');
    expect(grown(byReceipt, transfer(rest)).at(-1)).toEqual({
      ...{ type: 'RestRequested', version: 1, tradeId, rest },
    });
  });

  it('is not, while a cent is missing, nor again for the same rest', () => {
    const short = eur(rest.amountMinor - 1n);
    const history = grown(requested, receive());
    expect(typesAfter(history, transfer(short))).toBe('PartialPaymentReceived');
    const whole = grown(history, transfer(rest));
    expect(typesAfter(whole, transfer(eur(rest.amountMinor + 1n)))).toBe('PartialPaymentReceived');
    expect(typesAfter(whole, receive(eur(1n), 'camt-2'))).toBe(
      'PartialPaymentReceived RestRequested',
    );
  });

  it('is not, where the transfers are the whole alone, and it is charged as it is', () => {
    for (const received of [eur(due), eur(due + 1n)]) {
      expect(typesAfter(grown(requested, receive()), transfer(received))).toBe(
        'PartialPaymentReceived',
      );
    }
  });

  it('is not, where it is being closed', () => {
    const closing = grown(requested, receive(), { type: 'RequestCancellation' });
    expect(typesAfter(closing, transfer(rest))).toBe('PartialPaymentReceived');
  });
});

describe('A charge of the rest', () => {
  it('funds the trade with what receipts have paid', () => {
    expect(funded().at(-1)).toMatchObject({
      ...{ type: 'EscrowFunded', received: eur(due), byReceipts },
      settled: money('USD', 820_000n),
    });
    const { payment, unapplied, parts } = fundedOf(funded());
    expect(payment).toMatchObject({ received: eur(due), byReceipts });
    expect([unapplied, parts.receipts]).toEqual([eur(0n), eur(0n)]);
  });

  it('that is too little with them funds nothing', () => {
    given(...grown(requested, receive()))
      .when(pay(eur(rest.amountMinor - 1n)))
      .thenRejected('escrow.amount_mismatch');
  });

  it('that is more than the rest goes back by what is too much, from the charge', () => {
    const history = grown(requested, receive(), pay(eur(rest.amountMinor + 500n)));
    expect(history.at(-1)).toMatchObject({
      ...{ type: 'RefundRequested', amount: eur(500n), reason: 'overpayment' },
    });
    expect(history.at(-1)).toMatchObject({ refundId: returnId(tradeId, 'overpayment') });
    expect(history.at(-1)).not.toHaveProperty('from');
  });

  it('of the whole stands alone, and the receipts go back', () => {
    const history = grown(requested, receive(), pay(eur(due)));
    expect(history.at(-1)).toMatchObject({ amount: byReceipts, from: 'bank' });
    const { payment, parts } = fundedOf(history);
    expect(payment).not.toHaveProperty('byReceipts');
    expect(parts.receipts).toEqual(byReceipts);
  });

  it('is booked as itself: the receipts were, where they were identified', () => {
    const entries = held().flatMap(journalize);
    expect(isBalanced(balancesOf(entries))).toBe(true);
    const kinds = entries.map(({ kind, legs }) => [kind, legs[0]?.amountMinor]);
    expect(kinds).toContainEqual(['capture', rest.amountMinor]);
    expect(kinds).toContainEqual(['psp_conversion', rest.amountMinor]);
    // The part of the position that the receipts stand for is open, until its cover is traded.
    expect(kinds.map(([kind]) => kind)).not.toContain('fx_realized');
    expect(held().find(({ type }) => type === 'FundsConverted')).toMatchObject({
      byReceipts: true,
    });
  });

  it('names no charge for the payout: it may not cover it', () => {
    const released = grown(held(), commands.AcceptGoods).at(-1);
    expect(released).toMatchObject({ type: 'MilestoneReleased', paidByReceipts: true });
    expect(released).not.toHaveProperty('sourceChargeId');
  });

  it('names none either where it covers it today: a part of it may go back', () => {
    const paid = grown(requested, receive(), pay(rest, money('USD', 1_150_000n)));
    const shipped = grown(paid, { ...commands.ConvertFunds }, { ...commands.BookShipment });
    const released = grown(shipped, commands.AcceptGoods).at(-1);
    expect(released).toMatchObject({ type: 'MilestoneReleased', paidByReceipts: true });
    expect(released).not.toHaveProperty('sourceChargeId');
  });
});

describe('A refund of a payment in two ways', () => {
  it('goes back by the charge first, then by bank, never beyond what came by either', () => {
    const once = grown(held(), refund(100_000n));
    expect(refundsAfter(once)).toEqual([['rfd_1', 'charge', 100_000n]]);
    const twice = grown(once, refund(700_000n, 'rfd_2'));
    expect(refundsAfter(twice).slice(1)).toEqual([
      ['rfd_2', 'charge', 624_674n],
      ['rfd_2_bank', 'bank', 75_326n],
    ]);
    const all = grown(twice, refund(224_674n, 'rfd_3'));
    expect(refundsAfter(all).slice(3)).toEqual([['rfd_3', 'bank', 224_674n]]);
    const state = fundedOf(all);
    expect([refundableBy(state, 'charge'), refundableBy(state, 'bank')]).toEqual([
      eur(0n),
      eur(0n),
    ]);
    given(...all)
      .when(refund(1n, 'rfd_4'))
      .thenRejected('refund.exceeds_left');
  });

  it('takes of the trade just what it gives', () => {
    const all = grown(held(), refund(due));
    const parts = fundedOf(all).refunds.flatMap((each) => each.parts);
    expect(parts.reduce((total, part) => total + part.held.amountMinor, 0n)).toBe(1_150_000n);
    expect(fundedOf(all).status).toBe('refunding');
  });

  it('again under its id is the same; of another amount it is refused', () => {
    const history = grown(held(), refund(due));
    given(...history)
      .when(refund(due))
      .thenNothing();
    given(...history)
      .when(refund(due - 1n))
      .thenRejected('refund.id_reused');
  });

  it('that a dispute awards is split alike', () => {
    const escalated = grown(held(), commands.OpenDispute, commands.EscalateDispute);
    const decided = grown(escalated, {
      ...commands.DecideDispute,
      toBuyer: money('USD', 1_150_000n),
    });
    expect(refundsAfter(decided).map(([, from]) => from)).toEqual(['charge', 'bank']);
  });

  it('that no history gives back by a way by which it did not come', () => {
    const tooMuch = { ...story.refundRequested, amount: eur(rest.amountMinor + 1n), parts: [] };
    expect(() => fundedOf([...held(), tooMuch])).toThrow(/RefundRequested cannot follow/);
    const byBank = { ...tooMuch, amount: eur(300_001n), from: 'bank' } as const;
    expect(() => fundedOf([...held(), byBank])).toThrow(/RefundRequested cannot follow/);
  });

  it('is no part of what a chargeback of the charge can take', () => {
    const chargeback = reportedChargeback({ status: 'lost', amount: eur(due) });
    const mid = { rate: parseDecimal('1'), rateDate: null };
    const lost = grown(held(), { type: 'RecordChargeback', chargeback, mid, at });
    expect(lost.find(({ type }) => type === 'ChargebackLost')).toMatchObject({ covered: rest });
    expect(refundableBy(fundedOf(lost), 'bank')).toEqual(byReceipts);
    expect(refundableBy(fundedOf(lost), 'charge')).toEqual(eur(0n));
    const more = { ...story.refundRequested, amount: eur(1n), parts: [] };
    expect(() => fundedOf([...lost, more])).toThrow(/RefundRequested cannot follow/);
    expect(fundedOf([...lost, { ...more, from: 'bank' }]).refunds).toHaveLength(1);
  });
});
