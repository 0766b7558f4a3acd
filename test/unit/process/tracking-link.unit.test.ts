import * as fc from 'fast-check';
import { tradeIdFor } from '../../../src/platform/ids.ts';
import type { LinkKeys } from '../../../src/process/signature.ts';
import {
  confirmationFor,
  isConfirmation,
  readTrackingToken,
  trackingToken,
} from '../../../src/process/tracking-link.ts';

const keys: LinkKeys = ['a'.repeat(43)];
const now = new Date('2026-07-07T09:00:00.000Z');
const tradeId = tradeIdFor('mkt_story', 'order-1');
const token = trackingToken(keys, { tradeId, now, days: 90 });

describe('A tracking link', () => {
  it('opens the trade that it was given for, until the end of its last day', () => {
    const onLast = new Date('2026-10-05T23:59:59.999Z');
    const after = new Date('2026-10-06T00:00:00.000Z');
    expect(readTrackingToken(keys, token, onLast)).toEqual({
      kind: 'valid',
      tradeId,
      generation: 0,
    });
    expect(readTrackingToken(keys, token, after)).toEqual({ kind: 'expired' });
  });

  it('is the same all day', () => {
    const evening = new Date('2026-07-07T23:59:59.000Z');
    expect(trackingToken(keys, { tradeId, now: evening, days: 90 })).toBe(token);
    expect(trackingToken(keys, { tradeId, now, days: 91 })).not.toBe(token);
  });

  it('says after how many that were revoked it was given, which nobody can change', () => {
    const renewed = trackingToken(keys, { tradeId, generation: 37, now, days: 90 });
    expect(readTrackingToken(keys, renewed, now)).toEqual({
      ...{ kind: 'valid', tradeId, generation: 37 },
    });
    for (const forged of [renewed.replace('0011', ''), renewed.replace('0011', '0010')]) {
      expect(forged).not.toBe(renewed);
      expect(readTrackingToken(keys, forged, now)).toEqual({ kind: 'unknown' });
    }
  });

  it('is honored under the previous key, and ends with it', () => {
    const rotated: LinkKeys = ['b'.repeat(43), keys[0]];
    expect(readTrackingToken(rotated, token, now).kind).toBe('valid');
    expect(readTrackingToken(['b'.repeat(43)], token, now).kind).toBe('unknown');
  });

  it('opens nothing when a character of it is another, whichever', () => {
    const characters = [...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_'];
    fc.assert(
      fc.property(
        fc.nat({ max: token.length - 1 }),
        fc.constantFrom(...characters),
        (index, character) => {
          fc.pre(token[index] !== character);
          const forged = token.slice(0, index) + character + token.slice(index + 1);
          expect(readTrackingToken(keys, forged, now)).toEqual({ kind: 'unknown' });
        },
      ),
    );
  });

  it('opens nothing when it is any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readTrackingToken(keys, text, now)).toEqual({ kind: 'unknown' });
      }),
    );
  });

  it('is of a trade for each trade', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const other = tradeIdFor('mkt_story', key);
        const reading = readTrackingToken(
          keys,
          trackingToken(keys, { tradeId: other, now, days: 1 }),
          now,
        );
        expect(reading).toEqual({ kind: 'valid', tradeId: other, generation: 0 });
      }),
    );
  });
});

describe('A confirmation', () => {
  const what = { act: 'accept', tradeId, version: 7 } as const;
  const value = confirmationFor(keys, what, now);

  it('confirms what it was made for', () => {
    expect(isConfirmation(keys, what, { value, now })).toBe(true);
  });

  it('confirms no other act, trade or state, and nothing under another key', () => {
    const others = [
      { ...what, act: 'dispute' as const },
      { ...what, tradeId: tradeIdFor('mkt_story', 'order-2') },
      { ...what, version: 8 },
    ];
    for (const other of others) expect(isConfirmation(keys, other, { value, now })).toBe(false);
    expect(isConfirmation(['b'.repeat(43)], what, { value, now })).toBe(false);
  });

  it('is none before it was made', () => {
    const before = new Date(now.getTime() - 60_000);
    expect(isConfirmation(keys, what, { value, now: before })).toBe(false);
  });
});
