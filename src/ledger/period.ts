import type { PeriodEvent } from '../../events/index.ts';
import type { PeriodLocked } from '../../events/period/period-locked.v1.ts';
import { type Decision, decided, type Evolution, rejected } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';

/** What was true of the books when a period was locked. */
export type Snapshot = Pick<
  PeriodLocked,
  'accounts' | 'revaluation' | 'itemized' | 'snapshotSha256'
>;

export type PeriodState =
  | { readonly status: 'open' }
  | { readonly status: 'soft_closed' }
  | {
      readonly status: 'locked';
      readonly snapshot: Snapshot;
      readonly lockedAt: string;
      /** Who wants it opened again, if anybody does. */
      readonly proposedBy: string | null;
    };

type Step = { readonly by: string; readonly reason: string; readonly at: string };

/**
 * What can be done about a period. `hasEnded` is true once nothing that began in it can still be written.
 * `red` names the checks of the gate that fail; `laterLocked` is a later period that is locked.
 */
export type PeriodCommand = { readonly period: string } & Step &
  (
    | { readonly type: 'SoftClose'; readonly hasEnded: boolean }
    | { readonly type: 'Lock'; readonly red: readonly string[]; readonly snapshot: Snapshot }
    | { readonly type: 'ProposeReopening'; readonly laterLocked: string | null }
    | { readonly type: 'ApproveReopening'; readonly laterLocked: string | null }
  );

/** What comes of a command on a period: open, soft-closed, locked, and back only by two persons. */
export function decidePeriod(command: PeriodCommand, state: PeriodState): Decision<PeriodEvent> {
  switch (command.type) {
    case 'SoftClose':
      if (state.status !== 'open') return wrongStatus('soft_close', state);
      return command.hasEnded
        ? decided(eventOf('PeriodSoftClosed', command))
        : rejected('period.not_ended', `${command.period} has not ended yet.`);
    case 'Lock':
      if (state.status !== 'soft_closed') return wrongStatus('lock', state);
      return command.red.length === 0
        ? decided({ ...eventOf('PeriodLocked', command), ...command.snapshot })
        : rejected('period.gate_red', `These checks are red: ${command.red.join(', ')}.`);
    case 'ProposeReopening':
      if (state.status !== 'locked') return wrongStatus('reopen', state);
      return refusal(command) ?? decided(eventOf('PeriodReopeningProposed', command));
    case 'ApproveReopening':
      return approve(command, state);
  }
}

type Reopening = Extract<PeriodCommand, { type: 'ProposeReopening' | 'ApproveReopening' }>;

function approve(command: Reopening, state: PeriodState): Decision<PeriodEvent> {
  if (state.status !== 'locked') return wrongStatus('reopen', state);
  const { proposedBy } = state;
  if (proposedBy === null) {
    return rejected('period.nothing_proposed', 'Nobody has proposed to open it.');
  }
  if (proposedBy === command.by) {
    return rejected('period.same_person', 'Whoever proposed it can not approve it.');
  }
  return refusal(command) ?? decided({ ...eventOf('PeriodReopened', command), proposedBy });
}

/** Later periods stand on earlier ones. */
const refusal = ({ laterLocked }: Reopening): Decision<never> | undefined =>
  laterLocked === null
    ? undefined
    : rejected('period.later_locked', `${laterLocked} is locked, and stands on this one.`);

const wrongStatus = (verb: string, { status }: PeriodState): Decision<never> =>
  rejected(`period.cannot_${verb}_${status}`, `This period is ${status.replace('_', '-')}.`);

const eventOf = <T extends PeriodEvent['type']>(
  type: T,
  { period, by, reason, at }: { readonly period: string } & Step,
) => ({ type, version: 1 as const, period, by, reason, at });

/** The state of a period after one of its events. */
export function evolvePeriod(state: PeriodState, event: PeriodEvent): PeriodState {
  switch (event.type) {
    case 'PeriodSoftClosed':
      expectStatus(state, 'open');
      return { status: 'soft_closed' };
    case 'PeriodLocked': {
      expectStatus(state, 'soft_closed');
      const { accounts, revaluation, itemized, snapshotSha256, at } = event;
      const snapshot = { accounts, revaluation, itemized, snapshotSha256 };
      return { status: 'locked', snapshot, lockedAt: at, proposedBy: null };
    }
    case 'PeriodReopeningProposed':
      expectStatus(state, 'locked');
      return { ...state, proposedBy: event.by };
    case 'PeriodReopened':
      expectStatus(state, 'locked');
      return { status: 'open' };
  }
}

function expectStatus<S extends PeriodState['status']>(
  state: PeriodState,
  status: S,
): asserts state is Extract<PeriodState, { status: S }> {
  assertInvariant(
    state.status === status,
    'ledger.illegal_period',
    `This can not follow what made the period ${state.status}.`,
  );
}

/** The rules of a period's stream. A period that nobody has touched is open. */
export const periodEvolution: Evolution<PeriodState, PeriodEvent> = {
  initial: { status: 'open' },
  evolve: evolvePeriod,
};
