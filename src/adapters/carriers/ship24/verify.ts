import { bearerOf, type SignatureCheck, type SignedRequest, verifyToken } from '../signature.ts';

/** Checks Ship24's `Authorization: Bearer <webhook secret>`. Neither body nor time is signed. */
export const verifyShip24 = ({ headers, secrets }: SignedRequest): SignatureCheck =>
  verifyToken(bearerOf(headers), secrets);
