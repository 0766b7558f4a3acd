import { CodedError, isCodedError } from '../../../src/platform/errors.ts';
import {
  canonicalJson,
  derivedId,
  payoutIdFor,
  quoteIdFor,
  sha256Hex,
  shipmentIdFor,
  tradeIdFor,
} from '../../../src/platform/ids.ts';
import { toJson } from '../../../src/platform/json.ts';

describe('An id', () => {
  it('follows from its parts, and from nothing else', () => {
    expect(tradeIdFor('mkt_1', 'key')).toBe(tradeIdFor('mkt_1', 'key'));
    expect(tradeIdFor('mkt_1', 'key')).toMatch(/^trd_[0-9a-z]{26}$/);
    const ids = [
      ['mkt_1', 'key'],
      ['mkt_2', 'key'],
      ['mkt_1', 'key2'],
      ['mkt_', '1key'],
    ].map(([marketplaceId = '', key = '']) => tradeIdFor(marketplaceId, key));
    expect(new Set(ids).size).toBe(4);
    expect(derivedId('a', 'x')).not.toBe(derivedId('a', 'x', ''));
  });

  it('of what belongs to a trade names the trade', () => {
    expect([
      shipmentIdFor('trd_x', 1),
      payoutIdFor('trd_x', 'delivery'),
      quoteIdFor('trd_x'),
    ]).toEqual(['ship_x_1', 'payout_x_delivery', 'fxq_x']);
  });
});

describe('Canonical JSON', () => {
  it('is the same for equal values in any order, with bigints as text and nothing undefined', () => {
    const text = '{"a":["1",{"b":null}],"c":"x"}';
    expect(canonicalJson({ c: 'x', a: [1n, { b: null, z: undefined }] })).toBe(text);
    expect(canonicalJson({ a: [1n, { b: null }], c: 'x', d: undefined })).toBe(text);
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('JSON for storage', () => {
  it('writes bigints as decimal strings, exact at any size', () => {
    expect(toJson({ amountMinor: 123456789012345678n, list: [-1n] })).toBe(
      '{"amountMinor":"123456789012345678","list":["-1"]}',
    );
  });
});

describe('An error with a code', () => {
  it('is known by its code and whether to try again, not by its class', () => {
    expect(isCodedError(new CodedError({ code: 'a.b', message: 'c', retryable: true }))).toBe(true);
    expect(isCodedError(Object.assign(new Error('c'), { code: 'a.b', retryable: false }))).toBe(
      true,
    );
    expect(
      [new Error('c'), Object.assign(new Error('c'), { code: 'ECONNRESET' }), 'a.b', null].map(
        isCodedError,
      ),
    ).toEqual([false, false, false, false]);
  });
});
