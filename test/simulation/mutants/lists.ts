import type { Mutant } from './mutant.ts';

/** Bugs in what finance's lists show. */
export const LISTS: readonly Mutant[] = [
  {
    name: 'won-case-stays-open',
    bug: 'A chargeback that was won stays open in the list of cases.',
    patches: [
      {
        file: 'src/process/cases-of.ts',
        find: "(event) => event.type === 'ChargebackWon' || event.type === 'ChargebackLost',",
        replace: "(event) => event.type === 'ChargebackLost',",
      },
    ],
  },
  {
    name: 'lane-months-not-summed',
    bug: 'What was sold on a lane is summed by the day, and its month stays empty.',
    patches: [
      {
        file: 'src/process/finance-views.ts',
        find: "['YYYY-MM-DDTHH:M', 'YYYY-MM-DD', 'YYYY-MM']",
        replace: "['YYYY-MM-DDTHH:M', 'YYYY-MM-DD']",
      },
    ],
  },
];
