import type { Mutant } from './mutant.ts';

const RELEASE = 'src/escrow/decide-release.ts';
const HOLD = 'src/escrow/decide-hold.ts';
const DEADLINES = 'src/process/deadlines-of.ts';

/** Bugs in release rules, the limits of time, and duties. */
export const HOLDING: readonly Mutant[] = [
  {
    name: 'day-not-awaited',
    bug: 'A milestone that waits for a day is released with the first deadline of its trade.',
    patches: [
      {
        file: RELEASE,
        find: "    rule.rule === 'date' &&\n    rule.releaseAt <= at\n",
        replace: "    rule.rule === 'date'\n",
      },
    ],
  },
  {
    name: 'any-paper-will-do',
    bug: 'A milestone is released by a paper of whichever kind.',
    patches: [
      {
        file: 'src/escrow/decide-document.ts',
        find: 'if (milestone.release.documentType !== documentType) {',
        replace: 'if (documentType.length === 0) {',
      },
    ],
  },
  {
    name: 'rule-ignored-after-inspection',
    bug: 'The end of an inspection releases milestones that wait for a paper or the buyer’s word.',
    patches: [
      {
        file: RELEASE,
        find: "if (rule.rule !== 'inspection' || delivery === null) return undefined;",
        replace: 'if (delivery === null) return undefined;',
      },
    ],
  },
  {
    name: 'shares-rounded-apart',
    bug: 'Each share of a trade is rounded by itself, so that they do not sum to it.',
    patches: [
      {
        file: 'src/process/trade-proposal.ts',
        find: 'const part = money(currency, until - before);',
        replace: `const part = money(currency,
      roundQuotient(amountMinor * BigInt(shareBasisPoints), ALL_BASIS_POINTS, 'halfEven'));`,
      },
    ],
  },
  {
    name: 'carrier-not-believed',
    bug: 'Goods that the carrier has are missed all the same when the time to ship ends.',
    patches: [
      {
        file: HOLD,
        find: 'at >= shipBy && !state.dispatched && state.delivery === null;',
        replace: 'at >= shipBy && state.delivery === null;',
      },
    ],
  },
  {
    name: 'missed-without-refund',
    bug: 'Goods that were not shipped in time are missed, and the buyer gets nothing back.',
    patches: [
      {
        file: HOLD,
        find: "type: 'ShippingMissed', version: 1, tradeId, shipBy, missedAt: at }, ...refunds);",
        replace: "type: 'ShippingMissed', version: 1, tradeId, shipBy, missedAt: at });",
      },
    ],
  },
  {
    name: 'limit-not-forced',
    bug: 'Nothing happens when money may no longer be held.',
    patches: [
      {
        file: DEADLINES,
        find: "    ofTrade(owner, 'hold_forced', holdPartAt(terms, payment, 'forced')),\n",
        replace: '',
      },
    ],
  },
  {
    name: 'limit-not-warned-of',
    bug: 'Nobody is told that money may soon no longer be held.',
    patches: [
      {
        file: DEADLINES,
        find: "    ofTrade(owner, 'hold_warning', holdPartAt(terms, payment, 'warning')),\n",
        replace: '',
      },
    ],
  },
  {
    name: 'limit-always-pays-the-seller',
    bug: 'What may no longer be held is the seller’s, also where nothing was delivered.',
    patches: [{ file: HOLD, find: 'state.delivery === null\n      ?', replace: 'false\n      ?' }],
  },
  {
    name: 'limits-forgotten-before-conversion',
    bug: 'A limit that passes while the money is not converted yet is not asked for again.',
    patches: [
      {
        file: DEADLINES,
        find: '  ...ofFundsFrom(owner, escrow, convertedAt),\n',
        replace: '',
      },
    ],
    scenarios: ['held-too-long', 'not-shipped'],
  },
  {
    name: 'given-back-under-one-id',
    bug: 'What is given back for the same reason a second time has the id of the first refund.',
    patches: [{ file: HOLD, find: "before === 0 ? '' :", replace: "before >= 0 ? '' :" }],
    scenarios: ['not-shipped-in-part'],
  },
  {
    name: 'duties-released-too',
    bug: 'What was set aside for duties is released to the seller as well.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: '[...takings(held), ...held.duties].flatMap',
        replace: '[...takings(held)].flatMap',
      },
    ],
  },
  {
    name: 'duties-paid-by-the-provider',
    bug: 'Duties that went out from the bank are booked against the provider.',
    patches: [
      {
        file: 'src/ledger/journalize.ts',
        find: "credit('1200', amount));",
        replace: "credit('1100', amount));",
      },
    ],
  },
];
