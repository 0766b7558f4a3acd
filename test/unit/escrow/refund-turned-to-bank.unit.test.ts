import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import type { ProviderRefund } from '../../../src/escrow/ports.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { at, eur, lost, paid, refundsOf, restId, taken, usd } from './overtaken.ts';

/** A chargeback is over, and the provider refuses what is left of the charge to the buyer. */
const rest = eur(paid.amountMinor - taken);
const turn = (refundId = restId, afterChargebacks = 1): EscrowCommand => ({
  ...{ type: 'TurnRefundToBank', refundId, afterChargebacks, at },
});
const value: EscrowCommand = { ...commands.ValueRefund, refundId: restId, at };
const valuedRest = grown(
  histories.delivered,
  { ...commands.RequestRefund, amount: paid },
  lost(taken),
  value,
);
const turned: EscrowEvent = { ...story.refundTurnedToBank, refundId: restId, turnedAt: at };
const byBank: Partial<ProviderRefund> = { takenFrom: 'bank', providerRefundId: 'RF-1' };
const report = (changes: Partial<ProviderRefund>): EscrowCommand => ({
  ...commands.RecordRefund,
  refund: reportedRefund({
    ...{ refundId: restId, amount: rest, status: 'succeeded', debited: rest, fee: eur(0n) },
    ...changes,
  }),
});
const failed: Partial<ProviderRefund> = { status: 'failed', debited: null, fee: null };
const told = (changes: Parameters<typeof reportedChargeback>[0]): EscrowCommand => ({
  ...commands.RecordChargebackLost,
  chargeback: reportedChargeback(changes),
  at,
});

describe('A refund that the provider refuses since its charge was disputed', () => {
  it('goes back by bank once the chargeback is over, lost or won', () => {
    given(...valuedRest)
      .when(turn())
      .thenEvents(turned);
    const won = told({ status: 'won', reinstated: usd(1_160_000n) });
    const valued = [...grown(histories.charged_back, won), story.refundRequested];
    const { refundId } = story.refundRequested;
    given(...grown(valued, { ...commands.ValueRefund, at }))
      .when(turn(refundId))
      .thenEvents({ ...turned, refundId });
  });

  it('is asked for again after a chargeback that had not ended for whoever was refused', () => {
    given(...valuedRest)
      .when(turn(restId, 0))
      .thenTooEarly('refund.charge_disputed');
  });

  it('waits while a chargeback is open, and where none is known', () => {
    const other = { ...story.chargebackOpened, chargebackId: 'du_2' };
    given(...valuedRest, other)
      .when(turn())
      .thenTooEarly('refund.charge_disputed');
    given(...histories.refund_valued)
      .when(turn(story.refundRequested.refundId))
      .thenTooEarly('refund.charge_disputed');
    const [partlyPaid] = histories.partly_expired.filter(
      (event) => event.type === 'RefundRequested',
    );
    given(...histories.partly_expired)
      .when(turn(partlyPaid?.refundId))
      .thenTooEarly('refund.charge_disputed');
    given(...histories.opened)
      .when(turn())
      .thenRejected('refund.unknown');
    given(...valuedRest)
      .when(turn('rfd_none'))
      .thenRejected('refund.unknown');
  });

  it('turns once, and not where it is made, called off, or not of the charge', () => {
    const { refundId } = story.refundRequested;
    for (const [history, command] of [
      [[...valuedRest, turned], turn()],
      [grown(valuedRest, report({ status: 'pending', debited: null, fee: null })), turn()],
      [valuedRest, turn(refundId)],
    ] as const) {
      given(...history)
        .when(command)
        .thenNothing();
    }
  });

  it('of what came by receipt, or lies on the cash balance, is none', () => {
    for (const change of [{ from: 'bank' }, { from: 'cash_balance' }] as const) {
      const state = fundedOf(valuedRest);
      const refunds = state.refunds.map((refund) => ({ ...refund, ...change }));
      expect(() => evolveEscrow({ ...state, refunds }, turned)).toThrow();
      expect(summaryOf(decideEscrow(turn(), { ...state, refunds }))).toBe('nothing');
    }
    expect(() => evolveEscrow(fundedOf([...valuedRest, turned]), turned)).toThrow();
  });
});

describe('A refund that has turned to bank', () => {
  it('is settled by what finance has paid, which the movement books', () => {
    const history = grown([...valuedRest, turned], report(byBank));
    const [submitted, settled] = history.slice(valuedRest.length + 1);
    expect(submitted).toMatchObject({ type: 'RefundSubmitted', providerRefundId: 'RF-1' });
    expect(submitted).not.toHaveProperty('debit');
    expect(settled).toMatchObject({ booking: { from: 'bank', amount: rest, debited: rest } });
    const owed = balancesOf(
      [...history, { ...story.refundPaid, refundId: restId, amount: rest }].flatMap(journalize),
    ).filter(({ account }) => account === '2310');
    expect(owed.every(({ debitMinor, creditMinor }) => debitMinor === creditMinor)).toBe(true);
  });

  it('is none that the provider made, and finance pays none that has not turned', () => {
    given(...valuedRest, turned)
      .when(report({}))
      .thenRejected('refund.second_refund');
    given(...valuedRest)
      .when(report(byBank))
      .thenRejected('refund.second_refund');
  });

  it('that came back is tried anew by bank', () => {
    const retry = { type: 'RetryRefund', refundId: restId, at } as const;
    const history = grown(
      [...valuedRest, turned],
      report(byBank),
      report({ ...byBank, ...failed }),
      retry,
    );
    expect(fundedOf(history).refunds.at(-1)).toMatchObject({
      ...{ refundId: restId, status: 'valued', attempt: 2, byBank: true, from: 'charge' },
    });
    const again = report({ ...byBank, providerRefundId: 'RF-2', attempt: 2 });
    expect(fundedOf(grown(history, again)).refunds.at(-1)).toMatchObject({ status: 'settled' });
  });

  it('is of the charge all the same: another loss calls it off, unless it is paid', () => {
    const more = lost(rest.amountMinor, 'du_2');
    expect(refundsOf(grown([...valuedRest, turned], more)).at(-1)).toMatchObject({
      ...{ refundId: restId, status: 'canceled' },
    });
    const settled = grown([...valuedRest, turned], report(byBank), more);
    expect(refundsOf(settled).at(-1)).toMatchObject({ refundId: restId, status: 'settled' });
    expect(settled.filter(({ type }) => type === 'ChargebackLost').at(-1)).toMatchObject({
      ...{ covered: eur(0n), parts: [] },
    });
  });
});
