import { type CarrierName, carrierNames } from '../../../src/adapters/carriers/readers.ts';
import { check, header, json, now, schemes, secret, signedBy } from './webhook-schemes.ts';

const carriersWhich = (sees: 'body' | 'spacing' | 'secret') =>
  carrierNames.filter((carrier) => !schemes[carrier].blindTo?.includes(sees));

const reserialized = (text: string): string => JSON.stringify(JSON.parse(text));

/** What only shows a token is accepted as what nobody signed. */
const markOf = (carrier: CarrierName) =>
  schemes[carrier].blindTo?.includes('body') === true ? { unsigned: true } : {};

describe('A webhook that its carrier signed', () => {
  it.each(carrierNames)('is accepted from %s', async (carrier) => {
    expect(await check(carrier, signedBy(carrier))).toEqual({
      ...{ ok: true, secretIndex: 0 },
      ...markOf(carrier),
    });
  });

  it.each(carriersWhich('secret'))('is accepted under the secret before: %s', async (carrier) => {
    const secrets = ['the-new-secret', secret];
    expect(await check(carrier, signedBy(carrier), { secrets })).toEqual({
      ...{ ok: true, secretIndex: 1 },
      ...markOf(carrier),
    });
  });
});

describe('Any other webhook', () => {
  it.each(carrierNames)('is refused without its signature: %s', async (carrier) => {
    const unsigned = { rawBody: Buffer.from('{}'), headers: {} };
    expect(await check(carrier, unsigned)).toEqual({ ok: false, reason: 'missing_signature' });
  });

  it.each(carriersWhich('secret'))('is refused under another secret: %s', async (carrier) => {
    const mismatch = { ok: false, reason: 'mismatch' };
    expect(await check(carrier, signedBy(carrier, 'guessed'))).toEqual(mismatch);
    expect(await check(carrier, signedBy(carrier), { secrets: [] })).toEqual(mismatch);
    expect((await check(carrier, signedBy(carrier, ''), { secrets: [''] })).ok).toBe(false);
  });

  it.each(carriersWhich('body'))('is refused after any one byte changed: %s', async (carrier) => {
    const { rawBody, headers } = signedBy(carrier);
    for (let index = 0; index < rawBody.length; index += 1) {
      const changed = Buffer.from(rawBody);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const { ok } = await check(carrier, { rawBody: changed, headers });
      expect([carrier, index, ok]).toEqual([carrier, index, false]);
    }
  });

  it.each(carriersWhich('spacing'))(
    'is refused once it was serialized again: %s',
    async (carrier) => {
      const { rawBody, headers } = signedBy(carrier);
      const again = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString())));
      expect(await check(carrier, { rawBody: again, headers })).toEqual({
        ok: false,
        reason: 'mismatch',
      });
    },
  );

  it.each(carrierNames.filter((carrier) => schemes[carrier].isTimed))(
    'is refused when its signed time is out of bounds: %s',
    async (carrier) => {
      const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
      const reasonAt = async (seconds: number) => {
        const checked = await check(carrier, signedBy(carrier, secret, at(seconds)));
        return checked.ok ? 'ok' : checked.reason;
      };
      expect(await Promise.all([-299, -301, 299, 301].map(reasonAt))).toEqual([
        'ok',
        'stale',
        'ok',
        'future',
      ]);
    },
  );

  it.each([
    ['shippo', 'shippo-auth-signature', 'v1=00'],
    ['aftership', 'aftership-hmac-sha256', 'not base64'],
    ['17track', 'sign', 'a'.repeat(63)],
    ['fedex', 'fdx-signature', 'ab'.repeat(32)],
    ['usps', 'x-hmac', 'AAAA'],
  ] as const)('is refused with a signature of another form: %s', async (carrier, name, value) => {
    const signed = header(name, value, Buffer.from(json));
    expect(await check(carrier, signed)).toEqual({ ok: false, reason: 'malformed_signature' });
  });
});

/** Two carriers sign a text inside the body, and see what is done to that alone. */
describe('A webhook whose signed part', () => {
  it.each([
    [
      'usps',
      (body: string) => {
        const envelope = JSON.parse(body);
        return JSON.stringify({ ...envelope, payload: reserialized(envelope.payload) });
      },
    ],
    [
      'cainiao',
      (body: string) => {
        const form = new URLSearchParams(body);
        const message = form.get('logistics_interface') ?? '';
        form.set('logistics_interface', reserialized(message));
        return form.toString();
      },
    ],
  ] as const)('was serialized again is refused: %s', async (carrier, again) => {
    const { rawBody, headers } = signedBy(carrier);
    const changed = Buffer.from(again(rawBody.toString()));
    expect(await check(carrier, { rawBody: changed, headers })).toEqual({
      ok: false,
      reason: 'mismatch',
    });
  });
});

describe('Shippo, for accounts whose webhooks are not signed', () => {
  const unsigned = { rawBody: Buffer.from(json), headers: {} };

  it('is known by the token in the URL', async () => {
    expect(await check('shippo', unsigned, { query: { token: secret } })).toEqual({
      ...{ ok: true, secretIndex: 0, unsigned: true },
    });
    expect((await check('shippo', unsigned, { query: { token: 'guessed' } })).ok).toBe(false);
  });

  it('is not believed a token beside a wrong signature', async () => {
    const wrong = signedBy('shippo', 'guessed');
    expect((await check('shippo', wrong, { query: { token: secret } })).ok).toBe(false);
  });
});

describe('ShipEngine', () => {
  it('is refused under a key that is not in the set', async () => {
    const { rawBody, headers } = signedBy('shipengine');
    const other = { ...headers, 'x-shipengine-rsa-sha256-key-id': 'key-2' };
    expect(await check('shipengine', { rawBody, headers: other })).toEqual({
      ok: false,
      reason: 'unknown_key',
    });
  });
});
