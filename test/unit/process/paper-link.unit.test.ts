import * as fc from 'fast-check';
import { tradeIdFor } from '../../../src/platform/ids.ts';
import { paperToken, paperTypes, readPaperToken } from '../../../src/process/paper-link.ts';
import type { LinkKeys } from '../../../src/process/signature.ts';
import { readTrackingToken, trackingToken } from '../../../src/process/tracking-link.ts';

const keys: LinkKeys = ['a'.repeat(43)];
const now = new Date('2026-07-07T09:00:00.000Z');
const tradeId = tradeIdFor('mkt_story', 'order-1');
const name = { tradeId, type: 'commercial_invoice', language: 'de' } as const;
const until = new Date('2026-07-07T10:00:30.000Z');
const token = paperToken(keys, name, until);

describe('A link to a paper', () => {
  it.each(paperTypes)('opens the %s that it was given for', (type) => {
    const other = paperToken(keys, { ...name, type }, until);
    expect(readPaperToken(keys, other, now)).toEqual({ kind: 'valid', ...name, type });
  });

  it('is over after its minute', () => {
    const last = new Date('2026-07-07T10:00:59.999Z');
    expect(readPaperToken(keys, token, last).kind).toBe('valid');
    expect(readPaperToken(keys, token, new Date('2026-07-07T10:01:00.000Z'))).toEqual({
      kind: 'expired',
    });
  });

  it('opens nothing when any character of it is another', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: token.length - 1 }),
        fc.constantFrom(...'abcdef0123456789-_'),
        (at, letter) => {
          fc.pre(token[at] !== letter);
          const forged = token.slice(0, at) + letter + token.slice(at + 1);
          expect(readPaperToken(keys, forged, now)).toEqual({ kind: 'unknown' });
        },
      ),
    );
  });

  it('is no link to the tracking page, nor the other way about', () => {
    expect(readTrackingToken(keys, token, now).kind).toBe('unknown');
    const page = trackingToken(keys, { tradeId, now, days: 1 });
    expect(readPaperToken(keys, page, now).kind).toBe('unknown');
  });
});
