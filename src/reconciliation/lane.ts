import type { KeyKind, ReconItem, Side } from './item.ts';
import { digestOfNumber, withOrderNumber } from './order-numbers.ts';
import type { Break, Match } from './outcome.ts';
import { reconcile } from './reconcile.ts';
import { type ItemRec, itemRecs, type RecId } from './recs.ts';
import { compactReference, isStructuredReference } from './references.ts';
import type { Calendar } from './worksheet.ts';

/**
 * Where items meet that may be one movement, and which recs are tried there, in order: what the first
 * leaves of the right side is the next one's. A bank line is in one lane, so it is never matched twice.
 */
export const LANES = {
  provider: ['A'],
  provider_payouts: ['B'],
  bank_in: ['C', 'G', 'E'],
  bank_out: ['G', 'D'],
} as const satisfies Record<string, readonly ItemRec['id'][]>;

export type Lane = keyof typeof LANES;

export const laneNames = Object.keys(LANES) as readonly Lane[];

/** Where the items of a rec are; none for those that have no items, two for exchanges. */
export const lanesOf = (rec: RecId): readonly Lane[] =>
  laneNames.filter((lane) => (LANES[lane] as readonly RecId[]).includes(rec));

/** What an item belongs to, where that is known. */
export type Subject = {
  readonly tradeId?: string;
  readonly payoutId?: string;
  /** The statement that has the line, or that announced it; `lineId` is the line there. */
  readonly statementId?: string;
  readonly lineId?: string;
};

/**
 * An item in its lane. The left is of one rec; the right is whichever rec's that takes it. One that is
 * `withdrawn` takes back what the books expected under its id, and is nothing else.
 */
export type LaneItem = {
  readonly lane: Lane;
  readonly side: Side;
  readonly rec: ItemRec['id'] | null;
  readonly item: ReconItem;
  readonly about?: Subject;
  readonly withdrawn?: true;
};

/** What items can have in common: two with one of these may be one movement, others never are. */
export function linksOf({
  keys,
  parts = [],
  mentions = [],
}: Pick<ReconItem, 'keys' | 'parts' | 'mentions'>): readonly string[] {
  const own = Object.entries(keys).map(([kind, value]) => linkOf(kind as KeyKind, value));
  const listed = parts.map((part) => linkOf('endToEndId', part));
  const mentioned = mentions.map((digest) => `orderNumber#${digest}`);
  return [...new Set([...own, ...listed, ...mentioned])];
}

function linkOf(kind: KeyKind, value: string): string {
  if (kind === 'orderNumber') return `${kind}#${digestOfNumber(value)}`;
  return kind === 'structuredReference' && isStructuredReference(value)
    ? `${kind}#${compactReference(value)}`
    : `${kind}#${value}`;
}

export type LaneOutcome = {
  readonly matches: readonly Match[];
  readonly breaks: readonly Break[];
  readonly awaited: readonly string[];
};

/**
 * Reconciles the open items of a lane. Of items that have nothing in common the outcome of each is its
 * own, so any set of items that holds all that its members are linked to may be given alone.
 */
export function settleLane(
  lane: Lane,
  items: readonly LaneItem[],
  calendar: Calendar,
): LaneOutcome {
  const recs = LANES[lane];
  const matches: Match[] = [];
  const breaks: Break[] = [];
  const awaited: string[] = [];
  const expected = items.filter(({ side }) => side === 'left').map(({ item }) => item);
  let right = withOrderNumbers(withPayouts(items), expected);
  for (const [index, id] of recs.entries()) {
    const left = items.filter(({ side, rec }) => side === 'left' && rec === id);
    const isLast = index === recs.length - 1;
    const outcome = reconcile(
      itemRecs[id],
      { left: left.map(({ item }) => item), right },
      calendar,
    );
    const kept = outcome.breaks.filter((found) => isLast || found.left.length > 0);
    matches.push(...outcome.matches);
    breaks.push(...kept);
    awaited.push(...outcome.awaited);
    const taken = new Set([...outcome.matches, ...kept].flatMap((found) => found.right));
    right = right.filter(({ id: itemId }) => !taken.has(itemId));
  }
  return { matches, breaks, awaited };
}

/** Each line with the payout whose trace id it carries, where that came to be known apart. */
function withPayouts(items: readonly LaneItem[]): readonly ReconItem[] {
  const payouts = new Map(
    items.flatMap(({ side, rec, item: { keys } }) =>
      side === 'left' && rec === null && keys.traceId !== undefined && keys.payoutId !== undefined
        ? [[keys.traceId, keys.payoutId] as const]
        : [],
    ),
  );
  return items
    .filter(({ side }) => side === 'right')
    .map(({ item }) => {
      const payoutId = payouts.get(item.keys.traceId ?? '');
      return payoutId === undefined ? item : { ...item, keys: { ...item.keys, payoutId } };
    });
}

/** Each line under its own id, and under the order that its text names among those that are expected. */
function withOrderNumbers(
  lines: readonly ReconItem[],
  expected: readonly ReconItem[],
): readonly ReconItem[] {
  const numbers = new Map(
    expected.flatMap(({ keys: { orderNumber } }) =>
      orderNumber === undefined ? [] : [[digestOfNumber(orderNumber), orderNumber] as const],
    ),
  );
  return lines.map((line) =>
    withOrderNumber({ ...line, keys: { ...line.keys, lineId: line.id } }, numbers),
  );
}
