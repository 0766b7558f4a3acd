import { createHmac, timingSafeEqual } from 'node:crypto';

/** The keys that sign links: the current one first, then those that are still honored. */
export type LinkKeys = readonly [current: string, ...previous: string[]];

/** 192 bits: what is signed can't be guessed, and a link stays short enough for a message. */
export const MAC_LENGTH = 32;

/** The signature of a text for one purpose, so that what is signed for one is none for another. */
export const macOf = (key: string, purpose: string, text: string): string =>
  createHmac('sha256', key)
    .update(`tradelane/${purpose}/v1\n${text}`)
    .digest('base64url')
    .slice(0, MAC_LENGTH);

/** Whether a text was signed for that purpose by any of the keys; in constant time. */
export const isSigned = (
  keys: LinkKeys,
  purpose: string,
  { text, mac }: { readonly text: string; readonly mac: string },
): boolean =>
  keys.some((key) => {
    const expected = Buffer.from(macOf(key, purpose, text));
    const given = Buffer.from(mac);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
