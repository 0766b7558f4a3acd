import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { allocate } from '../../../src/money/allocate.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { DAY_SECONDS } from './milestones.ts';

const TURNS = [
  'ship',
  'deliver',
  'accept',
  'refund',
  'refund_goes_on',
  'bank_disputes',
  'bank_decides',
  'dispute',
  'withdraw',
  'agree',
  'decide',
  'clock',
  'earmark',
  'pay_duties',
  'pay_out',
  'present',
] as const;

/** One thing that may happen. What `pick` and `share` choose among is up to where the trade is. */
export type Turn = {
  readonly what: (typeof TURNS)[number];
  readonly hours: number;
  readonly pick: number;
  /** In hundredths. */
  readonly share: number;
};

const turn: fc.Arbitrary<Turn> = fc.record({
  what: fc.constantFrom(...TURNS),
  // Now and then so long that a limit to holding passes.
  hours: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
    { weight: 1, arbitrary: fc.constant(10 * 24) },
  ),
  pick: fc.nat(60),
  share: fc.constantFrom(1, 10, 37, 50, 99, 100),
});

export const anyTurns: fc.Arbitrary<Turn[]> = fc.array(turn, { minLength: 4, maxLength: 32 });

/** In which currencies a trade is made, paid and credited, and the step of what can be paid of each. */
const CURRENCIES: readonly (readonly [CurrencyCode, CurrencyCode, CurrencyCode])[] = [
  ['USD', 'EUR', 'USD'],
  ['USD', 'EUR', 'EUR'],
  ['USD', 'USD', 'USD'],
  ['JPY', 'USD', 'USD'],
  ['GBP', 'JPY', 'GBP'],
  ['KWD', 'KWD', 'KWD'],
  ['USD', 'KWD', 'USD'],
];

export const stepOf = (currency: CurrencyCode): bigint => (currency === 'KWD' ? 10n : 1n);

const RULES = [
  undefined,
  undefined,
  { rule: 'acceptance' },
  { rule: 'document', documentType: 'bill_of_lading' },
] as const;

/** A trade that is paid and converted, in one to three milestones, with limits or without. */
export const anyConverted: fc.Arbitrary<EscrowEvent[]> = fc
  .record({
    currencies: fc.constantFrom(...CURRENCIES),
    units: fc.bigInt({ min: 20n, max: 200_000n }),
    /** What one minor unit of the trade costs, in hundredths of one of the currency charged. */
    price: fc.bigInt({ min: 60n, max: 300n }),
    weights: fc.array(fc.bigInt({ min: 1n, max: 9n }), { minLength: 1, maxLength: 3 }),
    rules: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(...RULES))),
    days: fc.nat(4),
    feeBasisPoints: fc.nat(2_000),
    shipWithinDays: fc.constantFrom(0, 5),
    holdLimitDays: fc.constantFrom(0, 10, 90),
  })
  .map(({ currencies: [traded, charged, credited], units, price, ...terms }) => {
    const amount = money(traded, units * stepOf(traded));
    const isSame = traded === charged;
    const cost = isSame ? amount.amountMinor : (amount.amountMinor * price) / 100n + 50n;
    const received = money(charged, (cost / stepOf(charged)) * stepOf(charged) || stepOf(charged));
    const settled = credited === charged ? received : amount;
    const midMinor = isSame ? received.amountMinor : received.amountMinor - cost / 100n;
    const midSell = money(charged, midMinor);
    const spread = money(charged, received.amountMinor - midMinor);
    const milestones = allocate(amount, terms.weights).map((part, index) => {
      const release = terms.rules[index];
      return {
        ...{ milestoneId: `part_${index}`, amount: part },
        inspectionPeriodSeconds: terms.days * DAY_SECONDS,
        ...(release === undefined ? {} : { release }),
      };
    });
    const { shipWithinDays, holdLimitDays, feeBasisPoints } = terms;
    const limits = {
      ...(shipWithinDays === 0 ? {} : { shipWithinSeconds: shipWithinDays * DAY_SECONDS }),
      ...(holdLimitDays === 0 ? {} : { holdLimitSeconds: holdLimitDays * DAY_SECONDS }),
    };
    return [
      {
        ...{ ...story.tradeOpened, ...limits, amount, milestones, feeBasisPoints },
        quote: { ...story.tradeOpened.quote, sell: received, buy: amount },
      },
      story.paymentRequested,
      { ...story.escrowFunded, received, settled, fee: money(credited, 1n) },
      { ...story.fundsConverted, received, converted: amount, midSell, spread, settled },
    ];
  });
