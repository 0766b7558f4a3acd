import type { Mutant } from './mutant.ts';

const JOURNALIZE = 'src/ledger/journalize.ts';
const QUOTE = 'src/fx/quote.ts';
const DESK = 'src/process/quote-desk.ts';

/** Bugs in amounts, rates and the ledger. */
export const BOOKS: readonly Mutant[] = [
  {
    name: 'fee-rounded-up',
    bug: 'The platform keeps the fraction of a cent.',
    patches: [
      {
        file: 'src/escrow/decide-release.ts',
        find: "shareByBasisPoints(amount, terms.feeBasisPoints, 'floor');",
        replace: "shareByBasisPoints(amount, terms.feeBasisPoints, 'ceil');",
      },
    ],
  },
  {
    name: 'payout-gross',
    bug: 'The seller is paid the whole amount, the fee included.',
    patches: [
      {
        file: 'src/settlement/payout.ts',
        find: 'amount: release.net,',
        replace: 'amount: release.amount,',
      },
    ],
  },
  {
    name: 'provider-conversion-not-booked',
    bug: 'That the provider settled in another currency is not booked.',
    patches: [
      {
        file: JOURNALIZE,
        find: 'present(capture(event), cashUnused(event), pspConversion(event), pspFee(event))',
        replace: 'present(capture(event), cashUnused(event), pspFee(event))',
      },
    ],
  },
  {
    name: 'provider-fee-not-booked',
    bug: 'The provider’s fee is not booked.',
    patches: [
      {
        file: JOURNALIZE,
        find: 'present(capture(event), cashUnused(event), pspConversion(event), pspFee(event))',
        replace: 'present(capture(event), cashUnused(event), pspConversion(event))',
      },
    ],
  },
  {
    name: 'spread-lost',
    bug: 'The spread disappears in the exchange position.',
    patches: [
      {
        file: JOURNALIZE,
        find: ": credit('4100', spread),",
        replace: ": credit('1400', spread),",
      },
    ],
  },
  {
    name: 'loss-booked-as-revenue',
    bug: 'A spread below zero is booked as revenue below zero, not as a loss.',
    patches: [{ file: JOURNALIZE, find: 'spread.amountMinor < 0n', replace: 'false' }],
  },
  {
    name: 'journal-left-unbalanced',
    bug: 'An entry may be off by what it does not mention, and nobody checks.',
    patches: [
      { file: JOURNALIZE, find: "    credit('4000', fee),\n", replace: '' },
      {
        file: 'src/ledger/journal.ts',
        find: '    if (sum !== 0n) {\n',
        replace: '    if (sum !== 0n && kind.length === 0) {\n',
      },
    ],
  },
  {
    name: 'expired-quote-honored',
    bug: 'A quote is honored for ever.',
    patches: [
      {
        file: QUOTE,
        find: 'at.getTime() >= Date.parse(lock.expiresAt);',
        replace: 'at.getTime() > Date.parse(lock.expiresAt) + 1e12;',
      },
    ],
  },
  {
    name: 'quote-used-twice',
    bug: 'A quote is honored for whichever trade names it.',
    patches: [
      {
        file: 'src/process/claimed-quote.ts',
        find: '    if (holder !== tradeId) return used;\n',
        replace: '    if (holder.length === 0) return used;\n',
      },
      {
        file: 'src/process/claimed-quote.ts',
        find: '  if (usedByTradeId !== null) return used;\n',
        replace: '',
      },
    ],
  },
  {
    name: 'quote-priced-again',
    bug: 'The rate is read again between quote and charge.',
    patches: [
      {
        file: DESK,
        find: 'isExpired(locked, new Date(payment.capturedAt))',
        replace: 'payment.capturedAt.length > 0',
      },
    ],
  },
  {
    name: 'price-rounded-down',
    bug: 'What the buyer pays is rounded down.',
    patches: [
      {
        file: QUOTE,
        find: "          rate: divideRational(one, client),\n          rounding: 'ceil',",
        replace: "          rate: divideRational(one, client),\n          rounding: 'floor',",
      },
    ],
  },
  {
    name: 'margin-forgotten',
    bug: 'The buyer is quoted the mid rate.',
    patches: [
      {
        file: QUOTE,
        find: 'const client = lessBasisPoints(mid, marginBasisPoints + lockPremiumBasisPoints);',
        replace: 'const client = mid;',
      },
    ],
  },
  {
    name: 'turnover-before-postings',
    bug: 'The turnover of a minute is summed before its postings are written.',
    patches: [
      {
        file: 'src/process/consume-projection.ts',
        find: '  await views.putPostings(postings);\n',
        replace: '',
      },
      {
        file: 'src/process/consume-projection.ts',
        find: '[...slices.values()].map(async (key) => views.putSlice(await views.sumSlice(key))),\n  );',
        replace:
          '[...slices.values()].map(async (key) => views.putSlice(await views.sumSlice(key))),\n  );\n  await views.putPostings(postings);',
      },
    ],
  },
  {
    name: 'turnover-of-the-record',
    bug: 'The turnover of a minute is that of the last record, not of all.',
    patches: [
      {
        file: 'src/process/consume-projection.ts',
        find: 'views.putSlice(await views.sumSlice(key))',
        replace: `views.putSlice({
      ...(await views.sumSlice(key)),
      debitMinor: postings
        .filter(({ account, currency, amountMinor }) =>
          account === key.account && currency === key.currency && amountMinor > 0n)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    })`,
      },
    ],
  },
];
