import * as fc from 'fast-check';
import { TrackingEvent, type TrackingStatus } from '../../../events/shipment/tracking-event.v1.ts';
import { fold } from '../../../src/tracking/fold.ts';
import { tierOf } from '../../../src/tracking/status.ts';
import { anyScans, retold, scanAt } from '../../support/scans.ts';

const statusOf = (...scans: TrackingEvent[]) => fold(scans).status;

describe('a parcel on its way', () => {
  it('is unknown before the first scan', () => {
    expect(fold([])).toEqual({ status: 'unknown', terminal: false, flags: [] });
  });

  it('rises through the tiers', () => {
    expect(statusOf(scanAt(0, 'label_created'))).toBe('label_created');
    expect(statusOf(scanAt(0, 'label_created'), scanAt(1, 'picked_up'))).toBe('picked_up');
    expect(statusOf(scanAt(1, 'picked_up'), scanAt(2, 'in_transit'))).toBe('in_transit');
  });

  it('never returns to a label once it was handed over, and says so', () => {
    const state = fold([scanAt(0, 'in_transit'), scanAt(5, 'label_created')]);
    expect(state).toMatchObject({ status: 'in_transit', flags: ['stale'] });
  });

  it('is where the latest scan says, as long as it is on its way', () => {
    const held = [scanAt(1, 'in_transit'), scanAt(2, 'customs_held', { reason: 'customs_docs' })];
    expect(fold(held)).toMatchObject({ status: 'customs_held', reason: 'customs_docs' });
    const cleared = [...held, scanAt(3, 'in_transit', { reason: 'customs_cleared' })];
    expect(fold(cleared)).toMatchObject({ status: 'in_transit', reason: 'customs_cleared' });
    const attempted = [...cleared, scanAt(4, 'out_for_delivery'), scanAt(5, 'delivery_attempted')];
    expect(statusOf(...attempted)).toBe('delivery_attempted');
    expect(statusOf(...attempted, scanAt(6, 'out_for_delivery'))).toBe('out_for_delivery');
  });

  it('stays where it is when a code is unknown, and shows it', () => {
    const state = fold([scanAt(1, 'in_transit'), scanAt(2, 'unknown', { unmapped: true })]);
    expect(state).toMatchObject({ status: 'in_transit', flags: ['unmapped'] });
  });

  it('keeps the time and the scan that entered the status', () => {
    const first = scanAt(1, 'in_transit');
    const state = fold([scanAt(3, 'in_transit'), first]);
    expect(state).toMatchObject({ enteredAt: first.occurredAt, enteredBy: first.key });
  });

  it('is returning whatever moves it on its way back', () => {
    expect(statusOf(scanAt(1, 'returning'), scanAt(2, 'in_transit'))).toBe('returning');
  });
});

describe('a delivered parcel', () => {
  const delivered = scanAt(10, 'delivered');

  it('stays delivered when later scans move it, and shows them', () => {
    const state = fold([delivered, scanAt(15, 'out_for_delivery')]);
    expect(state).toMatchObject({ status: 'delivered', flags: ['post_terminal_activity'] });
    expect(state.enteredAt).toBe(delivered.occurredAt);
  });

  it('goes back when a return is dated later', () => {
    expect(statusOf(delivered, scanAt(12, 'returning'))).toBe('returning');
    expect(statusOf(delivered, scanAt(12, 'returning'), scanAt(14, 'returned'))).toBe('returned');
  });

  it('does not go back for a return of the same instant: that is a contradiction', () => {
    const state = fold([delivered, scanAt(10, 'returning', { sequence: 1 })]);
    expect(state).toMatchObject({ status: 'delivered', flags: ['provider_conflict'] });
  });

  it('was delivered to its sender if it was already on its way back', () => {
    expect(statusOf(scanAt(5, 'returning'), delivered)).toBe('returned');
  });

  it.each(['failed', 'cancelled'] as const)('does not become %s, and the conflict shows', (end) => {
    const state = fold([delivered, scanAt(12, end)]);
    expect(state).toMatchObject({ status: 'delivered', flags: ['provider_conflict'] });
  });

  it('is in doubt while the provider itself says that it is still on its way', () => {
    const state = fold([delivered, scanAt(12, 'in_transit', { synthetic: true })]);
    expect(state.status).toBe('delivered');
    expect(state.flags).toContain('provider_conflict');
  });

  it('is in doubt when the provider calls the shipment lost', () => {
    const state = fold([delivered, scanAt(10, 'failed', { synthetic: true, reason: 'lost' })]);
    expect(state).toMatchObject({ status: 'delivered', flags: ['provider_conflict'] });
  });
});

