import { invariant } from './invariant.ts';
import { sumsOf } from './support/balances.ts';

/** Every journal entry sums to zero in each currency, so all of them together do at every moment. */
export const journalBalances = invariant({
  name: '02-journal-balances',
  number: 2,
  when: 'step',
  find: ({ step }, report) => {
    for (const { journal, tradeId, streamId, sequence } of step.appended) {
      for (const entry of journal) {
        for (const [currency, sum] of sumsOf(entry)) {
          if (sum === 0n) continue;
          report(tradeId, `${entry.kind} of ${streamId} ${sequence} is off by ${sum} ${currency}`);
        }
      }
    }
  },
});
