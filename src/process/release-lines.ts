import type { TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { treasuryStream } from '../platform/ids.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { movementEvolution } from '../treasury/movement.ts';
import { recordMovement } from '../treasury/record-movement.ts';
import { isBookedByLine } from './claimed-lines.ts';
import { isBookedAsDuties } from './late-expectations.ts';
import { PLATFORM } from './platform-owner.ts';
import { isBookedReturn } from './returned-refunds.ts';
import {
  type Find,
  isNotItself,
  type Released,
  releasesOf,
  suspensionOf,
} from './suspense-effects.ts';
import { takeReferences } from './take-references.ts';

type Movements = { readonly movements: EventStore<TreasuryEvent> };

/** The lines among these that lay in suspense and were identified: each is the receipt of a trade. */
export async function identifiedAmong(
  { movements }: { readonly movements: Pick<EventStore<TreasuryEvent>, 'load'> },
  items: readonly StoredItem[],
): Promise<ReadonlySet<string>> {
  const suspended = items.filter(
    ({ lane, side, breakId, item }) =>
      lane === 'bank_in' && side === 'right' && breakId !== null && item.amountMinor > 0n,
  );
  const found = await Promise.all(
    suspended.map(async ({ item: { id } }) => {
      const records = await movements.load(treasuryStream(id));
      return fold(movementEvolution, records).status === 'identified' ? [id] : [];
    }),
  );
  return new Set(found.flat());
}

/**
 * Takes out of suspense what a plan uses, before anything else is booked of it. Whoever identifies a line
 * writes to the same stream: one of both is first. So is it with each reference of a line that a person
 * made something of. What is carried out is the plan but for those that came too late, and what persons
 * resolved with them.
 */
export async function releaseLines(
  ports: Movements & { readonly lanes: Pick<LaneStore, 'getItems'>; readonly now: () => Date },
  plan: Plan,
  find: Find,
): Promise<{ readonly kept: Plan; readonly lost: Lost | undefined }> {
  const { movements, now } = ports;
  const refused = new Set([
    ...(await bookedOtherwise(ports, plan, find)),
    ...(await matchedOtherwise(ports, plan, find)),
  ]);
  const released: Released[] = [];
  for (const movement of releasesOf(without(plan, refused).kept, find)) {
    const { state } = await recordMovement({ store: movements, now }, movement, {
      ...{ marketplaceId: PLATFORM, cause: `matching#${movement.type}#${plan.planId}` },
    });
    if (state.status === 'identified') refused.add(movement.movementId);
    else released.push(movement);
  }
  if (refused.size === 0) return { kept: plan, lost: undefined };
  const { kept, lost } = without(plan, refused);
  const inVain = released.filter(({ movementId }) => lost.itemIds.includes(movementId));
  await suspendAgain(ports, inVain, { find, planId: plan.planId });
  return { kept, lost };
}

/** Lines that were released for what holds for nothing, since another line of it was identified. */
async function suspendAgain(
  { movements, now }: BookedPorts,
  released: readonly Released[],
  { find, planId }: { readonly find: Find } & Pick<Plan, 'planId'>,
): Promise<void> {
  for (const line of released.flatMap(({ movementId }) => find(movementId) ?? [])) {
    await recordMovement({ store: movements, now }, suspensionOf(line), {
      ...{ marketplaceId: PLATFORM, cause: `matching#ReceiptSuspended#${planId}`, byLine: true },
    });
  }
}

type BookedPorts = Parameters<typeof releaseLines>[0];

/**
 * Lines that persons made something of, and that are booked already: by a reference of theirs, as a return,
 * or as duties.
 */
async function bookedOtherwise(
  { movements: store, lanes, now }: BookedPorts,
  { matches, resolved, at }: Plan,
  find: Find,
): Promise<readonly string[]> {
  const booked: string[] = [];
  for (const end of resolved) {
    const left = [...end.left, ...foundIn(matches)];
    for (const line of bankLinesIn(end.right, find).filter(isNotItself(end.left))) {
      const isBooked =
        (await isBookedReturn({ movements: store, lanes }, line, { left, at })) ||
        (end.resolution !== 'matched' && (await isBookedAsDuties({ lanes }, line, left)));
      // Taken only where the plan goes on: whoever repeats it sees that.
      const isFree = !isBooked && (await takeReferences({ store, lanes, now }, line, { left, at }));
      if (!isFree) booked.push(line.item.id);
    }
  }
  return booked;
}

/**
 * Lines of matches that would book what a person has booked by a reference of theirs. What is booked
 * without the line stays matched: there is nothing to be given up.
 */
async function matchedOtherwise(
  { movements: store, lanes, now }: BookedPorts,
  { matches, at }: Plan,
  find: Find,
): Promise<readonly string[]> {
  const booked: string[] = [];
  for (const { left, right } of matches) {
    const expected = left.flatMap((id) => find(id) ?? []);
    if (expected.some(isOurPayout)) continue;
    const books = expected.map((one) => isBookedByLine({ movements: store }, one));
    const isBinding = (await Promise.all(books)).includes(true);
    for (const line of bankLinesIn(right, find)) {
      const isFree = await takeReferences({ store, lanes, now }, line, {
        ...{ left: foundIn(matches), at },
      });
      if (isBinding && !isFree) booked.push(line.item.id);
    }
  }
  return booked;
}

/** A reference may be used twice: what is booked by it may have found the other line. */
const foundIn = (matches: Plan['matches']): readonly string[] =>
  matches.flatMap(({ left }) => left);

/** Nobody but settlement books these, by references that it gave them. */
const isOurPayout = ({ lane, about }: StoredItem): boolean =>
  lane === 'bank_out' && about?.payoutId !== undefined;

const bankLinesIn = (right: readonly string[], find: Find): readonly StoredItem[] =>
  right
    .flatMap((id) => find(id) ?? [])
    .filter(({ lane }) => lane === 'bank_in' || lane === 'bank_out');

/** What of a plan holds no more: which breaks a person resolved in vain, and what to look at again. */
export type Lost = Pick<Plan, 'reopen'> & { readonly itemIds: readonly string[] };

type Sides = { readonly left: readonly string[]; readonly right: readonly string[] };

function without(plan: Plan, refused: ReadonlySet<string>) {
  const isLost = ({ right }: Sides): boolean => right.some((id) => refused.has(id));
  const resolved = plan.resolved.filter(isLost);
  const lost: readonly Sides[] = [...plan.matches.filter(isLost), ...resolved];
  const itemIds = new Set(lost.flatMap(({ left, right }) => [...left, ...right]));
  const kept = {
    ...plan,
    matches: plan.matches.filter((match) => !isLost(match)),
    resolved: plan.resolved.filter((end) => !isLost(end)),
    items: plan.items.filter(({ item }) => !itemIds.has(item.id)),
  };
  const reopen = resolved.map(({ facts: { breakId }, right }) => ({
    ...{ breakId, taken: right.filter((id) => refused.has(id)) },
  }));
  return { kept, lost: { reopen, itemIds: [...itemIds] } };
}