describe('times without a zone', () => {
  const delivered = scanAt(10, 'delivered');
  const otherProvider = (hours: number) =>
    scanAt(hours, 'returning', { key: `ship24:${hours}`, timeZoneKnown: false });

  it('compare within one provider', () => {
    const returning = scanAt(11, 'returning', { timeZoneKnown: false });
    expect(statusOf(delivered, returning)).toBe('returning');
  });

  it('need more than 14 hours to end a delivery that another provider reported', () => {
    expect(fold([delivered, otherProvider(24)])).toMatchObject({
      status: 'delivered',
      flags: ['provider_conflict'],
    });
    expect(statusOf(delivered, otherProvider(25))).toBe('returning');
  });
});

describe('a lost or canceled parcel', () => {
  it('may be found', () => {
    const lost = scanAt(5, 'failed', { reason: 'lost' });
    expect(fold([lost, scanAt(9, 'delivered')])).toMatchObject({ status: 'delivered', flags: [] });
  });

  it('is delivered in doubt if it was destroyed', () => {
    const destroyed = scanAt(5, 'failed', { reason: 'damaged' });
    const state = fold([destroyed, scanAt(9, 'delivered')]);
    expect(state).toMatchObject({ status: 'delivered', flags: ['provider_conflict'] });
  });

  it('can be canceled only before it was handed over', () => {
    expect(statusOf(scanAt(0, 'label_created'), scanAt(1, 'cancelled'))).toBe('cancelled');
    const state = fold([scanAt(0, 'picked_up'), scanAt(1, 'cancelled')]);
    expect(state).toMatchObject({ status: 'picked_up', flags: ['provider_conflict'] });
  });

  it('shows when a canceled one moves, and when it reaches an end', () => {
    const cancelled = scanAt(1, 'cancelled');
    expect(fold([cancelled, scanAt(2, 'picked_up')])).toMatchObject({
      status: 'cancelled',
      flags: ['post_terminal_activity'],
    });
    expect(fold([cancelled, scanAt(2, 'delivered')])).toMatchObject({
      status: 'delivered',
      flags: ['provider_conflict'],
    });
  });
});

describe('any set of scans', () => {
  it('gives one state, in any order and however often each is told', () => {
    fc.assert(
      fc.property(
        anyScans.chain((scans) => fc.tuple(fc.constant(scans), retold(scans))),
        ([scans, again]) => {
          expect(fold(again)).toEqual(fold(scans));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('gives a state that says what it rests on', () => {
    fc.assert(
      fc.property(anyScans, (scans) => {
        const state = fold(scans);
        expect(state.terminal).toBe(tierOf(state.status) === 5);
        expect([...state.flags].sort()).toEqual(state.flags);
        const evidence = scans.find(({ key }) => key === state.enteredBy);
        expect(evidence === undefined).toBe(state.status === 'unknown');
      }),
    );
  });

  it('never leaves an end for an older scan on the way, unless that undoes a void', () => {
    const older = fc.constantFrom<TrackingStatus>('unknown', 'label_created', 'in_transit');
    fc.assert(
      fc.property(anyScans, older, (scans, status) => {
        const before = fold(scans);
        fc.pre(before.terminal && scans.every((scan) => scan.status !== 'cancelled'));
        const after = fold([...scans, scanAt(-1, status, { key: 'easypost:older' })]);
        expect({ ...after, flags: [] }).toEqual({ ...before, flags: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never leaves a delivery for anything but a return', () => {
    fc.assert(
      fc.property(anyScans, anyScans, (scans, more) => {
        fc.pre(fold(scans).status === 'delivered');
        const news = more.filter(({ occurredAt }) =>
          scans.every((scan) => scan.occurredAt < occurredAt),
        );
        expect(['delivered', 'returning', 'returned', 'failed']).toContain(
          fold([...scans, ...news]).status,
        );
        const withoutReturns = news.filter(({ status }) => !status.startsWith('return'));
        expect(statusOf(...scans, ...withoutReturns)).toBe('delivered');
      }),
    );
  });

  it('makes scans that the contract of events accepts', () => {
    fc.assert(
      fc.property(anyScans, (scans) => {
        for (const scan of scans) expect(TrackingEvent.parse(scan)).toEqual(scan);
      }),
      { numRuns: 20 },
    );
  });
});
