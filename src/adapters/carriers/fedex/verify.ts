import { type SignatureCheck, type SignedRequest, verifyBase64Hmac } from '../signature.ts';

/**
 * Checks FedEx's `fdx-signature`: HMAC-SHA256 of the raw body, keyed with the project's security
 * token, in base64. FedEx's text says hex, its formula and code base64. It covers no time.
 */
export const verifyFedEx = (request: SignedRequest): SignatureCheck =>
  verifyBase64Hmac(request, 'fdx-signature');
