import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { commands, fullRefund, histories, reportedRefund } from './escrow-states.ts';
import { grown } from './grown.ts';

/** What the provider takes off our balance for a refund, and who owes it. */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { amount } = fullRefund;
const rest = eur(724_674n);
const byReceipts = eur(300_000n);
const at = story.refundSettled.settledAt;

/** The trade is on its way, paid by a charge that the provider settles in euros. */
const settledInEuros = (...payments: readonly EscrowCommand[]) =>
  grown(
    histories.payment_requested,
    ...payments,
    ...[commands.ConvertFunds, commands.BookShipment],
  );
const charge = (received: typeof amount): EscrowCommand => ({
  ...{ type: 'RecordPayment', payment: paymentOf({ received, settled: received }) },
});
const receive: EscrowCommand = {
  ...{ type: 'ApplyReceipt', receiptId: 'camt-1', amount: byReceipts, at },
};
const record = (changes: Parameters<typeof reportedRefund>[0] = {}): EscrowCommand => ({
  ...{ type: 'RecordRefund', refund: reportedRefund(changes), at },
});
const succeeded = { status: 'succeeded', debited: amount, fee: eur(0n) } as const;
const credited = record({ ...succeeded, landsOn: 'cash_balance' });
const left = { ...succeeded, providerRefundId: 're_cash', takenFrom: 'cash_balance' } as const;

const submissionsOf = (history: readonly EscrowEvent[]) =>
  history.filter((event) => event.type === 'RefundSubmitted');
const debtsOf = (history: readonly EscrowEvent[]) =>
  history.filter(({ type }) => type === 'SellerDebtIncurred');

describe('What a refund is taken off the balance for', () => {
  it('is its amount, where the provider settles in the currency charged', () => {
    const history = settledInEuros(charge(amount));
    const refunded = grown(history, commands.RequestRefund, commands.ValueRefund, record());
    expect(submissionsOf(refunded)).toMatchObject([{ debit: amount }]);
  });

  it('is not known before it is made, where the provider settles in another', () => {
    const [submitted] = submissionsOf(grown(histories.refund_valued, record()));
    expect(submitted).not.toHaveProperty('debit');
  });

  it('is nothing on its way from the cash balance, where it was taken before', () => {
    const history = settledInEuros(charge(amount));
    const { RequestRefund, ValueRefund } = commands;
    const gone = grown(history, RequestRefund, ValueRefund, credited, record(left));
    const [first, second, ...others] = submissionsOf(gone);
    expect(first).toMatchObject({ debit: amount });
    expect(second).not.toHaveProperty('debit');
    expect(others).toEqual([]);
  });

  it('is nothing where it goes back by bank', () => {
    const { ValueRefund } = commands;
    const { refundId } = fullRefund;
    const refunding = grown(settledInEuros(receive, charge(rest)), commands.RequestRefund, {
      ...{ ...ValueRefund, refundId: `${refundId}_bank` },
    });
    const paid = record({ refundId: `${refundId}_bank`, amount: byReceipts, takenFrom: 'bank' });
    expect(submissionsOf(grown(refunding, paid))).toHaveLength(1);
    expect(submissionsOf(grown(refunding, paid))[0]).not.toHaveProperty('debit');
  });
});

describe('What the seller owes of a refund', () => {
  it('is what was released of it, told once, though it is sent from the cash balance again', () => {
    const asked = { ...commands.RequestRefund, at };
    const valued = grown(histories.released, asked, { ...commands.ValueRefund, at });
    const lands = grown(valued, credited);
    expect(debtsOf(lands)).toMatchObject([
      { debtId: fullRefund.refundId, amount: usd(1_121_250n), reason: 'refund' },
    ]);
    const gone = grown(lands, record(left));
    expect(gone.at(-1)).toMatchObject({ type: 'RefundSettled' });
    expect(debtsOf(gone)).toHaveLength(1);
  });
});
