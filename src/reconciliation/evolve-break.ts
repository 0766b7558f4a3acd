import type { BreakEvent } from '../../events/reconciliation/index.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { type BreakState, initialBreak } from './break-state.ts';

/** An event that does not follow from the state was never decided by these rules. */
function expectStatus<S extends BreakState['status']>(
  state: BreakState,
  event: BreakEvent,
  ...allowed: readonly S[]
): Extract<BreakState, { status: S }> {
  assertInvariant(
    (allowed as readonly string[]).includes(state.status),
    'reconciliation.illegal_history',
    `${event.type} cannot follow what made this break ${state.status}.`,
  );
  return state as Extract<BreakState, { status: S }>;
}

/** Before anything was found, or where what was found had cleared up. */
function expectFree(state: BreakState, event: BreakEvent): void {
  const isCleared = state.status === 'resolved' && state.resolution === 'cleared';
  if (!isCleared) expectStatus(state, event, 'not_raised');
}

/** The state of a break after one of its events. */
export function evolveBreak(state: BreakState, event: BreakEvent): BreakState {
  switch (event.type) {
    case 'BreakRaised': {
      expectFree(state, event);
      const { type: _, version: __, ...facts } = event;
      return { status: 'open', facts, assignee: null, explanation: null };
    }
    case 'BreakAssigned':
      return {
        ...expectStatus(state, event, 'open', 'write_off_proposed'),
        assignee: event.assignee,
      };
    case 'BreakExplained':
      return {
        ...expectStatus(state, event, 'open', 'write_off_proposed'),
        explanation: event.reason,
      };
    case 'WriteOffProposed': {
      const open = expectStatus(state, event, 'open');
      const { by, reason, amount, match } = event;
      const proposal = { proposedBy: by, reason, amount };
      return {
        ...{ ...open, status: 'write_off_proposed', ...proposal },
        ...(match === undefined ? {} : { match }),
      };
    }
    case 'WriteOffDeclined': {
      const { facts, assignee, explanation } = expectStatus(state, event, 'write_off_proposed');
      return { status: 'open', facts, assignee, explanation };
    }
    case 'BreakWrittenOff':
      return {
        ...resolved(expectStatus(state, event, 'open', 'write_off_proposed'), 'written_off'),
        writtenOff: writtenOffOf(event),
      };

    case 'BreakMatched':
      return resolved(expectStatus(state, event, 'open', 'write_off_proposed'), 'matched', event);
    case 'BreakSentBack':
      return resolved(expectStatus(state, event, 'open'), 'sent_back');
    case 'BreakReopened': {
      const { facts } = expectStatus(state, event, 'resolved');
      return { status: 'open', facts, assignee: null, explanation: null };
    }
    case 'BreakCleared':
      return resolved(expectStatus(state, event, 'open', 'write_off_proposed'), 'cleared');

    default: {
      const unknownEvent: never = event;
      return unknownEvent;
    }
  }
}

type Unresolved = Extract<BreakState, { status: 'open' | 'write_off_proposed' }>;
type Resolved = Extract<BreakState, { status: 'resolved' }>;

const resolved = (
  { facts }: Unresolved,
  resolution: Resolved['resolution'],
  { left, right, difference }: Pick<Resolved, 'left' | 'right' | 'difference'> = plainly(facts),
): Resolved => ({
  ...{ status: 'resolved', facts, resolution, left, right },
  ...(difference === undefined ? {} : { difference }),
});

/** Whatever was found is resolved as a whole but for a match by hand, which says of what. */
const plainly = ({ left, right }: Unresolved['facts']) => ({ left, right });

const writtenOffOf = ({
  amount,
  posting,
}: Extract<BreakEvent, { type: 'BreakWrittenOff' }>): NonNullable<Resolved['writtenOff']> =>
  posting === undefined ? { amount } : { amount, posting };

/** The rules of a break's stream. */
export const breakEvolution: Evolution<BreakState, BreakEvent> = {
  initial: initialBreak,
  evolve: evolveBreak,
};
