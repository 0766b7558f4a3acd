import {
  equalBytes,
  headerOf,
  hexSha256,
  hmacSha256,
  outOfBounds,
  refused,
  type SignatureCheck,
  type SignedRequest,
  trySecrets,
  verifyToken,
} from '../signature.ts';

/**
 * Checks `Shippo-Auth-Signature: t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of `t`, a dot and the raw
 * body, not older than five minutes. Shippo signs only for accounts that asked for it; others put a
 * secret into the URL (`?token=`), which is accepted where no signature is sent.
 */
export const verifyShippo = ({
  rawBody,
  headers,
  query,
  secrets,
  now,
}: SignedRequest): SignatureCheck => {
  const header = headerOf(headers, 'shippo-auth-signature');
  if (header === undefined) return verifyToken(query?.['token'], secrets);
  const parts = header.split(',').map((part) => part.trim());
  const signedAt = valuesOf(parts, 't')[0];
  const signatures = valuesOf(parts, 'v1').flatMap((text) => hexSha256(text) ?? []);
  if (signedAt === undefined || !/^\d{1,12}$/.test(signedAt) || signatures.length === 0) {
    return refused('malformed_signature');
  }
  const checked = trySecrets(secrets, (secret) => {
    const expected = hmacSha256(secret, `${signedAt}.`, rawBody);
    return signatures.some((signature) => equalBytes(signature, expected));
  });
  return checked.ok ? (outOfBounds(Number(signedAt) * 1_000, now) ?? checked) : checked;
};

const valuesOf = (parts: readonly string[], name: string): readonly string[] =>
  parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
