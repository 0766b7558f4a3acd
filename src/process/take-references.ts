import type { TreasuryEvent } from '../../events/index.ts';
import { expectationOf } from '../reconciliation/expectations.ts';
import { referencesOf } from '../reconciliation/line-references.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import type { MovementState } from '../treasury/movement.ts';
import { type RecordMovementPorts, recordMovement } from '../treasury/record-movement.ts';
import { bankMovementsOf } from './expected-at-bank.ts';
import { PLATFORM } from './platform-owner.ts';

export type TakeReferencesPorts = RecordMovementPorts & {
  readonly lanes: Pick<LaneStore, 'getItems'>;
};

/**
 * Takes every reference of a line that a person made something of, so that nobody books the same money
 * under one of them. False where somebody was faster: what is booked there is yet to find its line. What
 * found another line is none of this one, and what the person matched the line with is meant.
 */
export async function takeReferences(
  { lanes, ...ports }: TakeReferencesPorts,
  { item }: StoredItem,
  { left, at }: { readonly left: readonly string[] } & Pick<Plan, 'at'>,
): Promise<boolean> {
  for (const movementId of referencesOf(item)) {
    const taken = { type: 'ReferenceTaken', version: 1, movementId, lineId: item.id } as const;
    const { state } = await recordMovement(
      ports,
      { ...taken, occurredAt: at },
      { marketplaceId: PLATFORM, cause: 'matching#ReferenceTaken' },
    );
    const expected = expectedOf(state).filter((id) => !left.includes(id));
    const found = await lanes.getItems('bank_in', expected);
    const isSettled = (id: string) =>
      found.some((one) => one.item.id === id && one.status !== 'open');
    if (!expected.every(isSettled)) return false;
  }
  return true;
}

/** As what the bank's credit for a movement is expected; it may be on its way there. */
const expectedOf = (state: MovementState): readonly string[] =>
  state.status === 'not_recorded' ? [] : creditsOf(state.event).map(({ item }) => item.id);

const creditsOf = (event: TreasuryEvent) =>
  bankMovementsOf(event)
    .map(({ about, ...movement }) => expectationOf(movement, about))
    .filter(({ lane }) => lane === 'bank_in');
