import type { EscrowEvent } from '../../../events/index.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';

const eur = (minor: bigint) => money('EUR', minor);
const due = story.escrowFunded.received.amountMinor;
const excess = eur(5_000n);

const paid = (minor: bigint) => ({
  type: 'RecordPayment' as const,
  payment: paymentOf({ received: eur(minor), settled: money('USD', 1_161_000n) }),
});

function decidedBy(
  history: readonly EscrowEvent[],
  command: Parameters<ReturnType<typeof given>['when']>[0],
) {
  const { decision } = given(...history).when(command);
  if (decision.kind !== 'decided') throw new Error(decision.code);
  return [...history, ...decision.events];
}

const overpaid = () => decidedBy(histories.payment_requested, paid(due + 5_000n));

describe('A buyer who pays too much', () => {
  it('has paid, and gets the rest back at once', () => {
    expect(overpaid().slice(-2)).toMatchObject([
      { type: 'EscrowFunded', received: eur(due + 5_000n) },
      {
        ...{ type: 'RefundRequested', reason: 'overpayment', amount: excess, parts: [] },
        refundId: `rfd_${story.tradeOpened.tradeId.slice('trd_'.length)}_overpayment`,
      },
    ]);
  });

  it('leaves the trade what was quoted: it is converted, and can be refunded whole', () => {
    const held = decidedBy(overpaid(), commands.ConvertFunds);
    expect(held.at(-1)).toMatchObject({ type: 'FundsConverted', received: eur(due) });
    const all = { ...commands.RequestRefund, amount: eur(due) };
    expect(decidedBy(held, all).at(-1)).toMatchObject({ amount: eur(due) });
    given(...held)
      .when({ ...all, amount: eur(due + 1n) })
      .thenRejected('refund.exceeds_left');
  });

  it('leaves nothing in the books of what was too much', () => {
    const history = overpaid();
    const requested = history.at(-1);
    const refundId = requested?.type === 'RefundRequested' ? requested.refundId : '';
    const valued = decidedBy(history, { ...commands.ValueRefund, refundId });
    expect(valued.at(-1)).toMatchObject({
      unapplied: true,
      midValue: excess,
      held: money('USD', 0n),
    });
    const report = reportedRefund({
      ...{ refundId, amount: excess, status: 'succeeded', debited: money('USD', 5_700n) },
    });
    const settled = decidedBy(valued, { ...commands.RecordRefund, refund: report });
    const converted = { ...story.fundsConverted, settled: money('USD', 1_161_000n) };
    const open = balancesOf([...settled, converted].flatMap(journalize)).filter(
      ({ account, debitMinor, creditMinor }) =>
        ['1400', '2000', '2310'].includes(account) && debitMinor !== creditMinor,
    );
    expect(open).toEqual([]);
  });

  it('is not told from one who pays what is due, and one who pays less is nobody’s guess', () => {
    expect(decidedBy(histories.payment_requested, paid(due)).slice(4)).toEqual([]);
    given(...histories.payment_requested)
      .when(paid(due - 1n))
      .thenRejected('escrow.amount_mismatch');
  });
});
