import { equalBytes, headerOf, hmacSha256, type SignedRequest } from '../signature.ts';

/** What EasyPost's second signature shows. `absent` where there is none. */
export type V2Observation = 'absent' | 'incomplete' | 'matches' | 'differs';

/**
 * Looks at `X-Hmac-Signature-V2`, which EasyPost sends beside the first one: HMAC-SHA256 of
 * `X-Timestamp`, the method, `X-Path` and the body, by all accounts but EasyPost's own. Nothing is
 * decided by it: it is only told, until its form is certain.
 */
export const observeEasyPostV2 = ({
  rawBody,
  headers,
  secrets,
}: Pick<SignedRequest, 'rawBody' | 'headers' | 'secrets'>): V2Observation => {
  const header = headerOf(headers, 'x-hmac-signature-v2');
  if (header === undefined) return 'absent';
  const signature = /^(?:hmac-sha256-hex=)?([0-9a-f]{64})$/i.exec(header)?.[1];
  const timestamp = headerOf(headers, 'x-timestamp');
  const path = headerOf(headers, 'x-path');
  if (signature === undefined || timestamp === undefined || path === undefined) return 'incomplete';
  const told = Buffer.from(signature, 'hex');
  return secrets.some((secret) => {
    const expected = hmacSha256(secret.normalize('NFKD'), `${timestamp}POST${path}`, rawBody);
    return secret !== '' && equalBytes(expected, told);
  })
    ? 'matches'
    : 'differs';
};
