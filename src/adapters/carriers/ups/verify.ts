import {
  bearerOf,
  headerOf,
  type SignatureCheck,
  type SignedRequest,
  verifyToken,
} from '../signature.ts';

/**
 * Checks the credential that was given to UPS with the subscription, which Track Alert sends back
 * in `credential` or as a bearer token. Neither body nor time is signed.
 */
export const verifyUps = ({ headers, secrets }: SignedRequest): SignatureCheck =>
  verifyToken(headerOf(headers, 'credential') ?? bearerOf(headers), secrets);
