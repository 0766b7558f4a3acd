import type { EscrowEvent, PayoutEvent } from '../../../events/index.ts';
import type { DeadlinePassed } from '../../../events/messages/deadline-passed.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { payoutIdFor } from '../../../src/platform/ids.ts';
import { consumeSettlement } from '../../../src/process/consume-settlement.ts';
import { later, marketplaceId, payoutId, story, tradeId } from '../../support/builders.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';
import { releaseOf } from '../escrow/milestones.ts';
import { eventsTo } from './routed.ts';

const { submittedAt } = story.payoutSubmitted;

function setUp() {
  const records = inMemoryRecordStore<PayoutEvent>();
  const rail = fakeRail();
  const now = () => new Date(submittedAt);
  const consume = consumeSettlement({
    ...settlementWith({ rail: rail.port, now, store: journaledStore(records) }),
    escrows: journaledStore(inMemoryRecordStore<EscrowEvent>()),
  });
  const types = () => records.all().flatMap(({ events }) => events.map(({ type }) => type));
  return { consume, rail, types, records };
}

const released = eventsTo('settlement', story.milestoneReleased);
const unconfirmed: DeadlinePassed = {
  kind: 'deadline_passed',
  version: 1,
  messageId: `deadline#payout_confirmation#${payoutId}#${submittedAt}`,
  deadline: 'payout_confirmation',
  ...{ tradeId, marketplaceId, subjectId: payoutId },
  dueAt: later(submittedAt, 300),
};

describe('A released milestone', () => {
  it('is paid by one transfer, however often its message comes', async () => {
    const { consume, rail, types } = setUp();
    for (const message of [released, released, released]) {
      expect(await consume(message)).toEqual({ kind: 'done' });
    }
    expect(rail.transfers).toMatchObject([{ payoutId, amount: story.milestoneReleased.net }]);
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });

  it('is paid by the transfer that is there, when its answer was lost', async () => {
    const { consume, rail, types } = setUp();
    rail.loseAnswer();
    await expect(consume(released)).rejects.toMatchObject({ retryable: true });
    expect(await consume(released)).toEqual({ kind: 'done' });
    expect(rail.transfers).toHaveLength(1);
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });

  it('of several in one decision is paid by a transfer of its own', async () => {
    const { consume, rail, records } = setUp();
    const both = eventsTo('settlement', releaseOf('sample'), releaseOf('bulk'));
    await consume(both);
    await consume(both);
    expect(rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([448_500n, 672_750n]);
    expect(new Set(records.all().map(({ streamId }) => streamId))).toEqual(
      new Set(['sample', 'bulk'].map((part) => `payout#${payoutIdFor(tradeId, part)}`)),
    );
  });

  it('after one whose payment failed is paid when the message comes again', async () => {
    const { consume, rail } = setUp();
    const both = eventsTo('settlement', releaseOf('sample'), releaseOf('bulk'));
    rail.loseAnswer();
    await expect(consume(both)).rejects.toThrow();
    await consume(both);
    expect(rail.transfers).toHaveLength(2);
  });

  it('is none in a record of other events', async () => {
    const { consume, rail } = setUp();
    expect(await consume(eventsTo('settlement', story.deliveryConfirmed))).toEqual({
      kind: 'done',
    });
    expect(rail.transfers).toEqual([]);
  });
});

describe('A payout that Stripe’s webhook did not confirm', () => {
  it('is asked about when its time is over, and settled, once', async () => {
    const { consume, types } = setUp();
    await consume(released);
    expect(await consume(unconfirmed)).toEqual({ kind: 'done' });
    expect(await consume(unconfirmed)).toEqual({ kind: 'done' });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled']);
  });

  it('waits where Stripe does not know it', async () => {
    const { consume, rail } = setUp();
    await consume(released);
    rail.transfers.length = 0;
    expect(await consume(unconfirmed)).toMatchObject({
      kind: 'too_early',
      code: 'payout.not_confirmed',
    });
  });
});
