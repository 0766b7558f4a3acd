import { invariant } from './invariant.ts';
import { streamOf } from './support/history.ts';
import { walk } from './support/lifecycle.ts';

/** Every stream walks along the edges of its aggregate's life, and its terminal states absorb. */
export const legalEdges = invariant({
  name: '09-legal-edges',
  number: 9,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId } of world.step.appended) {
      const { illegal } = walk(streamId, streamOf(world, streamId));
      if (illegal !== undefined) report(tradeId, `${streamId}: ${illegal}`);
    }
  },
});
