import type { TradelaneEvent } from '../../../events/index.ts';
import { PayoutReturned } from '../../../events/payout/payout-returned.v1.ts';
import { isQuoteRejection, quote } from '../../../src/fx/quote.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { safeguardingOf } from '../../../src/ledger/safeguarding.ts';
import { shareByBasisPoints } from '../../../src/money/allocate.ts';
import { exchange } from '../../../src/money/exchange.ts';
import { money } from '../../../src/money/money.ts';
import {
  divideRational,
  one,
  parseDecimal,
  rationalFromJson,
} from '../../../src/money/rational.ts';
import { sample, story } from '../../support/builders.ts';
import { rowsOf } from '../../support/rows.ts';
import { dayOf } from '../fx/rate-days.ts';

const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

/** The research's worked order: USD 11,500.00 in EUR, ECB of 2026-08-21, mid 1.1699, 50 basis points. */
const order = quote({
  ...{ id: 'quote-1', tradeId: story.tradeOpened.tradeId, fixedSide: 'buy' },
  ...{ amount: usd(1_150_000n), otherCurrency: 'EUR' },
  rateDay: dayOf({ USD: '1.1699' }, '2026-08-21'),
  ...{ marginBasisPoints: 50, lockPremiumBasisPoints: 0, lockSeconds: 1_800 },
  now: new Date('2026-08-21T15:00:00.000Z'),
});
if (isQuoteRejection(order)) throw new Error(order.code);

const captured = {
  ...story.escrowFunded,
  ...{ received: order.sell, settled: order.sell, fee: eur(14_844n) },
};
const converted = {
  ...story.fundsConverted,
  ...{ received: order.sell, settled: order.sell, converted: order.buy },
  ...{ midSell: order.midSell, spread: order.spread },
};

describe('The worked order', () => {
  it('is EUR 9,879.30 at 1.1640505, of which EUR 49.40 are spread', () => {
    expect(order).toMatchObject({
      ...{ sell: eur(987_930n), midSell: eur(982_990n), spread: eur(4_940n) },
    });
    expect(rationalFromJson(order.client)).toEqual(parseDecimal('1.1640505'));
  });

  it('J1: the capture', () => {
    expect(rowsOf(captured)[0]).toEqual(['capture', '1100 987930 EUR', '2000 -987930 EUR']);
  });

  it('J2: the provider’s fee of 1.5 % and 0.25', () => {
    const fee = shareByBasisPoints(order.sell, 150, 'halfEven').amountMinor + 25n;
    expect(fee).toBe(captured.fee.amountMinor);
    expect(rowsOf(captured).slice(1)).toEqual([['psp_fee', '5000 14844 EUR', '1100 -14844 EUR']]);
  });

  it('J3: the conversion to escrow, with the spread apart', () => {
    expect(rowsOf(converted)).toEqual([
      [
        'fx_conversion',
        '2000 987930 EUR',
        '1400 -982990 EUR',
        '4100 -4940 EUR',
        '1400 1150000 USD',
        '2100 -1150000 USD',
      ],
    ]);
  });

  it('is worth EUR 9,871.24 at the mid rate of its refund, and a part of USD 1,000.00 EUR 858.37', () => {
    const rate = divideRational(one, parseDecimal('1.1650'));
    const worth = (amount: typeof order.buy) =>
      exchange(amount, { to: 'EUR', rate, rounding: 'halfEven' });
    expect(worth(order.buy)).toEqual(eur(987_124n));
    expect(worth(usd(100_000n))).toEqual(eur(85_837n));
  });
});

/** Everything up to the cover, with the platform's own money for the fee and for the cover's loss. */
const ownMoney = (amount: typeof order.sell, direction: 'top_up' | 'sweep' = 'top_up') => ({
  ...story.ownFundsMoved,
  ...{ amount, direction },
});
const covered: readonly TradelaneEvent[] = [
  ...[captured, converted, story.pspPayoutReceived, story.coverTraded],
  ...[ownMoney(eur(9_904n)), ownMoney(eur(757n))],
];

const shortfalls = (...events: readonly TradelaneEvent[]) =>
  Object.fromEntries(
    safeguardingOf(balancesOf(events.flatMap(journalize))).map(({ currency, shortfallMinor }) => [
      currency,
      shortfallMinor,
    ]),
  );

describe('The platform’s own money for the worked order', () => {
  it('J13b: makes good what a returned payout cost', () => {
    const amount = usd(448_500n);
    const paidAndReturned: readonly TradelaneEvent[] = [
      { ...story.milestoneReleased, amount: usd(460_000n), fee: usd(11_500n), net: amount },
      ownMoney(usd(11_500n), 'sweep'),
      { ...story.payoutRequested, amount },
      { ...story.payoutSettled, amount, rail: 'bank_file' },
      { ...sample(PayoutReturned, 'payout/payout-returned'), amount, returned: usd(446_500n) },
    ];
    expect(shortfalls(...covered, ...paidAndReturned)).toEqual({ EUR: 0n, USD: 2_000n });
    expect(shortfalls(...covered, ...paidAndReturned, ownMoney(usd(2_000n)))).toEqual({
      ...{ EUR: 0n, USD: 0n },
    });
  });

  it('C1: funds the gap that a chargeback leaves', () => {
    const opened = { ...story.chargebackOpened, withdrawn: order.sell, fee: eur(2_000n) };
    expect(shortfalls(...covered, opened)).toEqual({ EUR: 989_930n, USD: 0n });
    expect(shortfalls(...covered, opened, ownMoney(eur(989_930n)))).toEqual({
      ...{ EUR: 0n, USD: 0n },
    });
  });

  it('R2: the balance at the provider is funded before a refund leaves it', () => {
    expect(rowsOf({ ...story.pspToppedUp, amount: order.sell })).toEqual([
      ['psp_top_up', '1100 987930 EUR', '1200 -987930 EUR'],
    ]);
  });
});
