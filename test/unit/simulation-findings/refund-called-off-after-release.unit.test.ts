import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { openMilestones } from '../../../src/escrow/holdings.ts';
import { initialEscrow, isFunded } from '../../../src/escrow/state.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories } from '../escrow/escrow-states.ts';
import { bulkEndsAt, passInspectionEnd } from '../escrow/milestones.ts';

const eur = (minor: bigint) => money('EUR', minor);
const paidMinor = story.escrowFunded.received.amountMinor;
type Command = Parameters<ReturnType<typeof given>['when']>[0];

function after(history: readonly EscrowEvent[], command: Command): readonly EscrowEvent[] {
  const { decision } = given(...history).when(command);
  if (decision.kind !== 'decided') throw new Error(decision.code);
  return [...history, ...decision.events];
}

/** A refund is asked for; what is left is released and paid; the provider has not made the refund. */
function releasedBesideRefund(refundMinor: bigint): readonly EscrowEvent[] {
  const asked = after(histories.delivered, {
    ...{ ...commands.RequestRefund, amount: eur(refundMinor) },
  });
  return after(asked, passInspectionEnd(bulkEndsAt));
}

/** The buyer's bank takes so much of the charge, and keeps it. */
function lose(history: readonly EscrowEvent[], minor: bigint): readonly EscrowEvent[] {
  const sums = { withdrawn: money('USD', (minor * 11n) / 10n), fee: money('USD', 0n) };
  const chargeback = reportedChargeback({ ...sums, amount: eur(minor), status: 'lost' });
  const mid = { rate: { num: 9n, den: 10n }, rateDate: null };
  return after(history, {
    ...{ type: 'RecordChargeback', chargeback, mid, at: story.chargebackLost.closedAt },
  });
}

const stateOf = (history: readonly EscrowEvent[]) => {
  const state = history.reduce(evolveEscrow, initialEscrow);
  if (!isFunded(state)) throw new Error(state.status);
  return state;
};

/** What clients' money is still held of the trade, in its own currency. */
const heldMinor = (history: readonly EscrowEvent[]): bigint =>
  balancesOf(history.flatMap(journalize))
    .filter(({ account, currency }) => account === '2100' && currency === 'USD')
    .reduce((sum, { debitMinor, creditMinor }) => sum + creditMinor - debitMinor, 0n);

/**
 * Seed 531527315 of a stormy world: a refund of a part waited, the rest was released and paid, and
 * then the bank took the whole charge. The refund was called off and its part went to nobody: the
 * platform bore the loss, and the buyer's part was held for good.
 */
describe('A chargeback that is lost after a milestone was released beside a refund', () => {
  it('takes the refund’s part out of what is held, and only the rest from the seller', () => {
    const history = releasedBesideRefund(400_000n);
    const lost = lose(history, paidMinor);
    expect(lost.slice(history.length).map(({ type }) => type)).toEqual([
      ...['ChargebackOpened', 'RefundCanceled', 'ChargebackLost', 'SellerDebtIncurred'],
    ]);
    const before = story.tradeOpened.amount.amountMinor;
    const loss = lost.find(({ type }) => type === 'ChargebackLost');
    if (loss?.type !== 'ChargebackLost') throw new Error('not lost');
    expect(loss.held.amountMinor).toBeGreaterThan(0n);
    expect(loss.held.amountMinor + loss.released.amountMinor).toBe(before);
    expect(heldMinor(lost)).toBe(0n);
  });

  it('of less than the refund gives the buyer the rest of the refund, and leaves the seller whole', () => {
    const history = releasedBesideRefund(400_000n);
    const lost = lose(history, 150_000n).slice(history.length);
    expect(lost).toMatchObject([
      { type: 'ChargebackOpened' },
      { type: 'RefundCanceled', reason: 'charged_back' },
      { type: 'ChargebackLost', covered: eur(150_000n), released: money('USD', 0n) },
      { type: 'RefundRequested', reason: 'marketplace', amount: eur(250_000n) },
    ]);
  });

  it('whatever the bank takes, nothing stays with a milestone that is released', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: paidMinor - 1n }),
        fc.bigInt({ min: 1n, max: paidMinor }),
        (refundMinor, takenMinor) => {
          const lost = lose(releasedBesideRefund(refundMinor), takenMinor);
          const state = stateOf(lost);
          expect(openMilestones(state)).toEqual([]);
          const waiting = state.refunds
            .filter(({ status }) => status !== 'canceled')
            .flatMap(({ parts }) => parts)
            .reduce((sum, { held }) => sum + held.amountMinor, 0n);
          expect(heldMinor(lost)).toBe(waiting);
          expect(isBalanced(balancesOf(lost.flatMap(journalize)))).toBe(true);
        },
      ),
    );
  });
});
