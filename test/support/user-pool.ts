import { generateKeyPairSync, sign } from 'node:crypto';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

export const POOL = 'eu-central-1_Ab12Cd34E';
export const CLIENT = '4o7sample8client9id';
export const SUBJECT = '0f6b2c1e-7d1a-4c58-9c1e-3b5a6d7e8f90';

const MINUTE_SECONDS = 60;

export type Claims = Readonly<Record<string, unknown>>;

const base64url = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A time of a token, from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** What Cognito writes into an access token, with what a test changes. */
export const accessClaims = (more: Claims = {}): Claims => ({
  ...{ sub: SUBJECT, client_id: CLIENT, token_use: 'access', scope: 'openid' },
  iss: `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`,
  ...{ 'cognito:groups': ['finance:read', 'finance:post'], username: SUBJECT },
  ...{ iat: inSeconds(-MINUTE_SECONDS), exp: inSeconds(14 * MINUTE_SECONDS), ...more },
});

/** A key pair as a pool has it. `header` is what a forger would change. */
export const createSigner = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' },
    sign: (claims: Claims, header: object = {}): string => {
      const content = `${base64url({ alg: 'RS256', kid, ...header })}.${base64url(claims)}`;
      return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
    },
  };
};

/** The keys as the pool publishes them; undefined where it does not answer. Counts how often it is asked. */
export const publishedKeys = (keys: () => readonly object[] | undefined) => {
  const asked = { times: 0 };
  const fetch = async (uri: string): Promise<ArrayBuffer> => {
    asked.times += 1;
    const published = keys();
    if (published === undefined) throw new FetchError(uri, 'no answer');
    return new Uint8Array(Buffer.from(JSON.stringify({ keys: published }))).buffer;
  };
  return { asked, jwksCache: new SimpleJwksCache({ fetcher: { fetch } }) };
};
