const KEY_SET_URL = 'https://api.shipengine.com/jwks';
/** Webhooks are answered in well under two seconds. */
const TIMEOUT_MS = 1_500;

/** ShipEngine's public key set. Throws where it is not answered in time. */
export const fetchShipEngineKeys = async (): Promise<unknown> => {
  const answer = await fetch(KEY_SET_URL, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`ShipEngine's key set was answered with ${answer.status}.`);
  return answer.json();
};
