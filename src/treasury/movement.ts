import type { TreasuryEvent } from '../../events/index.ts';
import type { Money } from '../money/money.ts';
import { type Decision, decided, type Evolution, nothing, rejected } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { canonicalJson } from '../platform/ids.ts';

/** One movement of money outside any trade: recorded once, and a receipt identified once. */
export type MovementState =
  | { readonly status: 'not_recorded' }
  | { readonly status: 'recorded'; readonly event: TreasuryEvent }
  | { readonly status: 'suspended'; readonly event: TreasuryEvent; readonly amount: Money }
  | { readonly status: 'identified'; readonly event: TreasuryEvent }
  | { readonly status: 'released'; readonly event: TreasuryEvent };

export type MovementCommand = {
  readonly type: 'RecordMovement';
  readonly movement: TreasuryEvent;
};

/** The same movement again changes nothing; another one under its id is refused. */
export function decideMovement(
  { movement }: MovementCommand,
  state: MovementState,
): Decision<TreasuryEvent> {
  if (leavesSuspense(movement)) return leave(movement, state);
  if (state.status === 'not_recorded') return decided(movement);
  if (isSame(movement, state.event)) return nothing;
  return rejected(
    `movement.already_${state.status}`,
    `Another movement is ${state.status} under ${movement.movementId}.`,
  );
}

type Leaving = Extract<TreasuryEvent, { type: 'ReceiptIdentified' | 'ReceiptReleased' }>;

const leavesSuspense = (movement: TreasuryEvent): movement is Leaving =>
  movement.type === 'ReceiptIdentified' || movement.type === 'ReceiptReleased';

function leave(movement: Leaving, state: MovementState): Decision<TreasuryEvent> {
  const [verb, done] =
    movement.type === 'ReceiptIdentified' ? ['identify', 'identified'] : ['release', 'released'];
  if (state.status !== 'suspended') {
    return state.status !== 'not_recorded' && isSame(movement, state.event)
      ? nothing
      : rejected(
          `movement.cannot_${verb}_${state.status}`,
          `Only a suspended receipt can be ${done}; this movement is ${state.status}.`,
        );
  }
  return canonicalJson(movement.amount) === canonicalJson(state.amount)
    ? decided(movement)
    : rejected('movement.amount_differs', 'The receipt in suspense is of another amount.');
}

const isSame = (left: TreasuryEvent, right: TreasuryEvent): boolean =>
  canonicalJson({ ...left, occurredAt: null }) === canonicalJson({ ...right, occurredAt: null });

/** The state of a movement after one of its events. */
export function evolveMovement(state: MovementState, event: TreasuryEvent): MovementState {
  const expected = leavesSuspense(event) ? 'suspended' : 'not_recorded';
  assertInvariant(
    state.status === expected,
    'treasury.illegal_history',
    `${event.type} cannot follow what is ${state.status}.`,
  );
  if (event.type === 'ReceiptIdentified') return { status: 'identified', event };
  if (event.type === 'ReceiptReleased') return { status: 'released', event };
  return event.type === 'ReceiptSuspended'
    ? { status: 'suspended', event, amount: event.amount }
    : { status: 'recorded', event };
}

/** The rules of the treasury stream. */
export const movementEvolution: Evolution<MovementState, TreasuryEvent> = {
  initial: { status: 'not_recorded' },
  evolve: evolveMovement,
};
