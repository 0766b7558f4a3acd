import { invariant } from './invariant.ts';
import { streamOf } from './support/history.ts';

/** The same request or message, however often it comes, leads to at most one record of a stream. */
export const causeAppliedOnce = invariant({
  name: '12-cause-applied-once',
  number: 12,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, cause, tradeId } of world.step.appended) {
      const same = streamOf(world, streamId).filter((record) => record.cause === cause);
      if (same.length > 1) report(tradeId, `${streamId} applied ${cause} ${same.length} times`);
    }
  },
});
