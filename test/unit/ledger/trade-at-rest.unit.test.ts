import * as fc from 'fast-check';
import type { TradelaneEvent } from '../../../events/index.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { credit, debit, entry } from '../../../src/ledger/journal.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money, subtract, sum } from '../../../src/money/money.ts';
import { payoutIdFor } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';

/** What is left on each account, in minor units, debits positive; accounts at zero are left out. */
const left = (events: readonly TradelaneEvent[]): Readonly<Record<string, bigint>> =>
  Object.fromEntries(
    balancesOf(events.flatMap(journalize))
      .map(({ account, currency, debitMinor, creditMinor }) => ({
        key: `${account} ${currency}`,
        minor: debitMinor - creditMinor,
      }))
      .filter(({ minor }) => minor !== 0n)
      .map(({ key, minor }) => [key, minor]),
  );

/** What is left for each owner on the accounts that serve many. */
const leftByScope = (events: readonly TradelaneEvent[]): Readonly<Record<string, bigint>> => {
  const totals: Record<string, bigint> = {};
  for (const { account, scope, amountMinor } of events
    .flatMap(journalize)
    .flatMap(({ legs }) => legs)) {
    const key = `${account} ${scope}`;
    if (scope !== undefined) totals[key] = (totals[key] ?? 0n) + amountMinor;
  }
  return totals;
};

const paidOut: readonly TradelaneEvent[] = [
  story.milestoneReleased,
  story.payoutRequested,
  story.payoutSettled,
];

describe('What is left of the worked example', () => {
  it('is the platform’s: its fee less the provider’s, and the result of the exchange', () => {
    expect(left([story.escrowFunded, story.fundsConverted, ...paidOut])).toEqual({
      '1100 USD': 17_225n,
      '4000 USD': -28_750n,
      '4100 EUR': -15_370n,
      '5000 USD': 17_363n,
      '5200 EUR': 15_370n,
      '5200 USD': -5_838n,
    });
  });

  it('is owed to no one: every trade, seller and payout stands at zero', () => {
    const scopes = leftByScope([story.escrowFunded, story.fundsConverted, ...paidOut]);
    expect(Object.keys(scopes)).toHaveLength(4);
    expect(new Set(Object.values(scopes))).toEqual(new Set([0n]));
  });
});

describe('What is left where the provider did not convert for us', () => {
  it('is an open position in both currencies, of what was sold and what was bought', () => {
    const settled = story.escrowFunded.received;
    const fee = money('EUR', 15_395n);
    const events = [
      { ...story.escrowFunded, settled, fee },
      { ...story.fundsConverted, settled },
    ];
    expect(left(events)).toMatchObject({ '1400 EUR': -1_009_304n, '1400 USD': 1_150_000n });
  });

  it('is an open position where it settled in a third currency', () => {
    const settled = money('GBP', 870_000n);
    const fee = money('GBP', 13_075n);
    const events = [
      { ...story.escrowFunded, settled, fee },
      { ...story.fundsConverted, settled },
    ];
    expect(left(events)).toMatchObject({
      '1400 EUR': 15_370n,
      '1400 GBP': -870_000n,
      '1400 USD': 1_150_000n,
    });
  });

  it('is no position where everything is in one currency', () => {
    const amount = money('USD', 1_150_000n);
    const spread = money('USD', 0n);
    const same = { received: amount, settled: amount };
    const converted = { ...same, converted: amount, midSell: amount, spread };
    const events = [
      { ...story.escrowFunded, ...same },
      { ...story.fundsConverted, ...converted },
      ...paidOut,
    ];
    expect(left(events)).toEqual({
      '1100 USD': 11_387n,
      '4000 USD': -28_750n,
      '5000 USD': 17_363n,
    });
  });
});

/** A trade in EUR of some milestones in USD, each paid out unless the fee takes all of it. */
const milestoneTrades = fc
  .record({
    parts: fc.array(fc.bigInt({ min: 1n, max: 10n ** 14n }), { minLength: 1, maxLength: 8 }),
    feeBasisPoints: fc.bigInt({ min: 0n, max: 10_000n }),
    settledMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  })
  .map(({ parts, feeBasisPoints, settledMinor }) => {
    const releases = parts.map((amountMinor, index) => {
      const fee = money('USD', (amountMinor * feeBasisPoints) / 10_000n);
      const amount = money('USD', amountMinor);
      const milestoneId = `part-${index}`;
      return { ...story.milestoneReleased, milestoneId, amount, fee, net: subtract(amount, fee) };
    });
    const settled = money('USD', settledMinor);
    const converted = sum(
      'USD',
      releases.map(({ amount }) => amount),
    );
    const payouts = releases
      .filter(({ net }) => net.amountMinor > 0n)
      .map(({ milestoneId, net }) => ({
        payoutId: payoutIdFor(tradeId, milestoneId),
        milestoneId,
        amount: net,
      }));
    return [
      { ...story.escrowFunded, settled },
      { ...story.fundsConverted, settled, converted },
      ...releases,
      ...payouts.map((payout) => ({ ...story.payoutRequested, ...payout })),
      ...payouts.map((payout) => ({ ...story.payoutSettled, ...payout })),
    ] as const satisfies readonly TradelaneEvent[];
  });

describe('A trade of any milestones', () => {
  it('owes nothing to its buyer, its seller or any of its payouts once all are paid', () => {
    fc.assert(
      fc.property(milestoneTrades, (events) => {
        expect(Object.entries(leftByScope(events)).filter(([, minor]) => minor !== 0n)).toEqual([]);
      }),
    );
  });

  it('leaves no position between the currencies', () => {
    fc.assert(
      fc.property(milestoneTrades, (events) => {
        expect(Object.keys(left(events)).filter((key) => key.startsWith('1400'))).toEqual([]);
      }),
    );
  });

  it('holds, at every moment between release and payout, just what is not yet paid', () => {
    fc.assert(
      fc.property(milestoneTrades, fc.nat(), (events, cut) => {
        const soFar = events.slice(0, 2 + (cut % (events.length - 1)));
        const total = (type: TradelaneEvent['type']): bigint =>
          soFar.reduce(
            (minor, event) =>
              event.type === type && 'amount' in event ? minor + event.amount.amountMinor : minor,
            0n,
          );
        const nets = soFar.reduce(
          (minor, event) =>
            event.type === 'MilestoneReleased' ? minor + event.net.amountMinor : minor,
          0n,
        );
        const balance = left(soFar);
        const held = events[1].converted.amountMinor - total('MilestoneReleased');
        expect(-(balance['2100 USD'] ?? 0n)).toBe(held);
        expect(-(balance['2200 USD'] ?? 0n)).toBe(nets - total('PayoutRequested'));
        expect(-(balance['2300 USD'] ?? 0n)).toBe(
          total('PayoutRequested') - total('PayoutSettled'),
        );
      }),
    );
  });
});

describe('An entry that does not balance', () => {
  it('cannot be made', () => {
    const legs = [debit('1100', money('USD', 5n)), credit('4000', money('USD', 4n))];
    expect(() => entry('capture', ...legs)).toThrow('capture is off by 1 USD minor units.');
  });
});
