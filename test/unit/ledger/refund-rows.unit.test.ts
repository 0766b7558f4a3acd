import * as fc from 'fast-check';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { assertBalanced } from '../../../src/ledger/journal.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { bodyOf, story } from '../../support/builders.ts';
import { rowsOf } from '../../support/rows.ts';

const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

/** The worked order: EUR 9,879.30 for USD 11,500.00, of which EUR 49.40 spread; mid is now 1.1650. */
const wholeOrder = {
  ...story.refundValued,
  amount: eur(987_930n),
  held: usd(1_150_000n),
  midValue: eur(987_124n),
  spread: eur(4_940n),
};
const afterRelease = {
  ...story.refundValued,
  amount: eur(85_837n),
  held: usd(0n),
  net: usd(97_500n),
  fee: usd(2_500n),
  midValue: eur(85_837n),
  spread: eur(0n),
};
const settledIn = (debited: ReturnType<typeof money>) => ({
  ...story.refundSettled,
  booking: {
    amount: wholeOrder.amount,
    owed: wholeOrder.held,
    midValue: wholeOrder.midValue,
    debited,
    fee: money(debited.currency, 0n),
  },
});

describe('The rows of a refund', () => {
  it('R1: before the release the platform bears the exchange, and gives the spread back', () => {
    expect(rowsOf(wholeOrder)).toEqual([
      [
        'refund_initiated',
        '2100 1150000 USD',
        '1400 -1150000 USD',
        '1400 987124 EUR',
        '4100 4940 EUR',
        '2310 -987930 EUR',
        '5200 -4134 EUR',
      ],
    ]);
  });

  it('R2: what a bank transfer had paid lies on the cash balance, is owed as before, then leaves', () => {
    const booking = {
      ...story.refundCredited.booking,
      debited: story.refundCredited.booking.amount,
    };
    expect(rowsOf({ ...story.refundCredited, booking })).toEqual([
      ['refund_credited', '1120 102467 EUR', '1100 -102467 EUR'],
    ]);
    const left = { ...booking, from: 'cash_balance' } as const;
    expect(rowsOf({ ...story.refundSettled, booking: left })).toEqual([
      ['refund_settled', '2310 102467 EUR', '1120 -102467 EUR'],
    ]);
  });

  it('R2: what is credited out of the cover realizes the exchange, as what is settled', () => {
    const { booking } = settledIn(usd(1_160_000n));
    const [, realized] = rowsOf({ ...story.refundCredited, booking });
    expect(realized).toEqual(rowsOf(settledIn(usd(1_160_000n)))[1]);
    expect(realized?.[0]).toBe('refund_realized');
  });

  it('R2: the provider confirms, in the currency charged', () => {
    expect(rowsOf(settledIn(eur(987_930n)))).toEqual([
      ['refund_settled', '2310 987930 EUR', '1100 -987930 EUR'],
    ]);
  });

  it('R2: the provider confirms in the trade’s currency, which was the cover', () => {
    const settled = settledIn(usd(1_160_000n));
    expect(rowsOf(settled)).toEqual([
      [
        'refund_settled',
        '2310 987930 EUR',
        '1400 -987930 EUR',
        '1400 1160000 USD',
        '1100 -1160000 USD',
      ],
      ['refund_realized', '1400 806 EUR', '5200 -806 EUR', '1400 -10000 USD', '5200 10000 USD'],
    ]);
    const left = balancesOf([wholeOrder, settled].flatMap(journalize)).filter(
      ({ account, debitMinor, creditMinor }) =>
        ['1400', '2310'].includes(account) && debitMinor !== creditMinor,
    );
    expect(left).toEqual([]);
  });

  it('R3, R3b: after the release the seller owes its net, and the platform gives its fee back', () => {
    expect(rowsOf(afterRelease)).toEqual([
      [
        'refund_initiated',
        '1310 97500 USD',
        '4000 2500 USD',
        '1400 -100000 USD',
        '1400 85837 EUR',
        '2310 -85837 EUR',
      ],
    ]);
  });
});

