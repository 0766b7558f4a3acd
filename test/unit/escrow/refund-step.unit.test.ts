import * as fc from 'fast-check';
import { unrepresentable } from '../../../src/adapters/stripe/amounts.ts';
import { stripeLimits } from '../../../src/adapters/stripe/limits.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { chargedPart, openMilestones, refundable } from '../../../src/escrow/holdings.ts';
import { type Dispute, type FundedState, isFunded } from '../../../src/escrow/state.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, histories } from './escrow-states.ts';
import { stateAfter } from './illegal.ts';

const usd = (minor: bigint) => money('USD', minor);

/** The story's trade, charged to a buyer who pays in a currency of which not every minor unit can be moved. */
function chargedIn(currency: CurrencyCode, receivedMinor: bigint): FundedState {
  const state = stateAfter(histories.delivered);
  const received = money(currency, receivedMinor);
  return { ...state, payment: { ...state.payment, received }, spread: money(currency, 0n) };
}

const requestOf = (amount: Money, refundId = 'rfd_1'): EscrowCommand => ({
  ...commands.RequestRefund,
  ...{ refundId, amount },
});
const inDinar = chargedIn('KWD', 3_512_340n);

/** No minimum and no maximum: only what Stripe's unit can say. */
const limits = {
  ...stripeLimits({ minimums: {}, maximums: {} }),
  minimums: {},
  maximum: 10n ** 18n,
};

const charges = fc.constantFrom<readonly [CurrencyCode, bigint]>(
  ['KWD', 3_512_340n],
  ['MGA', 51_200_000n],
  ['JPY', 1_640_000n],
  ['EUR', 1_024_674n],
);
const parts = fc.array(fc.bigInt({ min: 1n, max: 400_000n }), { maxLength: 6 });

/** So much of the milestone goes back, or what is left of it; nothing where that can't be paid. */
function refunded(state: FundedState, minor: bigint, index: number): FundedState {
  const [{ milestoneId, remaining } = { milestoneId: '', remaining: usd(0n) }] =
    openMilestones(state);
  const held = usd(minor < remaining.amountMinor ? minor : remaining.amountMinor);
  const amount = chargedPart(state, held);
  if (amount.amountMinor === 0n) return state;
  const after = evolveEscrow(state, {
    ...{ type: 'RefundRequested', version: 1, tradeId: state.terms.tradeId },
    ...{ refundId: `rfd_${index}`, amount, reason: 'dispute' },
    parts: [{ milestoneId, held, net: usd(0n), fee: usd(0n) }],
    requestedAt: commands.RequestRefund.at,
  });
  if (!isFunded(after)) throw new Error(`The trade is ${after.status}.`);
  return after;
}

describe('A refund in a currency whose last digit must be zero', () => {
  it('is refused where it has another, and says what can be asked for', () => {
    const decision = decideEscrow(requestOf(money('KWD', 1_234n)), inDinar);
    expect(decision).toMatchObject({
      ...{ kind: 'rejected', code: 'refund.amount_not_payable' },
      detail: 'KWD is paid back in multiples of 10 minor units.',
    });
    expect(summaryOf(decideEscrow(requestOf(money('MGA', 150n)), chargedIn('MGA', 500_000n)))).toBe(
      'rejected refund.amount_not_payable',
    );
  });

  it('is taken where it can be paid, and so is all that is left', () => {
    expect(summaryOf(decideEscrow(requestOf(money('KWD', 1_230n)), inDinar))).toBe(
      'RefundRequested',
    );
    expect(summaryOf(decideEscrow(requestOf(refundable(inDinar)), inDinar))).toBe(
      'RefundRequested',
    );
  });

  it('is taken where it is all that is left of a payment in two ways, though the rest is odd', () => {
    const odd = chargedIn('KWD', 3_512_345n);
    const byReceipts = money('KWD', 1_000_005n);
    const mixed = { ...odd, payment: { ...odd.payment, byReceipts } };
    expect(summaryOf(decideEscrow(requestOf(refundable(mixed)), mixed))).toBe(
      'RefundRequested RefundRequested',
    );
  });

  it('by bank may be of any minor unit, also where what was charged has gone back', () => {
    const odd = chargedIn('KWD', 3_512_345n);
    const mixed = { ...odd, payment: { ...odd.payment, byReceipts: money('KWD', 1_000_005n) } };
    const first = decideEscrow(requestOf(money('KWD', 2_512_340n)), mixed);
    if (first.kind !== 'decided') throw new Error('The charge goes back.');
    const after = first.events.reduce(evolveEscrow, mixed);
    expect(summaryOf(decideEscrow(requestOf(money('KWD', 1_234n), 'rfd_2'), after))).toBe(
      'RefundRequested',
    );
  });

  it('by bank may be of any minor unit', () => {
    const odd = chargedIn('KWD', 3_512_345n);
    const byBank = { ...odd, payment: { ...odd.payment, receiptIds: ['camt-1'] } };
    expect(summaryOf(decideEscrow(requestOf(money('KWD', 1_234n)), byBank))).toBe(
      'RefundRequested',
    );
  });
});

