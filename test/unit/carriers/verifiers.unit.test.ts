import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { observeEasyPostV2 } from '../../../src/adapters/carriers/easypost/observe-v2.ts';
import { type CarrierName, carrierNames } from '../../../src/adapters/carriers/readers.ts';
import { keysIn } from '../../../src/adapters/carriers/shipengine/keys.ts';
import type { SignatureCheck, SignedRequest } from '../../../src/adapters/carriers/signature.ts';
import { carrierVerifiers } from '../../../src/adapters/carriers/verifiers.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const now = new Date('2026-11-23T12:00:00Z');
const secret = 'a-secret-of-the-webhook';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1' }] };
const verifiers = carrierVerifiers(async (keyId) => keysIn(jwks).get(keyId));

const hmac = (key: string, ...parts: readonly (string | Uint8Array)[]) => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made;
};

type Signed = { readonly rawBody: Buffer; readonly headers: Record<string, string> };
type Scheme = {
  readonly sign: (body: Buffer, key: string, at: Date) => Signed;
  readonly body: string;
  /** What the scheme can't see, by the carrier's choice. */
  readonly blindTo?: readonly ('body' | 'spacing' | 'secret')[];
  readonly isTimed?: true;
};

const json = '{"event":"track_updated","weight":17, "data":{"tracking_number":"1"}}';
const header = (name: string, value: string, rawBody: Buffer): Signed => ({
  rawBody,
  headers: { [name]: value },
});

const schemes: Readonly<Record<CarrierName, Scheme>> = {
  easypost: {
    body: json,
    sign: (body, key) =>
      header('x-hmac-signature', `hmac-sha256-hex=${hmac(key, body).digest('hex')}`, body),
  },
  shippo: {
    body: json,
    isTimed: true,
    sign: (body, key, at) => {
      const t = Math.floor(at.getTime() / 1_000);
      return header(
        'shippo-auth-signature',
        `t=${t},v1=${hmac(key, `${t}.`, body).digest('hex')}`,
        body,
      );
    },
  },
  aftership: {
    body: json,
    sign: (body, key) => header('aftership-hmac-sha256', hmac(key, body).digest('base64'), body),
  },
  '17track': {
    body: json,
    sign: (body, key) =>
      header('sign', createHash('sha256').update(body).update(`/${key}`).digest('hex'), body),
  },
  ship24: {
    body: json,
    blindTo: ['body', 'spacing'],
    sign: (body, key) => header('authorization', `Bearer ${key}`, body),
  },
  shipengine: {
    body: json,
    isTimed: true,
    blindTo: ['secret'],
    sign: (body, _key, at) => {
      const timestamp = at.toISOString();
      const signature = createSign('RSA-SHA256').update(`${timestamp}.`).update(body);
      return {
        rawBody: body,
        headers: {
          'x-shipengine-rsa-sha256-key-id': 'key-1',
          'x-shipengine-rsa-sha256-signature': signature.sign(privateKey, 'base64'),
          'x-shipengine-timestamp': timestamp,
        },
      };
    },
  },
  fedex: {
    body: json,
    sign: (body, key) => header('fdx-signature', hmac(key, body).digest('base64'), body),
  },
  ups: {
    body: json,
    blindTo: ['body', 'spacing'],
    sign: (body, key) => header('credential', key, body),
  },
  dhl: {
    body: json,
    blindTo: ['body', 'spacing'],
    sign: (body, key) => header('x-api-key', key, body),
  },
  usps: {
    body: '{"payload":"{\\"trackingNumber\\":\\"1\\", \\"weight\\":17}"}',
    isTimed: true,
    blindTo: ['spacing'],
    sign: (body, key, at) => {
      const { payload } = JSON.parse(body.toString());
      const timestamp = at.toISOString();
      const signature = hmac(key, timestamp, payload).digest('base64');
      return header('x-hmac', signature, Buffer.from(JSON.stringify({ timestamp, payload })));
    },
  },
  cainiao: {
    body: json,
    blindTo: ['spacing'],
    sign: (body, key) => {
      const digest = createHash('md5').update(body).update(key).digest('base64');
      const form = new URLSearchParams({
        logistics_interface: body.toString(),
        data_digest: digest,
      });
      return { rawBody: Buffer.from(form.toString()), headers: {} };
    },
  },
  karrio: {
    body: json,
    blindTo: ['body', 'spacing'],
    sign: (body, key) => header('x-event-id', key, body),
  },
};

