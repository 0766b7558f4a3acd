import type { ReconItem, Side } from './item.ts';
import { indexBy } from './pass-keys.ts';
import type { Grouping } from './recs.ts';
import type { Pairing, Worksheet } from './worksheet.ts';

type Sides = Readonly<Record<Side, readonly ReconItem[]>>;

/**
 * Pass 4: items that share a batch key make the one that carries it. The key decides who belongs
 * together; sums are only checked, never searched.
 */
export function matchGroups(sheet: Worksheet, sides: Sides, { many, key }: Grouping): void {
  const one: Side = many === 'left' ? 'right' : 'left';
  const ones = indexBy(sides[one], key, sheet.isOpen);
  const groups = indexBy(sides[many], key, sheet.isOpen);
  for (const value of ones.values()) {
    const group = groups.get(value).filter((item) => item.returned === undefined);
    if (group.length > 0) settleGroup(sheet, pairingOf(many, group, ones.get(value)));
  }
}

const pairingOf = (
  many: Side,
  group: readonly ReconItem[],
  single: readonly ReconItem[],
): Pairing => (many === 'left' ? { left: group, right: single } : { left: single, right: group });

/** A bank line that lists its payments makes exactly those. */
export function matchParts(sheet: Worksheet, { left, right }: Sides): void {
  const [kind = 'endToEndId'] = sheet.rec.keys;
  const lefts = indexBy(left, kind, sheet.isOpen);
  for (const line of right) {
    const parts = line.parts ?? [];
    if (parts.length === 0 || !sheet.isOpen(line)) continue;
    const found = parts.flatMap((part) => lefts.get(part).filter(sheet.isOpen));
    if (found.length > 0) settleGroup(sheet, { left: [...new Set(found)], right: [line] });
  }
}

function settleGroup(sheet: Worksheet, pairing: Pairing): void {
  const { left, right } = pairing;
  if (left.length > 1 && right.length > 1) {
    sheet.break('duplicate', pairing, 'Several items carry the key of this batch.');
    return;
  }
  const currencies = new Set([...left, ...right].map((item) => item.currency));
  if (currencies.size > 1) {
    sheet.break('currency', pairing, `A batch in ${[...currencies].sort().join(' and ')}.`);
    return;
  }
  sheet.settle('batch_group', pairing, () => 'split');
}
