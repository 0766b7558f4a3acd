import { toMajorString } from '../../src/money/format.ts';
import type { Money } from '../../src/money/money.ts';

const MILLISECONDS_PER_SECOND = 1_000;
const WIDEST = 100;
const NARROWEST = 60;

/** `11,500.00`: major units with all decimals, grouped, exact at any size. */
export function majorUnits(amount: Money): string {
  const [whole = '', fraction] = toMajorString(amount).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `11,500.00 USD` */
export const amountText = (amount: Money): string => `${majorUnits(amount)} ${amount.currency}`;

/** `12.3 s` */
export const secondsText = (milliseconds: number): string =>
  `${(milliseconds / MILLISECONDS_PER_SECOND).toFixed(1)} s`;

/** `LEIPZIG, DE`, as far as it is known. */
export const placeText = (
  place: { readonly city?: string | undefined; readonly country?: string | undefined } | undefined,
): string => [place?.city, place?.country].filter((part) => part !== undefined).join(', ');

/** `in_fulfilment` as people say it. */
export const plainWords = (name: string): string => name.replaceAll('_', ' ');

/** At most `width` characters; what is cut off shows as `…`. */
export const shorten = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** Breaks text between words into lines of at most `width`; a longer word keeps a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** How many columns to write: those of the terminal, within what reads well. */
export const widthOf = (stream: { readonly columns?: number | undefined }): number =>
  Math.min(WIDEST, Math.max(NARROWEST, stream.columns ?? WIDEST));