describe('An award of what can’t be paid to the last minor unit', () => {
  it('leaves the rest the seller’s, in the books too', () => {
    const state = chargedIn('KWD', 3_512_340n);
    const [terms, kwd] = [state.terms, (minor: bigint) => money('KWD', minor)];
    const whole = kwd(3_512_340n);
    const inDinar: FundedState = {
      ...state,
      terms: {
        ...{ ...terms, amount: whole, payInCurrency: 'KWD' },
        milestones: terms.milestones.map((milestone) => ({ ...milestone, amount: whole })),
      },
    };
    const dispute = { ...stateAfter(histories.escalated).disputes[0], milestoneIds: ['delivery'] };
    const disputed = { ...inDinar, disputes: [dispute as Dispute] };
    const decide = { ...commands.DecideDispute, toBuyer: kwd(1_234n) };
    expect(decideEscrow(decide, disputed)).toMatchObject({
      events: [
        { type: 'DisputeClosed', toBuyer: kwd(1_234n) },
        { type: 'RefundRequested', amount: kwd(1_230n), parts: [{ held: kwd(1_230n) }] },
        { type: 'MilestoneReleased', amount: kwd(3_511_110n) },
      ],
    });
  });
});

describe('An award where every minor unit can be moved', () => {
  it('takes of the hold what was awarded, though it comes to less in the currency charged', () => {
    const decide = { ...commands.DecideDispute, toBuyer: usd(10n) };
    expect(decideEscrow(decide, stateAfter(histories.escalated))).toMatchObject({
      events: [
        { type: 'DisputeClosed' },
        { type: 'RefundRequested', amount: money('EUR', 8n), parts: [{ held: usd(10n) }] },
        { type: 'MilestoneReleased', amount: usd(1_149_990n) },
      ],
    });
  });
});

describe('What a part of such a trade is in the currency charged', () => {
  it('is rounded down to what can be paid, and the rest in the end', () => {
    expect(chargedPart(inDinar, usd(115_000n))).toEqual(money('KWD', 351_230n));
    expect(chargedPart(inDinar, usd(1_150_000n))).toEqual(money('KWD', 3_512_340n));
    const odd = chargedIn('KWD', 3_512_345n);
    expect(chargedPart(odd, usd(1_150_000n))).toEqual(money('KWD', 3_512_345n));
    expect(chargedPart(odd, usd(1_149_999n))).toEqual(money('KWD', 3_512_340n));
  });

  it('is never what Stripe can’t pay, whatever went back before, and sums to the payment', () => {
    fc.assert(
      fc.property(charges, parts, ([currency, receivedMinor], minors) => {
        const after = [...minors, 1_150_000n].reduce(refunded, chargedIn(currency, receivedMinor));
        for (const { amount } of after.refunds) {
          expect(unrepresentable(amount, limits)).toBeUndefined();
        }
        expect(refundable(after).amountMinor).toBe(0n);
      }),
    );
  });
});
