import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Source of unpredictable bytes; a simulator passes its own to repeat a run. */
export type RandomBytes = (size: number) => Uint8Array;

export type Ids = {
  /** An object id such as `tr_3Qa…`: the prefix, an underscore and 24 characters. */
  next(prefix: string): string;
  /** Characters for a client secret, a request id or a webhook secret. */
  characters(length: number): string;
};

/** Ids in the shapes that Stripe uses. */
export function createIds(random: RandomBytes = randomBytes): Ids {
  const characters = (length: number) =>
    Array.from(random(length), (byte) => alphabet[byte % alphabet.length]).join('');
  return { characters, next: (prefix) => `${prefix}_3${characters(23)}` };
}
