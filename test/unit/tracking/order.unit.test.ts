import * as fc from 'fast-check';
import { inOrder, mergeEvents } from '../../../src/tracking/order.ts';
import { providerOf, scanKey } from '../../../src/tracking/scan-key.ts';
import { anyScans, retold, scanAt } from '../../support/scans.ts';

describe('the order of scans', () => {
  it('is by time, then the sequence of the provider, then rank, then key', () => {
    const scans = [
      scanAt(1, 'failed', { sequence: 1 }),
      scanAt(1, 'delivered', { sequence: 1 }),
      scanAt(1, 'in_transit', { sequence: 1, key: 'b' }),
      scanAt(1, 'in_transit', { sequence: 1, key: 'a' }),
      scanAt(1, 'returned'),
      scanAt(0, 'delivered'),
    ];
    expect(inOrder(scans)).toEqual([...scans].reverse());
  });

  it('compares instants, however precisely they are written', () => {
    const late = scanAt(1, 'delivered', { key: 'late', occurredAt: '2026-11-20T09:00:00Z' });
    const early = scanAt(1, 'returned', { key: 'early', occurredAt: '2026-11-20T08:59:59.999Z' });
    expect(inOrder([late, early])).toEqual([early, late]);
  });
});

describe('new scans', () => {
  it('are those whose key is not known yet, each once', () => {
    const [first, second, third] = [0, 1, 2].map((hours) => scanAt(hours, 'in_transit'));
    if (!first || !second || !third) throw new Error('three scans');
    expect(mergeEvents([first], [third, second, first, third])).toEqual([second, third]);
  });

  it('are those, too, which are signed now and were known from an unsigned webhook only', () => {
    const signed = scanAt(9, 'delivered');
    const unsigned = { ...signed, unsigned: true } as const;
    expect(mergeEvents([unsigned], [unsigned, signed])).toEqual([signed]);
    expect(mergeEvents([unsigned], [unsigned])).toEqual([]);
    expect(mergeEvents([signed], [unsigned])).toEqual([]);
  });

  it('are signed before they are first in text, in any order', () => {
    const signed = scanAt(9, 'returning', { key: 'one' });
    const unsigned = scanAt(9, 'delivered', { key: 'one', unsigned: true });
    expect(inOrder([unsigned, signed])).toEqual([signed]);
    expect(inOrder([signed, unsigned])).toEqual([signed]);
  });

  it('never grow the set twice, in whatever order they come', () => {
    fc.assert(
      fc.property(
        anyScans.chain((scans) => fc.tuple(fc.constant(scans), retold(scans))),
        anyScans,
        ([scans, again], known) => {
          const merged = [...known, ...mergeEvents(known, scans)];
          expect(mergeEvents(merged, again)).toEqual([]);
          expect(mergeEvents(known, again)).toEqual(mergeEvents(known, scans));
        },
      ),
    );
  });
});

describe('the key of a scan', () => {
  it('is the same however its parts are spaced and cased', () => {
    expect(scanKey('easypost', ['1', 'Out for  Delivery'])).toBe(
      scanKey('easypost', ['1', ' OUT FOR DELIVERY']),
    );
  });

  it('tells parts apart', () => {
    expect(scanKey('easypost', ['ab', 'c'])).not.toBe(scanKey('easypost', ['a', 'bc']));
  });

  it('names its provider and shows nothing else', () => {
    const key = scanKey('easypost', ['secret text']);
    expect(key).toMatch(/^easypost:[0-9a-f]{32}$/);
    expect(providerOf(key)).toBe('easypost');
    expect(providerOf('no-provider')).toBe('');
  });
});
