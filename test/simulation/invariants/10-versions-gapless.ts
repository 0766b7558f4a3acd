import { invariant } from './invariant.ts';
import { streamOf } from './support/history.ts';

/** The records of a stream are numbered from 1 without a gap, in the order of their writes. */
export const versionsGapless = invariant({
  name: '10-versions-gapless',
  number: 10,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, sequence, tradeId } of world.step.appended) {
      const { length } = streamOf(world, streamId);
      if (sequence !== length) report(tradeId, `${streamId} has ${sequence} as its ${length}th`);
    }
  },
});
