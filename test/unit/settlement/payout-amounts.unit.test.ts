import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given } from './payout-matrix.ts';
import { at, carriedPart, histories, own, stripeRoute } from './payout-states.ts';

const { payoutRequested } = story;

describe('A payout with money of another trade in it', () => {
  const parts = [carriedPart, own];
  const plan = { taken: [carriedPart], recovered: [], parts, allocationId: own.payoutId };
  const requested = {
    ...payoutRequested,
    ...{ amount: money('USD', 1_123_200n), parts, allocationId: own.payoutId },
  };

  it('pays both, and draws on no charge', () => {
    const { sourceChargeId: _, ...unsourced } = requested;
    given()
      .when({ ...commands.RequestPayout, plan })
      .thenEvents(unsourced);
  });

  it('tells the payouts that it carried once it is settled', () => {
    const { decision } = given(requested, ...histories.submitted.slice(1)).when(
      commands.RecordSettlement,
    );
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutSettled', amount: requested.amount },
        { type: 'CarriedPayoutsSettled', carried: [carriedPart] },
      ],
    });
  });

  it('says so when it fails', () => {
    const { decision } = given(requested).when(commands.RecordFailure);
    expect(decision).toMatchObject({ events: [{ amount: requested.amount, parts }] });
  });

  it('that debts take whole is kept, and so are those that it carries', () => {
    const none = parts.map((part) => ({ ...part, amount: money('USD', 0n) }));
    const { decision } = given().when({
      ...commands.RequestPayout,
      plan: { ...plan, parts: none, recovered: [] },
    });
    expect(summaryOf(decision)).toBe('PayoutSetOff CarriedPayoutsSettled');
  });
});

describe('A payout that its corridor or its rail can’t pay whole', () => {
  it('waits with its reason where it is below the minimum', () => {
    const limits = { minimum: money('USD', 1_121_251n), stepMinor: 1n };
    const { decision } = given().when({
      ...commands.RequestPayout,
      route: { rail: 'stripe_transfer', limits },
    });
    expect(decision).toMatchObject({
      events: [
        {
          type: 'PayoutRolledForward',
          reason: 'below_minimum',
          minimum: limits.minimum,
          amount: own.amount,
          parts: [own],
        },
      ],
    });
  });

  it('pays exactly the minimum', () => {
    const limits = { minimum: own.amount, stepMinor: 1n };
    given()
      .when({ ...commands.RequestPayout, route: { rail: 'stripe_transfer', limits } })
      .thenEvents(payoutRequested);
  });

  it('leaves over what is not a whole step', () => {
    const limits = { minimum: money('USD', 0n), stepMinor: 100n };
    const { decision } = given().when({
      ...commands.RequestPayout,
      route: { rail: 'stripe_transfer', limits },
    });
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutRequested', amount: money('USD', 1_121_200n) },
        { type: 'PayoutLeftOver', parts: [{ ...own, amount: money('USD', 50n) }] },
      ],
    });
  });

  it('by bank says when it was requested, and draws on no charge', () => {
    const { sourceChargeId: _, ...unsourced } = payoutRequested;
    given()
      .when({ ...commands.RequestPayout, route: { ...stripeRoute, rail: 'bank_file' } })
      .thenEvents({ ...unsourced, rail: 'bank_file', requestedAt: at });
  });
});
