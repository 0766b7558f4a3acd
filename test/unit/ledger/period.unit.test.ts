import fc from 'fast-check';
import type { PeriodEvent } from '../../../events/index.ts';
import { addMonths, endOf, isPeriod, lastDayOf, periodOf } from '../../../src/ledger/months.ts';
import {
  decidePeriod,
  evolvePeriod,
  type PeriodCommand,
  type PeriodState,
  periodEvolution,
  type Snapshot,
} from '../../../src/ledger/period.ts';
import { money } from '../../../src/money/money.ts';

const snapshot: Snapshot = {
  ...{ accounts: [], itemized: [], snapshotSha256: '0'.repeat(64) },
  revaluation: { rateDate: null, positions: [], unrealized: money('EUR', 0n) },
};
const step = (by = 'key_1') => ({
  ...{ period: '2026-06', by, reason: 'June is in.', at: '2026-07-02T09:00:00.000Z' },
});
const softClose: PeriodCommand = { type: 'SoftClose', hasEnded: true, ...step() };
const lock: PeriodCommand = { type: 'Lock', red: [], snapshot, ...step() };
const propose: PeriodCommand = { type: 'ProposeReopening', laterLocked: null, ...step() };
const approve = (by: string): PeriodCommand => ({
  ...{ type: 'ApproveReopening', laterLocked: null, ...step(by) },
});

/** The state after commands that must all be allowed. */
function stateAfter(...commands: readonly PeriodCommand[]): PeriodState {
  return commands.reduce((state, command) => {
    const decision = decidePeriod(command, state);
    if (decision.kind !== 'decided') throw new Error(`${command.type}: ${decision.code}`);
    return decision.events.reduce<PeriodState>(evolvePeriod, state);
  }, periodEvolution.initial);
}

const codeOf = (command: PeriodCommand, state: PeriodState): string | undefined => {
  const decision = decidePeriod(command, state);
  return decision.kind === 'decided' ? undefined : decision.code;
};

describe('A period', () => {
  it('goes from open to soft-closed to locked, with its snapshot', () => {
    expect(stateAfter()).toEqual({ status: 'open' });
    expect(stateAfter(softClose)).toEqual({ status: 'soft_closed' });
    expect(stateAfter(softClose, lock)).toMatchObject({
      status: 'locked',
      snapshot,
      proposedBy: null,
    });
  });

  it('is opened again by two persons, and locked anew', () => {
    expect(stateAfter(softClose, lock, propose, approve('key_2'))).toEqual({ status: 'open' });
    expect(stateAfter(softClose, lock, propose, approve('key_2'), softClose, lock)).toMatchObject({
      status: 'locked',
    });
  });

  it.each<[string, PeriodCommand, PeriodState, string]>([
    ['has not ended', { ...softClose, hasEnded: false }, stateAfter(), 'period.not_ended'],
    ['is closed twice', softClose, stateAfter(softClose), 'period.cannot_soft_close_soft_closed'],
    ['is locked at once', lock, stateAfter(), 'period.cannot_lock_open'],
    ['has a red check', { ...lock, red: ['breaks'] }, stateAfter(softClose), 'period.gate_red'],
    ['is locked twice', lock, stateAfter(softClose, lock), 'period.cannot_lock_locked'],
    ['is not locked', propose, stateAfter(softClose), 'period.cannot_reopen_soft_closed'],
    [
      'is reopened by one person',
      approve('key_1'),
      stateAfter(softClose, lock, propose),
      'period.same_person',
    ],
    [
      'is reopened by nobody’s proposal',
      approve('key_2'),
      stateAfter(softClose, lock),
      'period.nothing_proposed',
    ],
    [
      'has a later one that is locked',
      { ...propose, laterLocked: '2026-07' },
      stateAfter(softClose, lock),
      'period.later_locked',
    ],
  ])('that %s stays as it is', (_, command, state, code) => {
    expect(codeOf(command, state)).toBe(code);
  });

  it('is never opened by fewer than two persons, whatever they try', () => {
    const commands = fc.array(
      fc.constantFrom<PeriodCommand>(softClose, lock, propose, approve('key_1')),
    );
    fc.assert(
      fc.property(commands, (tried) => {
        let state: PeriodState = periodEvolution.initial;
        const events: PeriodEvent[] = [];
        for (const command of tried) {
          const decision = decidePeriod(command, state);
          if (decision.kind !== 'decided') continue;
          events.push(...decision.events);
          state = decision.events.reduce<PeriodState>(evolvePeriod, state);
        }
        expect(events.filter(({ type }) => type === 'PeriodReopened')).toEqual([]);
      }),
    );
  });
});

