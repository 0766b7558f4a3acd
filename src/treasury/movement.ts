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
  | { readonly status: 'announced'; readonly event: TreasuryEvent }
  | { readonly status: 'called_off'; readonly event: TreasuryEvent }
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
  if (movement.type === 'PspPayoutCalledOff') return callOff(movement, state);
  if (movement.type === 'PspPayoutAnnounced') return announce(movement, state);
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

/** Told again where more is known of it; what was called off is announced no more. */
const announce = (
  movement: Extract<TreasuryEvent, { type: 'PspPayoutAnnounced' }>,
  state: MovementState,
): Decision<TreasuryEvent> => {
  if (state.status === 'not_recorded') return decided(movement);
  const isNews =
    state.status === 'announced' &&
    state.event.type === 'PspPayoutAnnounced' &&
    movement.traceId !== undefined &&
    state.event.traceId !== movement.traceId;
  return isNews ? decided(movement) : nothing;
};

/** Nothing is expected of a payout that was called off before we heard of it. */
const callOff = (movement: TreasuryEvent, { status }: MovementState): Decision<TreasuryEvent> =>
  status === 'announced' ? decided(movement) : nothing;

const isSame = (left: TreasuryEvent, right: TreasuryEvent): boolean =>
  canonicalJson({ ...left, occurredAt: null }) === canonicalJson({ ...right, occurredAt: null });

/** The state of a movement after one of its events. */
export function evolveMovement(state: MovementState, event: TreasuryEvent): MovementState {
  assertInvariant(
    before(event).includes(state.status),
    'treasury.illegal_history',
    `${event.type} cannot follow what is ${state.status}.`,
  );
  if (event.type === 'PspPayoutAnnounced') return { status: 'announced', event };
  if (event.type === 'PspPayoutCalledOff') return { status: 'called_off', event };
  if (event.type === 'ReceiptIdentified') return { status: 'identified', event };
  if (event.type === 'ReceiptReleased') return { status: 'released', event };
  return event.type === 'ReceiptSuspended'
    ? { status: 'suspended', event, amount: event.amount }
    : { status: 'recorded', event };
}

/** What an event may follow. */
function before(event: TreasuryEvent): readonly MovementState['status'][] {
  if (leavesSuspense(event)) return ['suspended'];
  if (event.type === 'PspPayoutCalledOff') return ['announced'];
  return event.type === 'PspPayoutAnnounced' ? ['not_recorded', 'announced'] : ['not_recorded'];
}

/** The rules of the treasury stream. */
export const movementEvolution: Evolution<MovementState, TreasuryEvent> = {
  initial: { status: 'not_recorded' },
  evolve: evolveMovement,
};
