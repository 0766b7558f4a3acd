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
  | { readonly status: 'released'; readonly event: TreasuryEvent }
  | { readonly status: 'taken'; readonly event: TreasuryEvent };

export type MovementCommand = {
  readonly type: 'RecordMovement';
  readonly movement: TreasuryEvent;
  /** A line of the bank's is why: what is booked is there. */
  readonly byLine?: boolean;
};

/** The same movement again changes nothing; another one under its id is refused. */
export function decideMovement(
  { movement, byLine = false }: MovementCommand,
  state: MovementState,
): Decision<TreasuryEvent> {
  if (leavesSuspense(movement)) return leave(movement, state);
  if (movement.type === 'PspPayoutCalledOff') return callOff(movement, state);
  if (movement.type === 'PspPayoutAnnounced') return announce(movement, state);
  if (movement.type === 'ReferenceTaken') return take(movement, state);
  if (state.status === 'not_recorded') return decided(movement);
  // Another line may bring the provider's payout of that name, or the refund back.
  if (state.status === 'taken') return underTaken(movement, byLine);
  // What its line was released for holds for nothing.
  if (state.status === 'released' && movement.type === 'ReceiptSuspended' && byLine) {
    return decided(movement);
  }
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
  if (state.status === 'taken') return underTaken(movement, false);
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

const COMES_BY_LINE: readonly TreasuryEvent['type'][] = ['PspPayoutReceived', 'RefundReturned'];

function underTaken(movement: TreasuryEvent, byLine: boolean): Decision<TreasuryEvent> {
  if (byLine && COMES_BY_LINE.includes(movement.type)) return decided(movement);
  return rejected(
    'movement.reference_taken',
    `A bank line of the reference ${movement.movementId} is accounted for: another one goes by its own id.`,
  );
}

/** What is booked under a reference stays, and a line's reference may be another's too. */
const take = (movement: TreasuryEvent, { status }: MovementState): Decision<TreasuryEvent> =>
  status === 'not_recorded' ? decided(movement) : nothing;

/** Told again where more is known of it; what was called off is announced no more. */
const announce = (
  movement: Extract<TreasuryEvent, { type: 'PspPayoutAnnounced' }>,
  state: MovementState,
): Decision<TreasuryEvent> => {
  if (state.status === 'not_recorded' || state.status === 'taken') return decided(movement);
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
  if (event.type === 'ReferenceTaken') return { status: 'taken', event };
  return event.type === 'ReceiptSuspended'
    ? { status: 'suspended', event, amount: event.amount }
    : { status: 'recorded', event };
}

/** What an event may follow. */
function before(event: TreasuryEvent): readonly MovementState['status'][] {
  if (leavesSuspense(event)) return ['suspended'];
  if (event.type === 'PspPayoutCalledOff') return ['announced'];
  if (event.type === 'ReceiptSuspended') return ['not_recorded', 'released'];
  if (COMES_BY_LINE.includes(event.type)) return ['not_recorded', 'taken'];
  return event.type === 'PspPayoutAnnounced'
    ? ['not_recorded', 'announced', 'taken']
    : ['not_recorded'];
}

/** The rules of the treasury stream. */
export const movementEvolution: Evolution<MovementState, TreasuryEvent> = {
  initial: { status: 'not_recorded' },
  evolve: evolveMovement,
};
