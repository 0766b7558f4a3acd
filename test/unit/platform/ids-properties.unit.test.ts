import * as fc from 'fast-check';
import { CodedError } from '../../../src/platform/errors.ts';
import {
  canonicalJson,
  derivedId,
  escrowStream,
  payoutStream,
  sha256Hex,
  shipmentStream,
} from '../../../src/platform/ids.ts';
import { toJson } from '../../../src/platform/json.ts';

/** A part of an id: any text in one line. */
const part = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
const parts = fc.array(part, { minLength: 1, maxLength: 4 });

describe('A derived id', () => {
  it('is one that is known: ids that are stored must not change', () => {
    expect(derivedId('trd', 'mkt_sample', 'PO-2026-000117')).toBe('trd_y3pvp844bra33phf9kc65ydm91');
  });

  it('has 26 characters that cannot be mistaken for each other, and is the same each time', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const id = derivedId('trd', ...given);
        expect(id).toMatch(/^trd_[0-9a-hjkmnp-tv-z]{26}$/);
        expect(derivedId('trd', ...given)).toBe(id);
      }),
    );
  });

  it('differs for other parts, and for the same text cut elsewhere', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = left.length === right.length && left.every((text, at) => text === right[at]);
        expect(derivedId('trd', ...left) === derivedId('trd', ...right)).toBe(same);
      }),
    );
    expect(derivedId('trd', 'ab', 'c')).not.toBe(derivedId('trd', 'a', 'bc'));
  });
});

describe('A stream', () => {
  it('is named by its aggregate', () => {
    expect([escrowStream('trd_x'), shipmentStream('ship_x_1'), payoutStream('payout_x')]).toEqual([
      'escrow#trd_x',
      'shipment#ship_x_1',
      'payout#payout_x',
    ]);
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The same value with the members of every object in the opposite order. */
const turned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  );
};

describe('Canonical JSON', () => {
  const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>;

  it('is the value’s JSON, whatever the order of its members', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(turned(value))).toBe(text);
      }),
    );
  });

  it('keeps the order of a list, which means something', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it.each([
    { what: 'a member in another place', left: { a: { b: 1 } }, right: { b: { a: 1 } } },
    { what: 'a member more', left: { a: 1 }, right: { a: 1, b: null } },
    { what: 'nothing instead of null', left: [null], right: [] },
    { what: 'a number instead of its text', left: { a: 1 }, right: { a: '1' } },
    { what: 'a text that looks like an object', left: '{"a":1}', right: { a: 1 } },
  ])('differs by $what', ({ left, right }) => {
    expect(sha256Hex(canonicalJson(left))).not.toBe(sha256Hex(canonicalJson(right)));
  });

  it('writes a bigint as the text that the schemas read', () => {
    fc.assert(
      fc.property(fc.bigInt(), (minor) => {
        expect(canonicalJson({ minor })).toBe(toJson({ minor }));
        expect(toJson({ minor })).toBe(`{"minor":"${minor}"}`);
      }),
    );
  });
});

describe('An error with a code', () => {
  it('carries what the log and the handler need', () => {
    const cause = new Error('socket hang up');
    const fields = { streamId: 'escrow#trd_x' };
    const error = new CodedError({ code: 'a.b', message: 'c', retryable: true, fields, cause });
    expect(error).toMatchObject({ code: 'a.b', message: 'c', retryable: true, fields, cause });
    expect(new CodedError({ code: 'a.b', message: 'c', retryable: false }).fields).toEqual({});
  });
});
