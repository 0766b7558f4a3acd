import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import {
  isFromFuture,
  verifyEasyPostSignature,
} from '../../../src/adapters/carriers/easypost/verify.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const secret = 'sécret-of-the-webhook';
const body = Buffer.from('{"id":"evt_1","result":{"weight":17.6}}');

const sign = (bytes: Uint8Array, key = secret): string =>
  `hmac-sha256-hex=${createHmac('sha256', key.normalize('NFKD')).update(bytes).digest('hex')}`;

const check = (options: { signature?: string; secrets?: string[]; rawBody?: Uint8Array }) =>
  verifyEasyPostSignature({
    rawBody: options.rawBody ?? body,
    headers: { 'x-hmac-signature': options.signature },
    secrets: options.secrets ?? [secret],
  });

describe('a webhook signed by EasyPost', () => {
  it('is accepted, and the secret that signed it is named', () => {
    expect(check({ signature: sign(body) })).toEqual({ ok: true, secretIndex: 0 });
  });

  it('is accepted with the secret before the current one', () => {
    const secrets = ['the new one', secret];
    expect(check({ signature: sign(body), secrets })).toEqual({ ok: true, secretIndex: 1 });
  });

  it('is accepted with a whole-number weight, which the SDK refuses', () => {
    const rawBody = Buffer.from('{"weight": 17, "other": 3}');
    expect(check({ rawBody, signature: sign(rawBody) }).ok).toBe(true);
  });

  it('is accepted where a gateway cut the .0 that was signed', () => {
    const signed = Buffer.from('{"weight": 17.0,"parcel":{"weight":8.0}}');
    const rawBody = Buffer.from('{"weight": 17,"parcel":{"weight":8}}');
    expect(check({ rawBody, signature: sign(signed) }).ok).toBe(true);
  });

  it('is accepted on the bytes of a view into a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), body, Buffer.from('after')]);
    const rawBody = larger.subarray(6, 6 + body.length);
    expect(check({ rawBody, signature: sign(body) }).ok).toBe(true);
  });

  (corpusDirectory() ? it : it.skip)(corpusTest('is accepted as EasyPost publishes one'), () => {
    const fixture = JSON.parse(
      readCorpus('carriers', 'easypost', 'webhook_signature_fixture.json').toString(),
    );
    const file = readCorpus('carriers', 'easypost', 'evt_tracker_updated_in_transit_SIGNED.json');
    const rawBody = Buffer.from(file.toString('utf8').trim());
    const options = { signature: fixture.hmac_signature, secrets: [fixture.secret] };
    expect(check({ ...options, rawBody })).toEqual({ ok: true, secretIndex: 0 });
    expect(check({ ...options, rawBody: file })).toEqual({ ok: false, reason: 'mismatch' });
    const reserialized = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString()), null, 1));
    expect(check({ ...options, rawBody: reserialized }).ok).toBe(false);
    expect(check({ ...options, rawBody, secrets: ['secret'] }).ok).toBe(false);
  });
});

describe('any other request', () => {
  it.each([undefined, '', '   '])('is refused without a signature (%j)', (signature) => {
    const options = signature === undefined ? {} : { signature };
    expect(check(options)).toEqual({ ok: false, reason: 'missing_signature' });
  });

  it.each([
    'not a signature',
    'a'.repeat(64),
    `hmac-sha256-hex=${'a'.repeat(63)}`,
    `hmac-sha256-hex=${'g'.repeat(64)}`,
    `hmac-sha1-hex=${'a'.repeat(40)}`,
  ])('is refused with a signature of another form (%s)', (signature) => {
    expect(check({ signature })).toEqual({ ok: false, reason: 'malformed_signature' });
  });

  it('is refused with another secret, or none', () => {
    const mismatch = { ok: false, reason: 'mismatch' };
    expect(check({ signature: sign(body, 'guessed') })).toEqual(mismatch);
    expect(check({ signature: sign(body), secrets: [] })).toEqual(mismatch);
  });

  it('is refused when an empty secret would accept it', () => {
    expect(check({ signature: sign(body, ''), secrets: [''] }).ok).toBe(false);
  });

  it('is refused after any one byte was changed', () => {
    const signature = sign(body);
    const position = fc.integer({ min: 0, max: body.length - 1 });
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (index, difference) => {
        const rawBody = Buffer.from(body);
        rawBody[index] = (rawBody[index] ?? 0) ^ difference;
        expect(check({ rawBody, signature }).ok).toBe(false);
      }),
    );
  });
});

describe('the time of an event', () => {
  const now = new Date('2026-11-23T12:00:00Z');

  it.each([
    ['2026-11-23T12:05:00Z', false],
    ['2026-11-23T12:05:00.001Z', true],
    ['2026-11-20T12:00:00Z', false],
  ])('%s is from the future: %s', (createdAt, expected) => {
    expect(isFromFuture({ createdAt, now })).toBe(expected);
  });

  it('may be missing', () => {
    expect(isFromFuture({ createdAt: undefined, now })).toBe(false);
  });
});
