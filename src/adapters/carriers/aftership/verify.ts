import { type SignatureCheck, type SignedRequest, verifyBase64Hmac } from '../signature.ts';

/**
 * Checks `aftership-hmac-sha256`: HMAC-SHA256 of the raw body in base64. It covers no time: `ts` in
 * the body is the event's, and stays the same for the 68 hours in which AfterShip tries again.
 */
export const verifyAfterShip = (request: SignedRequest): SignatureCheck =>
  verifyBase64Hmac(request, 'aftership-hmac-sha256');
