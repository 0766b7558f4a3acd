import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { disputedPart } from '../../../src/escrow/disputed-part.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { at, chargebackId, eur, paid, refundsOf, restId, usd } from './overtaken.ts';

/** A chargeback that is partly won: the provider calls it lost, and gives a part back. */
const taken = usd(1_160_000n);
const told = (changes: Parameters<typeof reportedChargeback>[0]): EscrowCommand => ({
  ...commands.RecordChargebackLost,
  chargeback: reportedChargeback({ withdrawn: taken, ...changes }),
  at,
});
/** Lost, with so many hundredths given back. */
const partlyWon = (hundredths: bigint, changes: Parameters<typeof reportedChargeback>[0] = {}) =>
  told({
    ...{ status: 'lost', amount: paid, ...changes },
    reinstated: usd((taken.amountMinor * hundredths) / 100n),
  });
const lossIn = (history: ReturnType<typeof grown>) =>
  history.find((event) => event.type === 'ChargebackLost');

describe('A chargeback that is partly won', () => {
  it('takes of the trade what the bank kept, and leaves what it gave back', () => {
    // 60 % of 10,246.74 EUR, and of 11,500.00 USD.
    const history = grown(histories.delivered, partlyWon(40n));
    expect(lossIn(history)).toMatchObject({
      ...{ amount: paid, covered: eur(614_804n), held: usd(690_000n) },
      withdrawn: usd(696_000n),
    });
    expect(fundedOf(history).status).not.toBe('charged_back');
    const gained = balancesOf(history.flatMap(journalize)).find(
      ({ account, currency }) => account === '5200' && currency === 'USD',
    );
    expect((gained?.creditMinor ?? 0n) - (gained?.debitMinor ?? 0n)).toBeLessThan(1_000n);
  });

  it('takes to the nearest minor unit, ties to even', () => {
    const covered = (amount: bigint, withdrawn: bigint, reinstated: bigint) => {
      const sums = { withdrawn: usd(withdrawn), reinstated: usd(reinstated) };
      const history = grown(
        histories.delivered,
        told({ status: 'lost', amount: eur(amount), ...sums }),
      );
      return lossIn(history)?.covered.amountMinor;
    };
    expect([covered(101n, 100n, 50n), covered(103n, 100n, 50n)]).toEqual([50n, 52n]);
    expect([covered(100n, 114n, 37n), covered(100n, 114n, 38n)]).toEqual([68n, 67n]);
  });

  it('takes nothing where as much or more came back, and all where nothing was withdrawn', () => {
    for (const back of [100n, 101n]) {
      expect(lossIn(grown(histories.delivered, partlyWon(back)))).toMatchObject({
        ...{ covered: eur(0n), parts: [], held: usd(0n) },
      });
    }
    const none = { withdrawn: usd(0n), reinstated: usd(0n) };
    const history = grown(histories.delivered, told({ status: 'lost', amount: paid, ...none }));
    expect(lossIn(history)).toMatchObject({ covered: paid });
  });

  it('looks at what moved since it was opened again alone', () => {
    const won = told({ status: 'won', amount: paid, reinstated: taken });
    const again = { amount: paid, withdrawn: usd(2_320_000n) };
    const history = grown(
      histories.delivered,
      won,
      told({ ...again, reinstated: taken }),
      told({ ...again, status: 'lost', reinstated: usd(1_740_000n) }),
    );
    expect(lossIn(history)).toMatchObject({ covered: eur(512_337n), withdrawn: usd(580_000n) });
  });

  it('leaves what was decided for the buyer beyond what the bank kept', () => {
    const history = grown(
      histories.delivered,
      { ...commands.RequestRefund, amount: paid },
      partlyWon(40n),
    );
    const { refundId } = story.refundRequested;
    expect(refundsOf(history)).toEqual([
      { refundId, amount: paid, status: 'canceled' },
      { refundId: restId, amount: eur(409_870n), status: 'requested' },
    ]);
  });

  it('is booked alone where more comes back after the end', () => {
    const history = grown(histories.delivered, partlyWon(40n));
    const more = given(...history).when(partlyWon(70n)).decision;
    expect(more).toMatchObject({
      events: [{ type: 'ChargebackAdjusted', chargebackId, isClosed: true }],
    });
  });
});

describe('A refund that fails after a chargeback was partly won', () => {
  const amount = eur(307_402n);
  const report = (status: 'pending' | 'failed'): EscrowCommand => ({
    ...commands.RecordRefund,
    refund: reportedRefund({ status, debited: null, fee: null, amount }),
  });
  const failedAfter = (hundredths: bigint, late: readonly EscrowCommand[] = []) =>
    grown(
      histories.delivered,
      { ...commands.RequestRefund, amount },
      { ...commands.ValueRefund, at },
      report('pending'),
      partlyWon(hundredths),
      ...late,
      report('failed'),
    );
  const { refundId } = story.refundRequested;
  const retry = { type: 'RetryRefund', refundId, at } as const;

  it('is tried anew where the bank kept no more than was left of the charge', () => {
    expect(given(...failedAfter(40n)).when(retry).decision).toMatchObject({
      events: [{ type: 'RefundRetried', refundId }],
    });
  });

  it('is with the buyer where the bank kept more, whatever came back after the end', () => {
    for (const history of [failedAfter(20n), failedAfter(20n, [partlyWon(90n)])]) {
      given(...history)
        .when(retry)
        .thenRejected('refund.cannot_retry_charged_back');
    }
  });
});

describe('What of a charge a bank keeps', () => {
  const fils = (minor: bigint) => money('KWD', minor);
  const payment = paymentOf({ received: fils(1_005n), settled: usd(3_000n) });
  const kept = (amount: Money, withdrawn: bigint, reinstated: bigint) =>
    disputedPart(payment, { amount, withdrawn: usd(withdrawn), reinstated: usd(reinstated) });

  it('is what can be paid of its currency, so that the rest of the charge can be', () => {
    expect(kept(fils(1_000n), 3_000n, 1_000n)).toEqual(fils(670n));
    expect(kept(usd(1_000n), 1_000n, 0n)).toEqual(fils(340n));
    expect(kept(usd(1_000n), 1_000n, 1_001n)).toEqual(fils(0n));
  });

  it('is all of it where nothing came back, whether that can be paid or not', () => {
    expect(kept(fils(1_005n), 3_000n, 0n)).toEqual(fils(1_005n));
    expect(kept(usd(3_000n), 3_000n, 0n)).toEqual(fils(1_005n));
  });
});
