import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { rowsOf } from '../../support/rows.ts';

const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

/** The worked order at a provider that settles in euros: EUR 9,879.30 withdrawn, fee 20.00, mid 1.1650. */
const opened = { ...story.chargebackOpened, withdrawn: eur(987_930n), fee: eur(2_000n) };
const lost = {
  ...story.chargebackLost,
  amount: eur(987_930n),
  withdrawn: eur(987_930n),
  value: eur(987_124n),
  spread: eur(4_940n),
};
const lostAfterRelease = { ...lost, held: usd(0n), released: usd(1_150_000n), spread: eur(0n) };

describe('The rows of a chargeback', () => {
  it('C1: what the bank took is receivable, and the fee is spent', () => {
    expect(rowsOf(opened)).toEqual([
      ['chargeback_opened', '1300 987930 EUR', '5110 2000 EUR', '1100 -989930 EUR'],
    ]);
  });

  it('C2: won, the money comes back', () => {
    const back = {
      ...story.chargebackAdjusted,
      withdrawn: eur(0n),
      reinstated: eur(987_930n),
      fee: eur(0n),
    };
    expect(rowsOf(back)).toEqual([
      ['chargeback_reinstated', '1100 987930 EUR', '1300 -987930 EUR'],
    ]);
    expect(rowsOf(story.chargebackWon)).toEqual([]);
  });

  it('C3: lost before the release, the hold pays, and the spread is given back', () => {
    expect(rowsOf(lost)).toEqual([
      [
        'chargeback_lost',
        '2100 1150000 USD',
        '1400 -1150000 USD',
        '1400 987124 EUR',
        '4100 4940 EUR',
        '1300 -987930 EUR',
        '5200 -4134 EUR',
      ],
    ]);
  });

  it('C4: lost after the release, the seller owes it whole; what goes beyond is our loss', () => {
    expect(rowsOf(lostAfterRelease)).toEqual([
      [
        'chargeback_lost',
        '1310 1150000 USD',
        '1400 -1150000 USD',
        '1400 987124 EUR',
        '1300 -987930 EUR',
        '5100 806 EUR',
      ],
    ]);
  });
});

describe('The rows of other chargebacks', () => {
  it('meet no exchange where the provider settles in the trade’s currency', () => {
    expect(rowsOf(story.chargebackLost)).toEqual([
      ['chargeback_lost', '2100 1150000 USD', '1300 -1160000 USD', '5200 10000 USD'],
    ]);
  });

  it('give no spread back in a third currency', () => {
    const third = { ...lost, withdrawn: money('GBP', 850_000n), value: money('GBP', 849_000n) };
    expect(rowsOf(third)[0]).toEqual([
      'chargeback_lost',
      '2100 1150000 USD',
      '1400 -1150000 USD',
      '1400 849000 GBP',
      '1300 -850000 GBP',
      '5200 1000 GBP',
    ]);
  });

  it('book what more is withdrawn, and a fee that is given back', () => {
    const more = {
      ...story.chargebackAdjusted,
      withdrawn: usd(100n),
      reinstated: usd(0n),
      fee: usd(-2_000n),
    };
    expect(rowsOf(more)).toEqual([
      ['chargeback_withdrawn', '1300 100 USD', '1100 -100 USD'],
      ['chargeback_fee', '5110 -2000 USD', '1100 2000 USD'],
    ]);
  });

  it('book a part that is given back after the loss against the loss', () => {
    const late = { ...story.chargebackAdjusted, isClosed: true, reinstated: usd(500n) };
    expect(rowsOf(late)).toEqual([['chargeback_reinstated', '1100 500 USD', '5100 -500 USD']]);
  });

  it('book what did not come back of a won one as an exchange result', () => {
    expect(rowsOf({ ...story.chargebackWon, residual: usd(-700n) })).toEqual([
      ['chargeback_won', '5200 -700 USD', '1300 700 USD'],
    ]);
  });

  it('stand on whose chargeback, seller and trade they are', () => {
    const scopes = journalize({ ...lost, released: usd(1n) })
      .flatMap(({ legs }) => legs)
      .flatMap(({ account, scope }) => (scope === undefined ? [] : [`${account} ${scope}`]));
    expect(scopes).toEqual([
      `2100 ${lost.tradeId}`,
      `1310 ${lost.sellerId}`,
      `1300 ${lost.chargebackId}`,
    ]);
  });
});

describe('The rows of a chargeback of what was paid too much', () => {
  it('C3 with what was paid too much: that is the buyer’s no more, and no loss', () => {
    const unapplied = { amount: eur(5_000n), withdrawn: eur(5_000n) };
    expect(rowsOf({ ...lost, withdrawn: eur(992_930n), unapplied })).toEqual([
      [
        'chargeback_lost',
        '2000 5000 EUR',
        '2100 1150000 USD',
        '1400 -1150000 USD',
        '1400 987124 EUR',
        '4100 4940 EUR',
        '1300 -992930 EUR',
        '5200 -4134 EUR',
      ],
    ]);
    const atAnotherRate = { amount: eur(5_000n), withdrawn: eur(5_100n) };
    expect(rowsOf({ ...lost, withdrawn: eur(993_030n), unapplied: atAnotherRate })[0]).toEqual([
      ...['chargeback_lost', '2000 5000 EUR', '5200 100 EUR', '2100 1150000 USD'],
      ...['1400 -1150000 USD', '1400 987124 EUR', '4100 4940 EUR'],
      ...['1300 -993030 EUR', '5200 -4134 EUR'],
    ]);
    const pounds = (minor: bigint) => money('GBP', minor);
    const third = { ...lost, withdrawn: pounds(854_300n), value: pounds(849_000n) };
    const inPounds = { amount: eur(5_000n), withdrawn: pounds(4_300n) };
    expect(rowsOf({ ...third, unapplied: inPounds })[0]).toEqual([
      ...['chargeback_lost', '2000 5000 EUR', '1400 -5000 EUR', '1400 4300 GBP'],
      ...['2100 1150000 USD', '1400 -1150000 USD', '1400 849000 GBP'],
      ...['1300 -854300 GBP', '5200 1000 GBP'],
    ]);
    const inDollars = { amount: eur(5_000n), withdrawn: usd(5_700n) };
    const elsewhere = { ...story.chargebackLost, unapplied: inDollars, spread: eur(0n) };
    expect(rowsOf({ ...elsewhere, withdrawn: usd(1_155_700n), released: usd(0n) })).toEqual([
      [
        'chargeback_lost',
        '2000 5000 EUR',
        '1400 -5000 EUR',
        '5200 5700 USD',
        '2100 1150000 USD',
        '1300 -1155700 USD',
      ],
    ]);
  });
});
