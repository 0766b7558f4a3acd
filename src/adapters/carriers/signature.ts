import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Why a webhook is not taken for its provider's. */
export type SignatureRefusal =
  | 'missing_signature'
  | 'malformed_signature'
  | 'mismatch'
  | 'stale'
  | 'future'
  | 'unknown_key';

/**
 * `secretIndex` tells which secret signed: when it is never 0 any more, the rotation is stuck.
 * `unsigned` says that only a token was shown: it tells nothing of the body that came with it.
 */
export type SignatureCheck =
  | { readonly ok: true; readonly secretIndex: number; readonly unsigned?: true }
  | { readonly ok: false; readonly reason: SignatureRefusal };

/** What a verifier looks at. */
export type SignedRequest = {
  /** The bytes as they came, decoded from base64 first where the gateway says so. */
  readonly rawBody: Uint8Array;
  /** Their names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The query of the URL; only tokens are looked for in it. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** The current secret and, during a rotation, the one before it. */
  readonly secrets: readonly string[];
  readonly now: Date;
};

export type Verifier = (request: SignedRequest) => SignatureCheck | Promise<SignatureCheck>;

export const refused = (reason: SignatureRefusal): SignatureCheck => ({ ok: false, reason });

/** A header's value without outer spaces; undefined where it is missing or empty. */
export const headerOf = (
  headers: SignedRequest['headers'],
  ...names: readonly string[]
): string | undefined =>
  names.map((name) => headers[name]?.trim()).find((value) => value !== undefined && value !== '');

/**
 * Tries every secret. An empty secret signs nothing: anyone could compute its signature.
 */
export const trySecrets = (
  secrets: readonly string[],
  signs: (secret: string) => boolean,
): SignatureCheck => {
  const secretIndex = secrets.findIndex((secret) => secret !== '' && signs(secret));
  return secretIndex >= 0 ? { ok: true, secretIndex } : refused('mismatch');
};

export const hmacSha256 = (secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

/** Compares in constant time; bytes of another length are not equal. */
export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.byteLength === right.byteLength && timingSafeEqual(left, right);

/** Compares texts in constant time, whatever their lengths. */
export const equalText = (left: string, right: string): boolean =>
  timingSafeEqual(
    createHash('sha256').update(left, 'utf8').digest(),
    createHash('sha256').update(right, 'utf8').digest(),
  );

/** A SHA-256 in hex, of 64 digits; undefined for anything else. */
export const hexSha256 = (text: string): Buffer | undefined =>
  /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : undefined;

/** Bytes in strict base64 with its padding, of the given length; undefined for anything else. */
export const base64Bytes = (text: string, byteLength: number): Buffer | undefined => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.byteLength === byteLength && bytes.toString('base64') === text ? bytes : undefined;
};

/** How far a signed time may be from ours, either way. */
export const TOLERANCE_MS = 300_000;

/** `stale` or `future` for a signed time out of bounds; undefined where it is within them. */
export const outOfBounds = (signedAtMs: number, now: Date): SignatureCheck | undefined => {
  const ageMs = now.getTime() - signedAtMs;
  if (Number.isNaN(ageMs)) return refused('malformed_signature');
  if (ageMs > TOLERANCE_MS) return refused('stale');
  return ageMs < -TOLERANCE_MS ? refused('future') : undefined;
};

/** A secret that is sent as it is, in one of several headers or in a query. It signs no body. */
export const verifyToken = (
  token: string | undefined,
  secrets: readonly string[],
): SignatureCheck => {
  if (token === undefined || token === '') return refused('missing_signature');
  const check = trySecrets(secrets, (secret) => equalText(secret, token));
  return check.ok ? { ...check, unsigned: true } : check;
};

/** The token of `Authorization: Bearer`; undefined where there is none. */
export const bearerOf = (headers: SignedRequest['headers']): string | undefined =>
  /^Bearer\s+(\S+)$/i.exec(headers['authorization']?.trim() ?? '')?.[1];

const HMAC_BYTES = 32;

/** HMAC-SHA256 of the raw body, keyed with the secret, in base64 in a header of its own. */
export function verifyBase64Hmac(
  { rawBody, headers, secrets }: SignedRequest,
  name: string,
): SignatureCheck {
  const header = headerOf(headers, name);
  if (header === undefined) return refused('missing_signature');
  const signature = base64Bytes(header, HMAC_BYTES);
  if (signature === undefined) return refused('malformed_signature');
  return trySecrets(secrets, (secret) => equalBytes(hmacSha256(secret, rawBody), signature));
}
