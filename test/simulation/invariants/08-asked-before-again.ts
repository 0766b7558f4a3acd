import { invariant } from './invariant.ts';

/**
 * Money is not asked for a second time, under the same key or not, but by a run that has looked up
 * what became of the first. That others would notice in time is no excuse: keys are forgotten.
 */
export const askedBeforeAgain = invariant({
  name: '08-asked-before-again',
  number: 8,
  when: 'rest',
  find: ({ stripe }, report) => {
    for (const key of stripe.blindRepeats) report(null, `${key} was asked for again unseen`);
  },
});
