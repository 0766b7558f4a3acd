import type { MessageHistory } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { tradeOfBody } from './support/messages.ts';
import { listenersOf } from './support/routes.ts';

const ROUTED = /^\{"kind":"routed_record","version":1,"messageId":"([^"]+)"/;

/**
 * The stream is the outbox: every record reaches every queue that must hear of it at least once,
 * under an id that follows from the record, and routing it again repeats the message word for word.
 */
export const everyRecordPublished = invariant({
  name: '17-every-record-published',
  number: 17,
  when: 'rest',
  find: (world, report) => {
    const unrouted = world.unroutedRecords();
    if (unrouted > 0) report(null, `${unrouted} records wait for the router`);
    for (const { records } of world.routerDeadLetters) {
      report(records[0]?.tradeId ?? null, `the router gave up ${records.length} records`);
    }
    const sent = new Map<string, string>();
    for (const message of world.messages.values())
      note(sent, message, (detail) => report(tradeOfBody(world, message.body), detail));
    for (const record of world.records) {
      const { streamId, sequence, events, tradeId } = record;
      for (const queue of listenersOf(events)) {
        const messageId = `${streamId}#${sequence}#${queue}`;
        if (!sent.delete(messageId)) report(tradeId, `${messageId} was never sent`);
      }
    }
    reportLeft(sent, report);
  },
});

function note(
  sent: Map<string, string>,
  { body, queue }: MessageHistory,
  report: (detail: string) => void,
): void {
  const messageId = ROUTED.exec(body)?.[1];
  if (messageId === undefined) return;
  if (!messageId.endsWith(`#${queue}`)) report(`${messageId} was sent to ${queue}`);
  const known = sent.get(messageId);
  if (known !== undefined && known !== body) report(`${messageId} was sent in two wordings`);
  sent.set(messageId, body);
}

function reportLeft(sent: ReadonlyMap<string, string>, report: Report): void {
  for (const messageId of sent.keys()) report(null, `${messageId} is none that a record gives`);
}
