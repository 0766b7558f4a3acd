import { decodePayload } from '../decode.ts';
import { at } from '../json-value.ts';
import {
  base64Bytes,
  equalBytes,
  headerOf,
  hmacSha256,
  outOfBounds,
  refused,
  type SignatureCheck,
  type SignedRequest,
  trySecrets,
} from '../signature.ts';

const DIGEST_BYTES = 32;

/**
 * Checks USPS's `X-HMAC` (`hmac-header` in older subscriptions): HMAC-SHA256 in base64 of the
 * envelope's `timestamp` followed by its `payload`, a string that is signed as it came. The rest of
 * the envelope is not signed. The time is, and may be five minutes from ours.
 */
export const verifyUsps = ({ rawBody, headers, secrets, now }: SignedRequest): SignatureCheck => {
  const header = headerOf(headers, 'x-hmac', 'hmac-header');
  if (header === undefined) return refused('missing_signature');
  const signature = base64Bytes(header, DIGEST_BYTES);
  const decoded = decodePayload(rawBody);
  const envelope = decoded.kind === 'decoded' ? decoded.value : undefined;
  const timestamp = at(envelope, 'timestamp');
  const payload = at(envelope, 'payload');
  if (signature === undefined || typeof timestamp !== 'string' || typeof payload !== 'string') {
    return refused('malformed_signature');
  }
  const checked = trySecrets(secrets, (secret) =>
    equalBytes(hmacSha256(secret, timestamp, payload), signature),
  );
  return checked.ok ? (outOfBounds(Date.parse(timestamp), now) ?? checked) : checked;
};
