import { createHash } from 'node:crypto';
import { formFields } from '../decode.ts';
import {
  base64Bytes,
  equalBytes,
  headerOf,
  refused,
  type SignatureCheck,
  type SignedRequest,
  trySecrets,
} from '../signature.ts';

const DIGEST_BYTES = 16;

/**
 * Checks Cainiao LINK's `data_digest`, a field of the form beside the message: base64 of the MD5 of
 * `logistics_interface` and the secret. It covers no time, and MD5 is Cainiao's choice. A `+` that
 * the sender left unencoded arrives as a space and is put back.
 */
export const verifyCainiao = ({ rawBody, headers, secrets }: SignedRequest): SignatureCheck => {
  const body = new TextDecoder().decode(rawBody);
  const fields = formFields(body);
  const digest = fields['data_digest'] ?? headerOf(headers, 'data_digest', 'data-digest');
  if (digest === undefined) return refused('missing_signature');
  const message = fields['logistics_interface'] ?? body;
  const signature = base64Bytes(digest.trim().replaceAll(' ', '+'), DIGEST_BYTES);
  if (signature === undefined) return refused('malformed_signature');
  return trySecrets(secrets, (secret) =>
    equalBytes(
      createHash('md5')
        .update(message + secret, 'utf8')
        .digest(),
      signature,
    ),
  );
};