describe('The rows of other refunds', () => {
  it('in one currency meet no exchange', () => {
    const oneCurrency = {
      ...wholeOrder,
      amount: usd(1_150_000n),
      midValue: usd(1_150_000n),
      spread: usd(0n),
    };
    expect(rowsOf(oneCurrency)).toEqual([
      ['refund_initiated', '2100 1150000 USD', '2310 -1150000 USD'],
    ]);
  });

  it('in one currency book what goes back beyond what is taken as a loss', () => {
    const beyond = {
      ...wholeOrder,
      ...{ amount: usd(1_150_100n), midValue: usd(1_150_000n), spread: usd(0n) },
    };
    expect(rowsOf(beyond)).toEqual([
      ['refund_initiated', '2100 1150000 USD', '2310 -1150100 USD', '5200 100 USD'],
    ]);
  });

  it('in one currency leave no position to realize, whatever the mid rate says', () => {
    const settled = settledIn(usd(1_150_000n));
    const booking = { ...settled.booking, amount: usd(1_150_000n), midValue: usd(1_149_000n) };
    expect(rowsOf({ ...settled, booking })).toEqual([
      ['refund_settled', '2310 1150000 USD', '1100 -1150000 USD'],
    ]);
  });

  it('in a third currency leave the position open: it was no cover', () => {
    expect(rowsOf(settledIn(money('GBP', 850_000n)))).toEqual([
      [
        ...['refund_settled', '2310 987930 EUR', '1400 -987930 EUR'],
        ...['1400 850000 GBP', '1100 -850000 GBP'],
      ],
    ]);
  });

  it('of what was paid too much come out of what was never applied to the trade', () => {
    const tooMuch = { ...wholeOrder, amount: eur(500n), unapplied: true as const };
    expect(rowsOf(tooMuch)).toEqual([['refund_initiated', '2000 500 EUR', '2310 -500 EUR']]);
    expect(journalize(tooMuch)[0]?.legs.map(({ scope }) => scope)).toEqual([
      wholeOrder.tradeId,
      wholeOrder.refundId,
    ]);
  });

  it('book the provider’s fee, where it takes one', () => {
    const settled = settledIn(eur(987_930n));
    const withFee = { ...settled, booking: { ...settled.booking, fee: eur(25n) } };
    expect(rowsOf(withFee)).toEqual([
      ['refund_settled', '2310 987930 EUR', '1100 -987930 EUR', '5000 25 EUR', '1100 -25 EUR'],
    ]);
  });

  it('stand on whose refund, seller and trade they are', () => {
    const scopes = journalize({ ...wholeOrder, net: usd(1n), held: usd(1_149_999n) })
      .flatMap(({ legs }) => legs)
      .filter(({ scope }) => scope !== undefined)
      .map(({ account, scope }) => `${account} ${scope}`);
    expect(scopes).toEqual([
      `2100 ${wholeOrder.tradeId}`,
      `1310 ${wholeOrder.sellerId}`,
      `2310 ${wholeOrder.refundId}`,
    ]);
  });
});

describe('A refund that comes to nothing', () => {
  it('books nothing where it was never made', () => {
    const { valuation: _, ...canceled } = story.refundCanceled;
    const { returned: __, ...failed } = story.refundFailed;
    expect(rowsOf(canceled)).toEqual([]);
    expect(rowsOf(failed)).toEqual([]);
    expect(rowsOf(story.refundRequested)).toEqual([]);
  });

  it('is booked back whole where it is called off after its valuation', () => {
    const {
      tradeId: _,
      refundId: __,
      rateDate: ___,
      valuedAt: ____,
      ...valuation
    } = bodyOf(wholeOrder);
    const canceled = { ...story.refundCanceled, valuation };
    expect(journalize(canceled).map(({ kind }) => kind)).toEqual(['refund_canceled']);
    expect(balancesOf([wholeOrder, canceled].flatMap(journalize)).every(isEven)).toBe(true);
  });

  it('is owed to the buyer again where the provider returns it', () => {
    const settled = settledIn(usd(1_160_000n));
    const failed = { ...story.refundFailed, returned: settled.booking };
    expect(journalize(failed).map(({ kind }) => kind)).toEqual([
      'refund_returned',
      'refund_realized',
    ]);
    expect(balancesOf([settled, failed].flatMap(journalize)).every(isEven)).toBe(true);
  });
});

const isEven = ({ debitMinor, creditMinor }: { debitMinor: bigint; creditMinor: bigint }) =>
  debitMinor === creditMinor;

describe('Any refund', () => {
  const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });
  const positive = fc.bigInt({ min: 1n, max: 10n ** 15n });

  it('balances in each currency, when it is valued and when it is settled', () => {
    fc.assert(
      fc.property(
        fc.tuple(positive, minor, minor, minor, minor, minor, positive),
        fc.constantFrom('EUR', 'USD', 'JPY'),
        ([amount, held, net, fee, midValue, spread, debited], settledCurrency) => {
          const valued = {
            ...story.refundValued,
            ...{ amount: eur(amount), held: usd(held), net: usd(net), fee: usd(fee) },
            ...{ midValue: eur(midValue), spread: eur(spread) },
          };
          const booking = {
            ...{ amount: eur(amount), owed: usd(held + net + fee), midValue: eur(midValue) },
            debited: money(settledCurrency, settledCurrency === 'EUR' ? amount : debited),
            fee: money(settledCurrency, fee),
          };
          const entries = [valued, { ...story.refundSettled, booking }].flatMap(journalize);
          entries.forEach(assertBalanced);
          expect(isBalanced(balancesOf(entries))).toBe(true);
        },
      ),
    );
  });
});
