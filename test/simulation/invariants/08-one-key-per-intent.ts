import { invariant } from './invariant.ts';

/** A key belongs to one intent: what is asked under it is always the same, word for word. */
export const oneKeyPerIntent = invariant({
  name: '08-one-key-per-intent',
  number: 8,
  when: 'rest',
  find: ({ stripe }, report) => {
    for (const key of stripe.reusedKeys) report(null, `${key} was used for something else before`);
  },
});
