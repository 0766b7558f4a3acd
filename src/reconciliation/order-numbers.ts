import { derivedId } from '../platform/ids.ts';
import type { ReconItem } from './item.ts';

const SHORTEST = 4;
const LONGEST = 64;
/** A text has at most 140 characters at a bank: more words than this are no payment's text. */
const MOST_WORDS = 16;

/** What of an order's number is kept beside a line: enough to know it by, and not to read it. */
export const digestOfNumber = (orderNumber: string): string =>
  derivedId('ord', orderNumber.toUpperCase());

/**
 * The words of a line's free text that may be an order's number, as digests: the text itself stays in
 * the vault. A number has a digit.
 */
export function mentionsIn(text: readonly string[]): readonly string[] {
  const words = text
    .join(' ')
    .toUpperCase()
    .split(/[^A-Z0-9-]+/)
    .filter(({ length }) => length >= SHORTEST && length <= LONGEST)
    .filter((word) => /\d/.test(word));
  return [...new Set(words)].slice(0, MOST_WORDS).map(digestOfNumber);
}

/**
 * A line with the order's number that it mentions, for rec E. The numbers are given by their digests:
 * two different ones say nothing.
 */
export function withOrderNumber(item: ReconItem, numbers: ReadonlyMap<string, string>): ReconItem {
  const found = (item.mentions ?? []).flatMap((digest) => numbers.get(digest) ?? []);
  const [orderNumber] = found;
  if (found.length !== 1 || orderNumber === undefined) return item;
  return { ...item, keys: { ...item.keys, orderNumber } };
}
