import type { TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { treasuryStream } from '../platform/ids.ts';
import { expectationOf } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import { referencesOf } from '../reconciliation/line-references.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { type MovementState, movementEvolution } from '../treasury/movement.ts';
import { type RecordMovementPorts, recordMovement } from '../treasury/record-movement.ts';
import { bankMovementsOf } from './expected-at-bank.ts';
import { PLATFORM } from './platform-owner.ts';

type Lanes = { readonly lanes: Pick<LaneStore, 'getItems'> };

export type TakeReferencesPorts = RecordMovementPorts & Lanes;

/**
 * Takes every reference of a line that the matching or a person made something of, so that nobody books
 * the same money under one of them. False where somebody was faster: what is booked there is yet to find
 * its line. What found another line is none of this one, and what the line is matched with is meant.
 */
export async function takeReferences(
  { lanes, ...ports }: TakeReferencesPorts,
  line: StoredItem,
  { left, at }: { readonly left: readonly string[] } & Pick<Plan, 'at'>,
): Promise<boolean> {
  const { lane, item } = line;
  for (const movementId of namesOf(line)) {
    const taken = { type: 'ReferenceTaken', version: 1, movementId, lineId: item.id } as const;
    const { state } = await recordMovement(
      ports,
      { ...taken, occurredAt: at },
      { marketplaceId: PLATFORM, cause: 'matching#ReferenceTaken' },
    );
    const expected = await unsettledBy({ lanes }, lane, state);
    if (!expected.every((id) => left.includes(id))) return false;
  }
  return true;
}

/**
 * By what a person may record a line: its own id, too. A credit's own stream tells already whether it is in
 * suspense, and of what it was released for.
 */
const namesOf = ({ lane, item }: StoredItem): readonly string[] =>
  lane === 'bank_out' ? [...referencesOf(item), item.id] : referencesOf(item);

/** What is booked by a line's references and has not found a line, by what is expected of it. */
export async function bookedByReference(
  { lanes, movements }: Lanes & { readonly movements: Pick<EventStore<TreasuryEvent>, 'load'> },
  { lane, item }: StoredItem,
): Promise<ReadonlyMap<string, TreasuryEvent>> {
  const found = referencesOf(item).map(async (reference) => {
    const state = fold(movementEvolution, await movements.load(treasuryStream(reference)));
    if (state.status === 'not_recorded') return [];
    const expected = await unsettledBy({ lanes }, lane, state);
    return expected.map((id) => [id, state.event] as const);
  });
  return new Map((await Promise.all(found)).flat());
}

/** As what the bank's line of a movement is expected; it may be on its way there. */
async function unsettledBy(
  { lanes }: Lanes,
  lane: Lane,
  state: MovementState,
): Promise<readonly string[]> {
  const expected = state.status === 'not_recorded' ? [] : linesOf(state.event, lane);
  if (expected.length === 0) return [];
  const found = await lanes.getItems(lane, expected);
  const isSettled = (id: string) =>
    found.some((one) => one.item.id === id && one.status !== 'open');
  return expected.filter((id) => !isSettled(id));
}

const linesOf = (event: TreasuryEvent, of: Lane): readonly string[] =>
  bankMovementsOf(event)
    .map(({ about, ...movement }) => expectationOf(movement, about))
    .filter(({ lane }) => lane === of)
    .map(({ item }) => item.id);
