import * as fc from 'fast-check';
import type { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { accountName, balancesOf, emptyBalance, isBalanced } from '../../../src/ledger/balances.ts';
import { type AccountCode, CHART } from '../../../src/ledger/chart.ts';
import { credit, debit } from '../../../src/ledger/journal.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';

const storyEntries = [
  story.escrowFunded,
  story.fundsConverted,
  story.milestoneReleased,
  story.payoutRequested,
  story.payoutSettled,
].flatMap(journalize);

describe('The balances of the worked example', () => {
  const balances = balancesOf(storyEntries);

  it('are one line for each account and currency, in the order of the chart', () => {
    expect(
      balances.map(
        ({ account, name, currency, debitMinor, creditMinor }) =>
          `${account} ${name} ${currency} ${debitMinor} ${creditMinor}`,
      ),
    ).toEqual([
      '1100 psp_receivable EUR 1024674 1024674',
      '1100 psp_receivable USD 1155838 1138613',
      '1400 fx_position EUR 1024674 1024674',
      '1400 fx_position USD 1155838 1155838',
      '2000 buyer_clearing EUR 1024674 1024674',
      '2100 escrow_liability USD 1150000 1150000',
      '2200 seller_payable USD 1121250 1121250',
      '2300 payouts_in_transit USD 1121250 1121250',
      '4000 platform_fee_revenue USD 0 28750',
      '4100 fx_spread_revenue EUR 0 15370',
      '5000 psp_fees USD 17363 0',
      '5200 fx_gain_loss EUR 15370 0',
      '5200 fx_gain_loss USD 0 5838',
    ]);
  });

  it('balance in each currency', () => {
    expect(isBalanced(balances)).toBe(true);
    expect(isBalanced([])).toBe(true);
  });

  it('no longer balance where an account is left out, or found in another currency', () => {
    expect(isBalanced(balances.filter(({ account }) => account !== '4000'))).toBe(false);
    expect(
      isBalanced([
        { ...emptyBalance('1100', 'USD'), debitMinor: 5n },
        { ...emptyBalance('2100', 'EUR'), creditMinor: 5n },
      ]),
    ).toBe(false);
  });
});

const accounts = Object.keys(CHART) as AccountCode[];

const anyEntry: fc.Arbitrary<JournalEntry> = fc
  .record({
    debited: fc.constantFrom(...accounts),
    credited: fc.constantFrom(...accounts),
    currency: fc.constantFrom('EUR' as const, 'USD' as const, 'JPY' as const),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 17n }),
  })
  .map(({ debited, credited, currency, amountMinor }) => ({
    kind: 'capture',
    legs: [
      debit(debited, money(currency, amountMinor)),
      credit(credited, money(currency, amountMinor)),
    ],
  }));

describe('The balances of any balanced entries', () => {
  it('stand in the order of the accounts, and of the currencies within each', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        const keys = balancesOf(entries).map(({ account, currency }) => `${account}#${currency}`);
        expect(keys).toEqual([...new Set(keys)].sort());
      }),
    );
  });

  it('balance, whatever the order of the entries', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        expect(isBalanced(balancesOf(entries))).toBe(true);
        expect(balancesOf(entries.toReversed())).toEqual(balancesOf(entries));
      }),
    );
  });
});

describe('An account', () => {
  it('has the name that the chart gives it, or its code', () => {
    expect(accountName('2100')).toBe('escrow_liability');
    expect(accountName('9999')).toBe('9999');
    expect(accountName('toString')).toBe('toString');
  });
});
