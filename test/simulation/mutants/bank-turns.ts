import type { Mutant } from './mutant.ts';

const DECIDE = 'src/escrow/decide-chargeback.ts';

/** Bugs in how a bank is understood that asks first, or changes its mind. */
export const BANK_TURNS: readonly Mutant[] = [
  {
    name: 'inquiry-not-frozen',
    bug: 'While the buyer’s bank only asks, the money is released.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: "chargebacks.some(({ status }) => status === 'open');",
        replace: "chargebacks.some(({ status, isInquiry }) => status === 'open' && !isInquiry);",
      },
    ],
    scenarios: ['bank-asks-first'],
  },
  {
    name: 'refund-key-of-now',
    bug: 'After a chargeback a refund has a key of its own at once, while the one before is open.',
    patches: [
      {
        file: 'src/escrow/make-refunds.ts',
        find: 'for (let afterChargebacks = 0; afterChargebacks',
        replace: 'for (let afterChargebacks = ended; afterChargebacks',
      },
    ],
    scenarios: ['bank-asks-first'],
  },
  {
    name: 'won-for-good',
    bug: 'What was won stays won, whatever the bank takes after that.',
    patches: [
      {
        file: DECIDE,
        find: "if (known.status !== 'won' || reported.status === 'won') return false;",
        replace: "if (known.status !== 'open' || reported.status === 'won') return false;",
      },
    ],
    scenarios: ['bank-changes-its-mind'],
  },
  {
    name: 'turns-counted-together',
    bug: 'What had come back before a chargeback was opened again counts for its new end.',
    patches: [
      {
        file: 'src/escrow/disputed-part.ts',
        find: '  earlier === undefined\n    ? { withdrawn, reinstated }',
        replace: '  earlier?.ends !== 99\n    ? { withdrawn, reinstated }',
      },
    ],
    scenarios: ['bank-changes-its-mind'],
  },
  {
    name: 'second-turn-not-awaited',
    bug: 'Of two turns that are told at once, what came back of the first makes the second a win.',
    patches: [
      {
        file: DECIDE,
        find: 'missing.amountMinor * TENTHS < once * MOST_MISSING_TENTHS',
        replace: 'missing.amountMinor * TENTHS < once * 99n',
      },
    ],
    scenarios: ['bank-changes-its-mind'],
  },
  {
    name: 'appeal-not-told',
    bug: 'What is won on appeal is booked, and no person is told.',
    patches: [
      {
        file: 'src/escrow/record-chargeback.ts',
        find: 'return refused === undefined ? outcome : { ...refused, state };',
        replace: 'return refused === undefined || state.status ? outcome : { ...refused, state };',
      },
    ],
    scenarios: ['won-on-appeal'],
  },
  {
    name: 'appeal-not-booked',
    bug: 'What comes back on appeal is not booked, as the trade has lost it.',
    patches: [
      {
        file: DECIDE,
        find: 'return refused === undefined || seen.length > 0 ?',
        replace: 'return refused === undefined ?',
      },
    ],
    scenarios: ['won-on-appeal'],
  },
  {
    name: 'prevented-counts-as-won',
    bug: 'A dispute that was prevented counts as won, though the buyer keeps the money.',
    patches: [
      {
        file: 'src/adapters/stripe/chargebacks.ts',
        find: "return withdrawn.amountMinor > reinstated.amountMinor ? 'lost' : 'won';",
        replace: "return withdrawn.amountMinor < reinstated.amountMinor ? 'lost' : 'won';",
      },
    ],
    scenarios: ['bank-asks-first'],
  },
  {
    name: 'all-lost-in-another-currency',
    bug: 'A part that is disputed in another currency takes all that was charged.',
    patches: [
      {
        file: 'src/escrow/disputed-part.ts',
        find: 'standing.currency === settled.currency ?',
        replace: 'standing.currency !== settled.currency ?',
      },
    ],
    scenarios: ['won-on-appeal'],
  },
];
