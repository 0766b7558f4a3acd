import * as fc from 'fast-check';
import type { TradelaneEvent } from '../../../events/index.ts';
import type { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { assertBalanced } from '../../../src/ledger/journal.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money, subtract } from '../../../src/money/money.ts';
import { payoutId, story, tradeId } from '../../support/builders.ts';

const sellerId = story.milestoneReleased.sellerId;

/** An entry as the table in docs/ledger.md has it: account, signed minor units, currency. */
const rows = (entries: readonly JournalEntry[]) =>
  entries.map(({ kind, legs }) => [
    kind,
    ...legs.map(({ account, amountMinor, currency }) => `${account} ${amountMinor} ${currency}`),
  ]);

describe('The entries of the worked example', () => {
  it('book the capture, the provider’s conversion and its fee', () => {
    expect(rows(journalize(story.escrowFunded))).toEqual([
      ['capture', '1100 1024674 EUR', '2000 -1024674 EUR'],
      [
        'psp_conversion',
        '1400 1024674 EUR',
        '1100 -1024674 EUR',
        '1100 1155838 USD',
        '1400 -1155838 USD',
      ],
      ['psp_fee', '5000 17363 USD', '1100 -17363 USD'],
    ]);
  });

  it('book the conversion with its spread apart, and close the position', () => {
    expect(rows(journalize(story.fundsConverted))).toEqual([
      [
        'fx_conversion',
        '2000 1024674 EUR',
        '1400 -1009304 EUR',
        '4100 -15370 EUR',
        '1400 1150000 USD',
        '2100 -1150000 USD',
      ],
      ['fx_realized', '5200 15370 EUR', '1400 -15370 EUR', '1400 5838 USD', '5200 -5838 USD'],
    ]);
  });

  it('book the release, the payout and its settlement', () => {
    expect(rows(journalize(story.milestoneReleased))).toEqual([
      ['release', '2100 1150000 USD', '2200 -1121250 USD', '4000 -28750 USD'],
    ]);
    expect(rows(journalize(story.payoutRequested))).toEqual([
      ['payout_initiated', '2200 1121250 USD', '2300 -1121250 USD'],
    ]);
    expect(rows(journalize(story.payoutSettled))).toEqual([
      ['payout_settled', '2300 1121250 USD', '1100 -1121250 USD'],
    ]);
  });

  it('say whose balance each scoped leg is', () => {
    const scopes = [
      story.escrowFunded,
      story.fundsConverted,
      story.milestoneReleased,
      story.payoutRequested,
    ]
      .flatMap(journalize)
      .flatMap(({ legs }) => legs)
      .filter(({ scope }) => scope !== undefined)
      .map(({ account, scope }) => `${account} ${scope}`);
    expect(new Set(scopes)).toEqual(
      new Set([`2000 ${tradeId}`, `2100 ${tradeId}`, `2200 ${sellerId}`, `2300 ${payoutId}`]),
    );
  });
});

describe('The entries of other payments', () => {
  it('book a mid rate that moved beyond the margin as a loss', () => {
    const received = money('EUR', 1_000_000n);
    const midSell = money('EUR', 1_009_304n);
    const event = {
      ...story.fundsConverted,
      received,
      midSell,
      spread: subtract(received, midSell),
    };
    expect(rows(journalize(event))[0]).toEqual([
      'fx_conversion',
      '2000 1000000 EUR',
      '1400 -1009304 EUR',
      '5200 9304 EUR',
      '1400 1150000 USD',
      '2100 -1150000 USD',
    ]);
  });

  it('leave the position open where the provider settles in the buyer’s currency', () => {
    const settled = story.escrowFunded.received;
    const funded = { ...story.escrowFunded, settled, fee: money('EUR', 15_395n) };
    expect(rows(journalize(funded)).map(([kind]) => kind)).toEqual(['capture', 'psp_fee']);
    const converted = { ...story.fundsConverted, settled };
    expect(rows(journalize(converted)).map(([kind]) => kind)).toEqual(['fx_conversion']);
  });

  it('know no exchange in one currency', () => {
    const amount = money('USD', 1_150_000n);
    const event = {
      ...story.fundsConverted,
      ...{ received: amount, converted: amount, midSell: amount, settled: amount },
      spread: money('USD', 0n),
    };
    expect(rows(journalize(event))).toEqual([
      ['fx_conversion', '2000 1150000 USD', '2100 -1150000 USD'],
    ]);
  });

  it('book what a payment in one currency leaves beyond the amount as spread, and realize nothing', () => {
    const amount = money('USD', 1_150_000n);
    const received = money('USD', 1_150_300n);
    const event = {
      ...story.fundsConverted,
      ...{ received, converted: amount, midSell: amount, settled: received },
      spread: money('USD', 300n),
    };
    expect(rows(journalize(event))).toEqual([
      ['fx_conversion', '2000 1150300 USD', '2100 -1150000 USD', '4100 -300 USD'],
    ]);
  });

  it('realize nothing where the provider settles in a third currency', () => {
    const event = { ...story.fundsConverted, settled: money('GBP', 990_000n) };
    expect(rows(journalize(event)).map(([kind]) => kind)).toEqual(['fx_conversion']);
  });

  it('are none for events that move no money', () => {
    expect(
      [story.tradeOpened, story.shipmentBooked, story.labelPurchased, story.tradeSettled].flatMap(
        journalize,
      ),
    ).toEqual([]);
  });
});

describe('The entries of a payment that receipts are a part of', () => {
  it('book only what the provider charged', () => {
    const byReceipts = money('EUR', 400_000n);
    expect(rows(journalize({ ...story.escrowFunded, byReceipts }))).toEqual([
      ['capture', '1100 624674 EUR', '2000 -624674 EUR'],
      [
        'psp_conversion',
        '1400 624674 EUR',
        '1100 -624674 EUR',
        '1100 1155838 USD',
        '1400 -1155838 USD',
      ],
      ['psp_fee', '5000 17363 USD', '1100 -17363 USD'],
    ]);
  });

  it('realize nothing: the provider sold no whole', () => {
    const event = { ...story.fundsConverted, byReceipts: true } as const;
    expect(rows(journalize(event)).map(([kind]) => kind)).toEqual(['fx_conversion']);
  });
});

const minor = fc.bigInt({ min: 1n, max: 10n ** 15n });

/** A trade from capture to settlement, at any figures that can occur. */
const chains = fc
  .record({
    received: minor,
    midSell: minor,
    amount: fc.bigInt({ min: 2n, max: 10n ** 15n }),
    settled: minor,
    fee: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    share: fc.bigInt({ min: 0n, max: 10_000n }),
    settledIn: fc.constantFrom('EUR' as const, 'USD' as const),
  })
  .map((figures): readonly TradelaneEvent[] => {
    const received = money('EUR', figures.received);
    const midSell = money('EUR', figures.midSell);
    const amount = money('USD', figures.amount);
    const settled = figures.settledIn === 'EUR' ? received : money('USD', figures.settled);
    const fee = money('USD', (figures.amount * figures.share) / 10_000n);
    const net = subtract(amount, fee);
    return [
      { ...story.escrowFunded, received, settled, fee: money(settled.currency, figures.fee) },
      {
        ...story.fundsConverted,
        received,
        settled,
        midSell,
        converted: amount,
        spread: subtract(received, midSell),
      },
      { ...story.milestoneReleased, amount, fee, net },
      ...(net.amountMinor === 0n
        ? []
        : [
            { ...story.payoutRequested, amount: net },
            { ...story.payoutSettled, amount: net },
          ]),
    ];
  });

describe('Whatever a trade’s figures are', () => {
  it('every entry balances in each currency', () => {
    fc.assert(
      fc.property(chains, (events) => {
        const entries = events.flatMap(journalize);
        entries.forEach(assertBalanced);
        expect(isBalanced(balancesOf(entries))).toBe(true);
      }),
    );
  });

  it('the accounts that only pass money on end at zero', () => {
    fc.assert(
      fc.property(chains, (events) => {
        const [funded] = events;
        const convertedByProvider =
          funded?.type === 'EscrowFunded' && funded.settled.currency === 'USD';
        const passing = ['2000', '2100', '2200', '2300', ...(convertedByProvider ? ['1400'] : [])];
        const open = balancesOf(events.flatMap(journalize))
          .filter(({ account }) => passing.includes(account))
          .filter(({ debitMinor, creditMinor }) => debitMinor !== creditMinor);
        expect(open).toEqual([]);
      }),
    );
  });
});
