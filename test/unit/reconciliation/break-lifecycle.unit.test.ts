import fc from 'fast-check';
import { BreakEvent } from '../../../events/reconciliation/index.ts';
import { money } from '../../../src/money/money.ts';
import { toJson } from '../../../src/platform/json.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { decideBreak } from '../../../src/reconciliation/decide-break.ts';
import { breakEvolution } from '../../../src/reconciliation/evolve-break.ts';
import { facts, given, raised, step } from './break-builders.ts';

describe('A break', () => {
  it('is raised once', () => {
    const raise = { type: 'RaiseBreak', facts: facts(-5n) } as const;
    expect(given().when(raise)).toMatchObject({ events: [{ type: 'BreakRaised' }] });
    expect(given(raised(-5n)).when(raise)).toEqual({ kind: 'decided', events: [] });
  });

  it('is raised again where what cleared it is gone, and not where a person resolved it', () => {
    const raise = { type: 'RaiseBreak', facts: facts(-5n) } as const;
    const cleared: BreakEvent = {
      ...{ type: 'BreakCleared', version: 1, breakId: 'brk_1', matchedBy: [] },
      clearedAt: step('').at,
    };
    const sentBack: BreakEvent = {
      ...{ type: 'BreakSentBack', version: 1, breakId: 'brk_1', amount: money('EUR', 5n) },
      ...step('ann'),
    };
    expect(given(raised(-5n), cleared).when(raise)).toMatchObject({
      events: [{ type: 'BreakRaised' }],
    });
    expect(given(raised(5n), sentBack).when(raise)).toEqual({ kind: 'decided', events: [] });
  });

  it('is opened again where a person resolved what was somebody else’s, and takes back what was booked', () => {
    const reopen = { type: 'ReopenBreak', taken: ['lin_1'], at: step('').at } as const;
    const amount = money('EUR', -5n);
    const posting = { asset: '1200', against: '5500' } as const;
    const writtenOff: BreakEvent = {
      ...{ type: 'BreakWrittenOff', version: 1, breakId: 'brk_1', amount, approvedBy: null },
      ...{ posting, ...step('ann') },
    };
    expect(given(raised(-5n), writtenOff).when(reopen)).toMatchObject({
      events: [{ type: 'BreakReopened', was: 'written_off', reversed: { amount, posting } }],
    });
    const cleared: BreakEvent = {
      ...{ type: 'BreakCleared', version: 1, breakId: 'brk_1', matchedBy: [] },
      clearedAt: step('').at,
    };
    expect(given(raised(-5n), cleared).when(reopen)).toEqual({ kind: 'decided', events: [] });
  });

  it('is opened again after a match by hand of what was used, and not before any', () => {
    const reopen = { type: 'ReopenBreak', taken: ['lin_2'], at: step('').at } as const;
    const matched: BreakEvent = {
      ...{ type: 'BreakMatched', version: 1, breakId: 'brk_1', left: ['ord_1'] },
      ...{ right: ['lin_1', 'lin_2'], amount: money('EUR', 5n) },
      ...step('ann'),
    };
    const reopened = { type: 'BreakReopened', taken: ['lin_2'] };
    expect(given(raised(-5n), matched).when(reopen)).toMatchObject({ events: [reopened] });
    expect(given(raised(-5n)).when(reopen)).toEqual({ kind: 'decided', events: [] });
  });

  it('that nobody raised can not be touched', () => {
    expect(given().when({ type: 'ExplainBreak', ...step('ann') })).toMatchObject({
      kind: 'rejected',
      code: 'break.not_found',
    });
  });

  it('is assigned and explained with who, when and why on record', () => {
    const assigned = given(raised(-5n)).when({
      type: 'AssignBreak',
      assignee: 'bob',
      ...step('ann'),
    });
    expect(assigned).toMatchObject({
      events: [{ type: 'BreakAssigned', assignee: 'bob', ...step('ann') }],
    });
    expect(given(raised(-5n)).when({ type: 'ExplainBreak', ...step('bob') })).toMatchObject({
      events: [{ type: 'BreakExplained', ...step('bob') }],
    });
  });

  it.each(['AssignBreak', 'ExplainBreak', 'WriteOff', 'SendBack'] as const)(
    'takes no %s without a reason',
    (type) => {
      const command = {
        type,
        assignee: 'bob',
        limitMinor: 0n,
        ...step('ann', '  '),
      } as BreakCommand;
      expect(given(raised(5n)).when(command)).toMatchObject({ code: 'break.reason_missing' });
    },
  );
});

describe('Any history', () => {
  const who = fc.constantFrom('ann', 'bob');
  const command: fc.Arbitrary<BreakCommand> = fc.oneof(
    fc.constant<BreakCommand>({ type: 'RaiseBreak', facts: facts(-5_000n) }),
    fc.constant<BreakCommand>({ type: 'ClearBreak', matchedBy: ['lin_9'], at: step('').at }),
    who.map((by): BreakCommand => ({ type: 'AssignBreak', assignee: by, ...step(by) })),
    who.map((by): BreakCommand => ({ type: 'ExplainBreak', ...step(by) })),
    fc
      .tuple(who, fc.bigInt({ min: 0n, max: 10_000n }))
      .map(([by, limitMinor]): BreakCommand => ({ type: 'WriteOff', limitMinor, ...step(by) })),
    who.map((by): BreakCommand => ({ type: 'ApproveWriteOff', ...step(by) })),
    who.map((by): BreakCommand => ({ type: 'DeclineWriteOff', ...step(by) })),
    who.map((by): BreakCommand => ({ type: 'SendBack', ...step(by) })),
  );

  it('is legal, published, resolved at most once, and never written off by one person above the limit', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        let state = breakEvolution.initial;
        const history: BreakEvent[] = [];
        for (const next of commands) {
          const decision = decideBreak(next, state);
          if (decision.kind !== 'decided') continue;
          for (const event of decision.events) {
            const json = JSON.parse(toJson(event));
            expect(JSON.parse(toJson(BreakEvent.parse(json)))).toEqual(json);
            state = breakEvolution.evolve(state, event);
            history.push(event);
          }
        }
        expectEndsInOrder(history);
        const writtenOff = history.find((event) => event.type === 'BreakWrittenOff');
        if (writtenOff?.approvedBy) expect(writtenOff.approvedBy).not.toBe(writtenOff.by);
      }),
      { numRuns: 500 },
    );
  });

  it('that these rules could not have decided is a defect', () => {
    expect(() => given(raised(5n), raised(5n)).when({ type: 'SendBack', ...step('ann') })).toThrow(
      'BreakRaised cannot follow',
    );
  });
});

/** A break ends once for each time that it is found, and for good where a person ends it. */
function expectEndsInOrder(history: readonly BreakEvent[]): void {
  const ends = history.filter(({ type }) =>
    ['BreakMatched', 'BreakWrittenOff', 'BreakSentBack', 'BreakCleared'].includes(type),
  );
  const byPersons = ends.filter(({ type }) => type !== 'BreakCleared');
  expect(byPersons.length).toBeLessThanOrEqual(1);
  if (byPersons.length > 0) expect(ends.at(-1)).toBe(byPersons[0]);
  const found = history.filter(({ type }) => type === 'BreakRaised').length;
  expect(ends.length).toBeLessThanOrEqual(found);
}
