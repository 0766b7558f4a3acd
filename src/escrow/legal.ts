import type { EscrowEvent } from '../../events/index.ts';
import { assertInvariant } from '../platform/errors.ts';
import type { EscrowState } from './state.ts';

/** An event that does not follow from the state was never decided by these rules. */
export function expectLegal(
  legal: boolean,
  event: Pick<EscrowEvent, 'type'>,
  state: EscrowState,
): void {
  assertInvariant(
    legal,
    'escrow.illegal_history',
    `${event.type} cannot follow what made this trade ${state.status}.`,
  );
}

export function expectStatus<S extends EscrowState['status']>(
  state: EscrowState,
  event: Pick<EscrowEvent, 'type'>,
  ...allowed: readonly S[]
): Extract<EscrowState, { status: S }> {
  expectLegal((allowed as readonly string[]).includes(state.status), event, state);
  return state as Extract<EscrowState, { status: S }>;
}
