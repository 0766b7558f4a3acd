import {
  bearerOf,
  headerOf,
  type SignatureCheck,
  type SignedRequest,
  verifyToken,
} from '../signature.ts';

/**
 * Checks the token that was registered for DHL's push (`hook.authentication`, `ApiKeyAuthentication`
 * with the header `x-api-key`). Neither body nor time is signed.
 */
export const verifyDhl = ({ headers, secrets }: SignedRequest): SignatureCheck =>
  verifyToken(headerOf(headers, 'x-api-key') ?? bearerOf(headers), secrets);
