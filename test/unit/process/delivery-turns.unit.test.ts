import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import type { RoutedRecord } from '../../../events/messages/routed-record.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream, shipmentStream } from '../../../src/platform/ids.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
import { shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories } from '../escrow/escrow-states.ts';
import { routedTo } from './routed.ts';

/** What a shipment tells of its deliveries: told, withdrawn, told again, and so on. */
const turns = (count: number): readonly RoutedRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const event = index % 2 === 0 ? story.shipmentDelivered : story.shipmentDeliveryWithdrawn;
    return routedTo('escrow', recordOf(shipmentStream(shipmentId), 4 + index, [event]));
  });

/** Takes the messages in their order; one that is early comes again after the others. */
async function takeAll(messages: readonly RoutedRecord[]) {
  const records = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of histories.in_fulfilment.entries()) {
    const record = recordOf(escrowStream(tradeId), index + 1);
    await records.append({ ...record, events: [event], journal: [] });
  }
  const now = () => new Date(story.deliveryConfirmed.confirmedAt);
  const ports = { store: journaledStore(records), now };
  const consume = consumeEscrow(ports);
  let waiting = messages;
  for (let round = 0; waiting.length > 0 && round <= messages.length; round += 1) {
    const early: RoutedRecord[] = [];
    for (const message of waiting) {
      if ((await consume(message)).kind === 'too_early') early.push(message);
    }
    waiting = early;
  }
  return { status: (await loadEscrow(ports, tradeId)).status, left: waiting.length };
}

describe('Deliveries that are told and withdrawn in turns', () => {
  it('come to the last turn, whatever the order of the messages and however often each came', async () => {
    const anyMessages = fc.integer({ min: 1, max: 5 }).chain((count) =>
      fc
        .subarray([...turns(count)])
        .chain((again) =>
          fc.shuffledSubarray([...turns(count), ...again], { minLength: count + again.length }),
        )
        .map((messages) => ({ count, messages })),
    );
    await fc.assert(
      fc.asyncProperty(anyMessages, async ({ count, messages }) => {
        const status = count % 2 === 1 ? 'delivered' : 'in_fulfilment';
        expect(await takeAll(messages)).toEqual({ status, left: 0 });
      }),
    );
  });
});