const check = async (
  carrier: CarrierName,
  signed: Signed,
  more: Partial<SignedRequest> = {},
): Promise<SignatureCheck> =>
  await verifiers[carrier]({ ...signed, secrets: [secret], now, ...more });

const carriersWhich = (sees: 'body' | 'spacing' | 'secret') =>
  carrierNames.filter((carrier) => !schemes[carrier].blindTo?.includes(sees));

const reserialized = (text: string): string => JSON.stringify(JSON.parse(text));

const signedBy = (carrier: CarrierName, key = secret, at = now): Signed =>
  schemes[carrier].sign(Buffer.from(schemes[carrier].body), key, at);

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

describe('Published vectors', () => {
  it('of Cainiao: data_digest is base64 of the MD5 of message and secret', async () => {
    const form = 'logistics_interface=hello1234&data_digest=ufYU7rvXhHY3IDyZgyt6SA==&msg_id=1';
    const signed = { rawBody: Buffer.from(form), headers: {} };
    expect((await check('cainiao', signed, { secrets: ['key123'] })).ok).toBe(true);
    expect((await check('cainiao', signed, { secrets: ['key124'] })).ok).toBe(false);
  });

  it('of RFC 4231, in base64 as AfterShip has it: HMAC-SHA256 of the body', async () => {
    const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const rawBody = Buffer.from('what do ya want for nothing?');
    const sent = Buffer.from(digest, 'hex').toString('base64');
    const signed = header('aftership-hmac-sha256', sent, rawBody);
    expect((await check('aftership', signed, { secrets: ['Jefe'] })).ok).toBe(true);
    expect((await check('aftership', signed, { secrets: ['jefe'] })).ok).toBe(false);
  });

  it('of Cainiao: a + that was not encoded arrives as a space', async () => {
    const message = Array.from({ length: 50 }, (_, index) => `m${index}`).find((text) =>
      createHash('md5')
        .update(text + secret)
        .digest('base64')
        .includes('+'),
    );
    const digest = createHash('md5').update(`${message}${secret}`).digest('base64');
    const rawBody = Buffer.from(`logistics_interface=${message}&data_digest=${digest}`);
    expect((await check('cainiao', { rawBody, headers: {} })).ok).toBe(true);
  });

  it('of TrackingMore: its signature covers no body, so its webhooks are not taken', () => {
    const signature = hmac('2e55b9a3-4dd1-4416-9897-c4bd1e3d738f', '1662371528').digest('hex');
    expect(signature).toMatch(/^a37084ab.*1b06$/);
    expect(carrierNames).not.toContain('trackingmore');
  });

  (corpusDirectory() ? it : it.skip)(corpusTest('of EasyPost'), async () => {
    const vector = JSON.parse(
      readCorpus('carriers', 'easypost', 'webhook_signature_fixture.json').toString(),
    );
    const file = readCorpus('carriers', 'easypost', 'evt_tracker_updated_in_transit_SIGNED.json');
    const rawBody = Buffer.from(file.toString('utf8').trim());
    const signed = header('x-hmac-signature', vector.hmac_signature, rawBody);
    expect((await check('easypost', signed, { secrets: [vector.secret] })).ok).toBe(true);
  });
});

describe('EasyPost’s second signature', () => {
  const rawBody = Buffer.from(json);
  const timestamp = 'Mon, 23 Nov 2026 12:00:00 -0000';
  const path = '/webhooks/carriers/easypost';
  const told = (signature: string) => ({
    'x-hmac-signature-v2': `hmac-sha256-hex=${signature}`,
    'x-timestamp': timestamp,
    'x-path': path,
  });
  const observe = (headers: Record<string, string>) =>
    observeEasyPostV2({ rawBody, headers, secrets: [secret] });

  it('is only observed', () => {
    const signature = hmac(secret, `${timestamp}POST${path}`, rawBody).digest('hex');
    expect(observe({})).toBe('absent');
    expect(observe(told(signature))).toBe('matches');
    expect(observe(told('0'.repeat(64)))).toBe('differs');
    expect(observe({ 'x-hmac-signature-v2': signature })).toBe('incomplete');
  });
});
