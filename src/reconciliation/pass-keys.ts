import type { KeyKind, ReconItem } from './item.ts';
import { compactReference, isStructuredReference } from './references.ts';
import type { Pairing, Worksheet } from './worksheet.ts';

type Sides = { readonly left: readonly ReconItem[]; readonly right: readonly ReconItem[] };

/** Nearly every key has one item, and a list for each would double what a day's lines take. */
type OneOrMany = ReconItem | ReconItem[];

/** Items by the value of one key. */
export class KeyIndex {
  private readonly found = new Map<string, OneOrMany>();

  get size(): number {
    return this.found.size;
  }

  get(value: string): readonly ReconItem[] {
    const items = this.found.get(value);
    return items === undefined ? [] : Array.isArray(items) ? items : [items];
  }

  add(value: string, item: ReconItem): void {
    const items = this.found.get(value);
    if (items === undefined) this.found.set(value, item);
    else if (Array.isArray(items)) items.push(item);
    else this.found.set(value, [items, item]);
  }

  values(): Iterable<string> {
    return this.found.keys();
  }
}

/** Items by the value of one key; those that are taken, or have no such key, are left out. */
export function indexBy(
  items: readonly ReconItem[],
  kind: KeyKind,
  isOpen: (item: ReconItem) => boolean,
): KeyIndex {
  const index = new KeyIndex();
  for (const item of items) {
    const value = keyOf(item, kind);
    if (value !== undefined && isOpen(item)) index.add(value, item);
  }
  return index;
}

/** A structured reference counts only if its check digits are right. */
function keyOf(item: ReconItem, kind: KeyKind): string | undefined {
  const value = item.keys[kind];
  if (value === undefined || value === '') return undefined;
  if (kind !== 'structuredReference') return value;
  return isStructuredReference(value) ? compactReference(value) : undefined;
}

/** Pairs of a key's left and right items, in the order of the left. */
function* shared(sheet: Worksheet, { left, right }: Sides, kind: KeyKind): Generator<Pairing> {
  const rights = indexBy(right, kind, isSingle(sheet));
  if (rights.size === 0) return;
  const lefts = indexBy(left, kind, isSingle(sheet));
  for (const value of lefts.values()) {
    const found = rights.get(value);
    if (found.length > 0) yield { left: lefts.get(value), right: found };
  }
}

/** A line of several payments is a group's, whatever single key it carries. */
const isSingle =
  (sheet: Worksheet) =>
  (item: ReconItem): boolean =>
    sheet.isOpen(item) && (item.parts?.length ?? 0) === 0;

/** Pass 1: one key, currency and amount. */
export function matchExactly(sheet: Worksheet, sides: Sides, kind: KeyKind): void {
  const pass = kind === 'structuredReference' ? 'structured_reference' : 'exact';
  for (const pairing of shared(sheet, sides, kind)) {
    for (const candidates of alike(pairing)) {
      if (candidates.left.length === 1 && candidates.right.length === 1) {
        sheet.match(pass, candidates);
      } else if (candidates.left.length > 0 && candidates.right.length > 0) {
        sheet.break('duplicate', candidates, 'Several items have this key and amount.');
      }
    }
  }
}

/** Splits items of one key by currency, amount, and whether they came back. */
function alike({ left, right }: Pairing): Iterable<Pairing> {
  const [onlyLeft, onlyRight] = [left[0], right[0]];
  if (left.length === 1 && right.length === 1 && onlyLeft && onlyRight) {
    return signature(onlyLeft) === signature(onlyRight) ? [{ left, right }] : [];
  }
  const groups = new Map<string, { left: ReconItem[]; right: ReconItem[] }>();
  for (const side of ['left', 'right'] as const) {
    for (const item of { left, right }[side]) {
      const key = signature(item);
      const group = groups.get(key) ?? { left: [], right: [] };
      group[side].push(item);
      groups.set(key, group);
    }
  }
  return groups.values();
}

const signature = (item: ReconItem): string =>
  `${item.currency} ${item.amountMinor} ${item.returned === undefined}`;

/**
 * Pass 2: one key, and an amount inside the tolerance. Where groups may share this key, several
 * items are left to them; elsewhere several candidates go to a person.
 */
export function matchWithinTolerance(sheet: Worksheet, sides: Sides, kind: KeyKind): void {
  const pass = kind === 'structuredReference' ? 'structured_reference' : 'exact';
  const isGrouped = sheet.rec.groupings.some((grouping) => grouping.key === kind);
  for (const { left, right } of shared(sheet, sides, kind)) {
    const pairing = { left, right: right.filter((item) => item.returned === undefined) };
    const [one, other] = [left[0], pairing.right[0]];
    if (one === undefined || other === undefined) continue;
    if (left.length === 1 && pairing.right.length === 1) {
      settlePair(sheet, pass, one, other);
    } else if (!isGrouped) {
      sheet.break('duplicate', pairing, 'Several items have this key, none with this amount.');
    }
  }
}

function settlePair(
  sheet: Worksheet,
  pass: 'exact' | 'structured_reference',
  left: ReconItem,
  right: ReconItem,
): void {
  const pairing = { left: [left], right: [right] };
  if (left.currency !== right.currency) {
    const detail = `Expected ${left.currency}, found ${right.currency}.`;
    sheet.break('currency', pairing, detail);
    return;
  }
  const isPayment = left.amountMinor < 0n;
  sheet.settle(pass, pairing, (difference) => (difference > 0n === isPayment ? 'under' : 'over'));
}
