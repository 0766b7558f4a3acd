import { invariant } from './invariant.ts';

/** A quote is good for one trade. */
export const quoteUsedOnce = invariant({
  name: '06-quote-used-once',
  number: 6,
  when: 'step',
  find: ({ step, records }, report) => {
    for (const { events } of step.appended) {
      for (const event of events) {
        if (event.type !== 'TradeOpened') continue;
        const users = records.filter((record) =>
          record.events.some(
            (other) => other.type === 'TradeOpened' && other.quote.id === event.quote.id,
          ),
        );
        if (users.length > 1) report(event.tradeId, `${event.quote.id} has ${users.length} trades`);
      }
    }
  },
});
