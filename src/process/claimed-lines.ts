import type { TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { treasuryStream } from '../platform/ids.ts';
import { awaitedTransferId } from '../reconciliation/expectations.ts';
import { type Lane, type LaneOutcome, settleLane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import type { Calendar } from '../reconciliation/worksheet.ts';
import { movementEvolution } from '../treasury/movement.ts';
import { bookedByReference } from './take-references.ts';

export type ClaimedLinesPorts = {
  readonly lanes: Pick<LaneStore, 'getItems'>;
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
};

/** What is expected by itself, and booked once its line is there. */
export async function isBookedByLine(
  { movements }: Pick<ClaimedLinesPorts, 'movements'>,
  { lane, rec, item, about }: StoredItem,
): Promise<boolean> {
  if (lane !== 'bank_in') return false;
  const { tradeId, payoutId } = about ?? {};
  if (tradeId !== undefined && item.id === awaitedTransferId(tradeId)) return true;
  if (rec !== 'C' || payoutId === undefined) return false;
  const { status } = fold(movementEvolution, await movements.load(treasuryStream(payoutId)));
  return status !== 'recorded';
}

type Settled = LaneOutcome & {
  /** Expected no longer: finance has booked them by another name. */
  readonly known: ReadonlySet<string>;
};

type Claims = Map<string, ReadonlyMap<string, TreasuryEvent>>;

/**
 * Reconciles a lane as `settleLane` does, but that what a person has booked by a reference of a line's
 * goes before what is booked only with a line: such a line is that movement's alone, also while the
 * movement is on its way here. Else the same money is booked by both.
 */
export async function settleClaimed(
  ports: ClaimedLinesPorts,
  lane: Lane,
  { items, calendar }: { readonly items: readonly StoredItem[]; readonly calendar: Calendar },
): Promise<Settled> {
  const claims: Claims = new Map();
  const known = new Set<string>();
  for (;;) {
    const outcome = settleApart(lane, items, { claims, known, calendar });
    const found = await claimsOn(ports, outcome, { items, claims });
    if (found.length === 0) return { ...outcome, known };
    for (const { line, left, booked } of found) {
      claims.set(line.item.id, booked);
      for (const one of left.filter((each) => isThatPayout(each, [...booked.values()]))) {
        known.add(one.item.id);
      }
    }
  }
}

/** Lines that are claimed, with what claims them; and all the others. */
function settleApart(
  lane: Lane,
  items: readonly StoredItem[],
  {
    claims,
    known,
    calendar,
  }: { readonly claims: Claims; readonly known: ReadonlySet<string>; readonly calendar: Calendar },
): LaneOutcome {
  const ids = new Set([...claims].flatMap(([id, booked]) => [id, ...booked.keys()]));
  const wanted = items.filter(({ item }) => !known.has(item.id));
  const parts = [true, false].map((isClaimed) =>
    settleLane(
      lane,
      wanted.filter(({ item }) => ids.has(item.id) === isClaimed),
      calendar,
    ),
  );
  return {
    matches: parts.flatMap(({ matches }) => matches),
    breaks: parts.flatMap(({ breaks }) => breaks),
    awaited: parts.flatMap(({ awaited }) => awaited),
  };
}

type Claim = {
  readonly line: StoredItem;
  readonly left: readonly StoredItem[];
  readonly booked: ReadonlyMap<string, TreasuryEvent>;
};

/**
 * Lines that would book what they are matched with, though they are booked by a reference of theirs. What
 * is booked so and has found another line is none of theirs: a reference may be used twice.
 */
async function claimsOn(
  ports: ClaimedLinesPorts,
  { matches }: LaneOutcome,
  { items, claims }: { readonly items: readonly StoredItem[]; readonly claims: Claims },
): Promise<readonly Claim[]> {
  const byId = new Map(items.map((one) => [one.item.id, one]));
  const found = new Set(matches.flatMap((match) => match.left));
  const claimed: Claim[] = [];
  for (const match of matches) {
    const left = match.left.flatMap((id) => byId.get(id) ?? []);
    const books = await Promise.all(left.map((one) => isBookedByLine(ports, one)));
    if (!books.includes(true)) continue;
    for (const line of match.right.flatMap((id) => byId.get(id) ?? [])) {
      if (claims.has(line.item.id)) continue;
      const booked = await bookedByReference(ports, line);
      const isAwaited = [...booked.keys()].some((id) => !found.has(id));
      if (isAwaited) claimed.push({ line, left, booked });
    }
  }
  return claimed;
}

/** A provider's payout that finance has booked by the line's reference is the one that is announced. */
const isThatPayout = ({ rec, item }: StoredItem, booked: readonly TreasuryEvent[]): boolean =>
  rec === 'C' &&
  booked.some(
    (event) =>
      event.type === 'PspPayoutReceived' &&
      event.amount.currency === item.currency &&
      event.amount.amountMinor === item.amountMinor,
  );