describe('What is on record of a period', () => {
  const body = { version: 1, ...step() } as const;

  it.each<[PeriodCommand, PeriodState, object]>([
    [softClose, stateAfter(), { type: 'PeriodSoftClosed', ...body }],
    [lock, stateAfter(softClose), { type: 'PeriodLocked', ...body, ...snapshot }],
    [propose, stateAfter(softClose, lock), { type: 'PeriodReopeningProposed', ...body }],
    [
      approve('key_2'),
      stateAfter(softClose, lock, propose),
      { type: 'PeriodReopened', ...body, by: 'key_2', proposedBy: 'key_1' },
    ],
  ])('is who did it, why and when: %j', (command, state, event) => {
    expect(decidePeriod(command, state)).toEqual({ kind: 'decided', events: [event] });
  });

  it('is when it was locked, and who wants it opened', () => {
    expect(stateAfter(softClose, lock, propose)).toEqual({
      ...{ status: 'locked', snapshot, lockedAt: step().at, proposedBy: 'key_1' },
    });
  });

  it('stays as it is where a later one is locked, or it is open', () => {
    const late = { ...approve('key_2'), laterLocked: '2026-07' } as const;
    expect(codeOf(late, stateAfter(softClose, lock, propose))).toBe('period.later_locked');
    expect(codeOf(approve('key_2'), stateAfter())).toBe('period.cannot_reopen_open');
  });

  it('never has a step that its state does not allow', () => {
    const body = { version: 1, ...step() } as const;
    const steps: readonly [PeriodEvent, PeriodState][] = [
      [{ type: 'PeriodSoftClosed', ...body }, stateAfter(softClose)],
      [{ type: 'PeriodLocked', ...body, ...snapshot }, stateAfter()],
      [{ type: 'PeriodReopeningProposed', ...body }, stateAfter(softClose)],
      [{ type: 'PeriodReopened', ...body, proposedBy: 'key_2' }, stateAfter(softClose)],
    ];
    for (const [event, state] of steps) {
      expect(() => evolvePeriod(state, event)).toThrow(
        expect.objectContaining({ code: 'ledger.illegal_period' }),
      );
    }
  });
});

describe('A month', () => {
  it.each([
    ['2026-06', true],
    ['2026-12', true],
    ['2026-00', false],
    ['2026-13', false],
    ['1926-06', false],
    ['20a6-06', false],
    ['2026-6', false],
    ['x2026-06', false],
    ['2026-06-30', false],
  ])('%s is written so: %s', (text, is) => {
    expect(isPeriod(text)).toBe(is);
  });

  it.each([
    ['2026-06', 1, '2026-07', '2026-06-30'],
    ['2026-12', 1, '2027-01', '2026-12-31'],
    ['2028-02', -2, '2027-12', '2028-02-29'],
  ])('%s and %i is %s, and ends on %s', (period, months, other, lastDay) => {
    expect(addMonths(period, months)).toBe(other);
    expect(lastDayOf(period)).toBe(lastDay);
    expect(periodOf(lastDay)).toBe(period);
    expect(endOf(period).getTime() - Date.parse(`${lastDay}T00:00:00Z`)).toBe(86_400_000);
  });
});
