import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import type { CarrierName } from '../../../src/adapters/carriers/readers.ts';
import { keysIn } from '../../../src/adapters/carriers/shipengine/keys.ts';
import type { SignatureCheck, SignedRequest } from '../../../src/adapters/carriers/signature.ts';
import { carrierVerifiers } from '../../../src/adapters/carriers/verifiers.ts';

export const now = new Date('2026-11-23T12:00:00Z');
export const secret = 'a-secret-of-the-webhook';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1' }] };
const verifiers = carrierVerifiers(async (keyId) => keysIn(jwks).get(keyId));

export const hmac = (key: string, ...parts: readonly (string | Uint8Array)[]) => {
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

export const json = '{"event":"track_updated","weight":17, "data":{"tracking_number":"1"}}';
export const header = (name: string, value: string, rawBody: Buffer): Signed => ({
  rawBody,
  headers: { [name]: value },
});

/** How each carrier signs, as its documents have it. */
export const schemes: Readonly<Record<CarrierName, Scheme>> = {
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

/** What the verifier of the carrier says of a request, at `now` and under the one secret. */
export const check = async (
  carrier: CarrierName,
  signed: Signed,
  more: Partial<SignedRequest> = {},
): Promise<SignatureCheck> =>
  await verifiers[carrier]({ ...signed, secrets: [secret], now, ...more });

export const signedBy = (carrier: CarrierName, key = secret, at = now): Signed =>
  schemes[carrier].sign(Buffer.from(schemes[carrier].body), key, at);
