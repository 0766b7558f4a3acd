import type { PayoutEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { retryPayout } from '../../../src/settlement/retry.ts';
import { payRelease } from '../../../src/settlement/settle.ts';
import { later, marketplaceId, payoutId, story } from '../../support/builders.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';

const { sourceChargeId: _, ...drawn } = story.milestoneReleased;
const fundsAvailableOn = later(drawn.releasedAt, 86_400);
const waiting = { ...drawn, fundsAvailableOn };

function setUp(release: typeof story.milestoneReleased = waiting) {
  const records = inMemoryRecordStore<PayoutEvent>();
  const rail = fakeRail();
  const clock = { at: release.releasedAt };
  const now = () => new Date(clock.at);
  const ports = settlementWith({ rail: rail.port, now, store: journaledStore(records) });
  const events = () => records.all().flatMap((record) => record.events);
  return {
    ...{ clock, rail, ports, events },
    types: () => events().map(({ type }) => type),
    pay: () => payRelease(ports, release, { marketplaceId, cause: 'release' }),
    look: () => retryPayout(ports, { payoutId, cause: 'deadline' }, 'recheck'),
  };
}

describe('A payout of money that the provider has not freed yet', () => {
  it('is requested, says what it waits for, and is not sent', async () => {
    const { pay, rail, types, events } = setUp();
    expect(await pay()).toMatchObject({ state: { status: 'requested' } });
    expect(await pay()).toMatchObject({ state: { status: 'requested' } });
    expect(types()).toEqual(['PayoutRequested']);
    expect(events()[0]).toMatchObject({ availableOn: fundsAvailableOn });
    expect(rail.transfers).toEqual([]);
  });

  it('is sent as soon as that is free, once', async () => {
    const { pay, look, rail, types, clock } = setUp();
    await pay();
    clock.at = later(fundsAvailableOn, -1);
    expect(await look()).toMatchObject({ kind: 'unchanged' });
    clock.at = fundsAvailableOn;
    expect(await look()).toMatchObject({ state: { status: 'submitted' } });
    expect(await look()).toMatchObject({ kind: 'unchanged' });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
    expect(rail.transfers).toHaveLength(1);
  });

  it('goes at once where it draws on its own charge', async () => {
    const { pay, events } = setUp({ ...waiting, sourceChargeId: 'ch_1' });
    expect(await pay()).toMatchObject({ state: { status: 'submitted' } });
    expect(events()[0]).not.toHaveProperty('availableOn');
  });

  it('goes at once where it is free by the time it is asked for', async () => {
    const { pay, clock } = setUp();
    clock.at = fundsAvailableOn;
    expect(await pay()).toMatchObject({ state: { status: 'submitted' } });
  });
});
