import { randomBytes } from 'node:crypto';

/** Source of unpredictable bytes. */
export type RandomBytes = (size: number) => Uint8Array;

export type Ids = {
  /** An object id in EasyPost's shape: the prefix, an underscore and 32 hex characters. */
  next(prefix: string): string;
  hex(length: number): string;
  digits(length: number): string;
};

export function createIds(random: RandomBytes = randomBytes): Ids {
  const hex = (length: number) =>
    Buffer.from(random(Math.ceil(length / 2)))
      .toString('hex')
      .slice(0, length);
  return {
    hex,
    next: (prefix) => `${prefix}_${hex(32)}`,
    digits: (length) => Array.from(random(length), (byte) => byte % 10).join(''),
  };
}
