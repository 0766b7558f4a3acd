import { invariant } from './invariant.ts';
import { isExpected, tradeOfBody } from './support/messages.ts';

/**
 * What can't be handled is set aside within the tries it may have, with its reason, and nothing else
 * is: at rest the dead-letter queues hold what the scenarios say a person must look at, and no queue
 * holds anything back behind it.
 */
export const poisonSetAside = invariant({
  name: '18-poison-set-aside',
  number: 18,
  when: 'rest',
  find: (world, report) => {
    const { maxReceiveCount } = world.settings;
    for (const letter of world.deadLetters) {
      const tradeId = tradeOfBody(world, letter.body);
      const { messageId, queue, reasonCode, receiveCount } = letter;
      if (!isExpected(world, letter, tradeId)) {
        report(tradeId, `${messageId} of ${queue} lies dead: ${reasonCode ?? 'moved by SQS'}`);
      } else if (receiveCount > maxReceiveCount) {
        report(tradeId, `${messageId} of ${queue} was tried ${receiveCount} times`);
      }
    }
    for (const { messageId, queue, fate, body } of world.messages.values()) {
      if (fate === 'waiting') report(tradeOfBody(world, body), `${messageId} waits on ${queue}`);
    }
  },
});
