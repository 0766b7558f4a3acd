import { createPublicKey, type KeyObject } from 'node:crypto';
import { at, objectsIn } from '../json-value.ts';

/** The keys that ShipEngine signs with, by their ids. */
export type KeySet = (keyId: string) => Promise<KeyObject | undefined>;

const KEEP_MS = 12 * 3_600_000;
/** Unknown key ids are cheap to invent: they make us ask no more often than this. */
const ASK_AGAIN_MS = 60_000;

/** The RSA keys of a JSON Web Key Set by their `kid`; what is no such key is left out. */
export const keysIn = (jwks: unknown): ReadonlyMap<string, KeyObject> => {
  const keys = new Map<string, KeyObject>();
  for (const { kid, kty, n, e } of objectsIn(at(jwks, 'keys'))) {
    if (typeof kid !== 'string' || kty !== 'RSA') continue;
    if (typeof n !== 'string' || typeof e !== 'string') continue;
    keys.set(kid, createPublicKey({ key: { kty, n, e }, format: 'jwk' }));
  }
  return keys;
};

/**
 * Keeps a key set for twelve hours, and asks for it again when a webhook names a key that is not in
 * it: ShipEngine rotates without notice. Whoever asks while it is fetched waits for that answer.
 *
 * `fetchKeys` answers the JSON of the key set and throws where it can't.
 */
export const cachedKeySet = ({
  fetchKeys,
  now,
}: {
  readonly fetchKeys: () => Promise<unknown>;
  readonly now: () => Date;
}): KeySet => {
  let held: { readonly keys: ReadonlyMap<string, KeyObject>; readonly at: number } | undefined;
  let asking: Promise<ReadonlyMap<string, KeyObject>> | undefined;
  /** What is held stays until the answer is there: anyone can make us ask, by inventing a key id. */
  const ask = (): Promise<ReadonlyMap<string, KeyObject>> => {
    const at = now().getTime();
    asking ??= fetchKeys()
      .then((jwks) => {
        held = { keys: keysIn(jwks), at };
        return held.keys;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return async (keyId) => {
    const ageMs = held === undefined ? Number.POSITIVE_INFINITY : now().getTime() - held.at;
    const keys = held === undefined || ageMs > KEEP_MS ? await ask() : held.keys;
    const known = keys.get(keyId);
    return (
      known ?? (ageMs > ASK_AGAIN_MS && ageMs <= KEEP_MS ? (await ask()).get(keyId) : undefined)
    );
  };
};
