import * as fc from 'fast-check';
import type { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import { fold } from '../../../src/tracking/fold.ts';
import { foldShipment } from '../../../src/tracking/fold-shipment.ts';
import { anyScans, retold, scanAt } from '../../support/scans.ts';

const of = (parcel: string, ...scans: TrackingEvent[]) =>
  scans.map((scan) => ({ ...scan, key: `${scan.key}-${parcel}`, parcel }));

const [picked, delivered] = [scanAt(1, 'picked_up'), scanAt(9, 'delivered')];

describe('A shipment of one parcel', () => {
  it('is where its parcel is', () => {
    fc.assert(
      fc.property(anyScans, (scans) => {
        expect(foldShipment(scans)).toEqual(fold(scans));
      }),
    );
  });
});

describe('A shipment of several parcels', () => {
  it('is delivered when all are, at the time of the last', () => {
    const last = scanAt(12, 'delivered');
    const state = foldShipment([...of('a', picked, delivered), ...of('b', picked, last)]);
    expect(state).toMatchObject({ status: 'delivered', terminal: true, flags: [] });
    expect(state.enteredAt).toBe(last.occurredAt);
  });

  it('is where the parcel is that is furthest from delivery, and says that they differ', () => {
    const held = scanAt(5, 'customs_held', { reason: 'customs_docs' });
    const state = foldShipment([...of('a', delivered), ...of('b', picked, held)]);
    expect(state).toMatchObject({
      status: 'customs_held',
      reason: 'customs_docs',
      terminal: false,
      flags: ['parcels_differ'],
    });
  });

  it('waits for parcels that nobody has scanned', () => {
    expect(foldShipment(of('a', delivered), { parcelCount: 2 })).toMatchObject({
      status: 'unknown',
      flags: ['parcels_differ'],
    });
    expect(foldShipment([], { parcelCount: 2 })).toMatchObject({ status: 'unknown', flags: [] });
  });

  it('is not delivered when one of them came back or was lost', () => {
    for (const end of ['returned', 'failed'] as const) {
      const state = foldShipment([...of('a', delivered), ...of('b', scanAt(20, end))]);
      expect(state).toMatchObject({ status: end, flags: ['parcels_differ'] });
    }
  });

  it('is moved along, but not ended, by scans that name no parcel', () => {
    const parcels = [...of('a', delivered), ...of('b', picked)];
    expect(foldShipment([...parcels, scanAt(6, 'in_transit')]).status).toBe('in_transit');
    expect(foldShipment([...parcels, scanAt(11, 'delivered')]).status).toBe('picked_up');
  });

  it('has one state for all orders and repetitions of its scans', () => {
    const assigned = anyScans.chain((scans) =>
      fc
        .array(fc.constantFrom(undefined, 'a', 'b', 'c'), {
          minLength: scans.length,
          maxLength: scans.length,
        })
        .map((parcels) =>
          scans.map((scan, index) => {
            const parcel = parcels[index];
            return parcel === undefined ? scan : { ...scan, key: `${scan.key}-${parcel}`, parcel };
          }),
        ),
    );
    fc.assert(
      fc.property(
        assigned.chain((scans) => retold(scans).map((told) => [scans, told] as const)),
        ([scans, told]) => {
          expect(foldShipment(told)).toEqual(foldShipment(scans));
        },
      ),
    );
  });
});
