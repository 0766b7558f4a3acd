import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { keysIn } from '../../../src/adapters/carriers/shipengine/keys.ts';
import { shipEngineVerifier } from '../../../src/adapters/carriers/shipengine/verify.ts';

const now = new Date('2026-11-23T12:00:00Z');
const [current, next, stranger] = [1, 2, 3].map(() =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 }),
) as [KeyPair, KeyPair, KeyPair];
type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const jwk = ({ publicKey }: KeyPair, kid: string) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
});
const keys = keysIn({ keys: [jwk(current, 'key-1'), jwk(next, 'key-2')] });
const verify = shipEngineVerifier(async (keyId) => keys.get(keyId));

const check = async (keyId: string, { privateKey }: KeyPair) => {
  const rawBody = Buffer.from('{"resource_type":"API_TRACK", "data":{}}');
  const timestamp = now.toISOString();
  const signer = createSign('RSA-SHA256').update(`${timestamp}.`).update(rawBody);
  const headers = {
    'x-shipengine-rsa-sha256-key-id': keyId,
    'x-shipengine-rsa-sha256-signature': signer.sign(privateKey, 'base64'),
    'x-shipengine-timestamp': timestamp,
  };
  return verify({ rawBody, headers, secrets: [], now });
};

describe('A webhook of ShipEngine', () => {
  it('is accepted under either key of a rotation', async () => {
    expect(await check('key-1', current)).toEqual({ ok: true, secretIndex: 0 });
    expect(await check('key-2', next)).toEqual({ ok: true, secretIndex: 0 });
  });

  it('is refused where another key signed it under the name of one in the set', async () => {
    expect(await check('key-1', stranger)).toEqual({ ok: false, reason: 'mismatch' });
    expect(await check('key-1', next)).toEqual({ ok: false, reason: 'mismatch' });
  });
});
