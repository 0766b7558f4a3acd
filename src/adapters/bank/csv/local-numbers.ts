import { type ParsedAmount, parseDecimal } from '../amounts.ts';
import { statementDigits } from '../currencies.ts';

/** Which character stands before the decimals. */
export type DecimalMark = '.' | ',';

const GROUPING_CHARACTERS = /[\s\u00a0\u202f'’_]/g;

type Bare = { readonly negative: boolean; readonly digits: string };

/** Takes off signs, parentheses, currencies and grouping: what is left is digits and marks. */
function bare(text: string): Bare {
  const compact = text.replace(GROUPING_CHARACTERS, '').replace(/[−–]/g, '-');
  const negative = /^\(.*\)$/.test(compact) || /^[^\d]*-|-$/.test(compact);
  const digits = compact
    .replace(/^[()+-]+|[()+-]+$/g, '')
    .replace(/^(?:[A-Z]{3}|\p{Sc})|(?:[A-Z]{3}|\p{Sc})$/gu, '')
    .replace(/^[+-]/, '');
  return { negative, digits };
}

/** What one number tells about the mark: undefined where it could be either. */
function markIn(text: string): DecimalMark | undefined {
  const { digits } = bare(text);
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot < 0 && comma < 0) return undefined;
  const last = dot > comma ? '.' : ',';
  if (dot >= 0 && comma >= 0) return last;
  const other = last === '.' ? ',' : '.';
  const parts = digits.split(last);
  if (parts.length > 2) return other;
  return (parts[1] ?? '').length === 3 && /^[1-9]\d{0,2}$/.test(parts[0] ?? '') ? undefined : last;
}

/** The mark that a file's numbers agree on, or undefined where none of them tells. */
export function decimalMark(texts: Iterable<string>): DecimalMark | undefined {
  let dots = 0;
  let commas = 0;
  for (const text of texts) {
    const mark = markIn(text);
    if (mark === '.') dots += 1;
    if (mark === ',') commas += 1;
  }
  if (dots === commas) return undefined;
  return dots > commas ? '.' : ',';
}

/**
 * A number as people of some place write it (`1.234,50-`, `(1,234.50)`, `CHF 1’234.50`), in minor
 * units. `1,234` alone says nothing about its mark: it is refused unless the file's other numbers,
 * or the three decimals of the currency, decide.
 */
export function parseLocal(
  text: string,
  currency: string,
  mark: DecimalMark | undefined,
): ParsedAmount {
  const { negative, digits } = bare(text);
  const own = mark ?? markIn(text);
  const isPlain = /^\d+$/.test(digits);
  if (own === undefined && !isPlain && statementDigits(currency) !== 3) {
    const detail = `${JSON.stringify(text.slice(0, 40))} may have a thousands or a decimal mark.`;
    return { ok: false, fault: 'amount_invalid', detail };
  }
  const used = own ?? (digits.includes(',') ? ',' : '.');
  const grouping = used === '.' ? ',' : '.';
  const isGrouped = digits.includes(grouping);
  const whole = digits.split(used)[0] ?? '';
  if (isGrouped && !/^\d{1,3}(?:[.,]\d{2,3})*$/.test(whole)) {
    const detail = `${JSON.stringify(text.slice(0, 40))} is no amount.`;
    return { ok: false, fault: 'amount_invalid', detail };
  }
  const plain = digits.replaceAll(grouping, '').replace(used, '.');
  return parseDecimal(negative ? `-${plain}` : plain, currency);
}
