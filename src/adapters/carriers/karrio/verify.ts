import { headerOf, type SignatureCheck, type SignedRequest, verifyToken } from '../signature.ts';

/** Checks karrio's `X-Event-Id`, which is the webhook's secret as it is. Nothing is signed. */
export const verifyKarrio = ({ headers, secrets }: SignedRequest): SignatureCheck =>
  verifyToken(headerOf(headers, 'x-event-id'), secrets);
