import type { BreakStep } from '../../events/finance/break-step.v1.ts';
import type { BreakEvent } from '../../events/index.ts';
import { type Money, sum } from '../money/money.ts';
import { limitMinorOf, type WriteOffLimits } from '../money/write-off-limits.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { execute, type Outcome } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import type { BreakCommand, Step } from '../reconciliation/break-commands.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { decideBreak } from '../reconciliation/decide-break.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import type { Side } from '../reconciliation/item.ts';
import { lanesOf } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';

export type ResolveBreakPorts = {
  readonly breaks: EventStore<BreakEvent>;
  readonly lanes: Pick<LaneStore, 'getItems'>;
  readonly now: () => Date;
  /** What one person may write off alone. */
  readonly writeOffLimits: WriteOffLimits;
};

export type BreakOutcome = Outcome<BreakState, BreakEvent>;

/** A break's records; none where there is no such break. */
export const loadBreak = (
  { breaks }: Pick<ResolveBreakPorts, 'breaks'>,
  breakId: string,
): Promise<readonly EventRecord<BreakEvent>[]> => breaks.load(breakStream(breakId));

/** Takes one step on a break for whoever `by` is. `requestId` tells one request from another. */
export async function resolveBreak(
  ports: ResolveBreakPorts,
  step: BreakStep,
  { breakId, by, requestId }: Readonly<Record<'breakId' | 'by' | 'requestId', string>>,
): Promise<BreakOutcome> {
  const streamId = breakStream(breakId);
  const at = ports.now().toISOString();
  const totals = step.kind === 'match' ? await totalsOf(ports, breakId, step) : undefined;
  return execute(
    { store: ports.breaks, now: ports.now },
    {
      ...{ streamId, cause: `api#${requestId}`, evolution: breakEvolution },
      decide: (state) => {
        const context = { state, totals, step: { by, reason: step.reason, at } };
        return decideBreak(commandOf(ports, step, context), state);
      },
    },
  );
}

type Totals = { readonly left: Money; readonly right: Money };

function commandOf(
  { writeOffLimits }: ResolveBreakPorts,
  step: BreakStep,
  context: {
    readonly state: BreakState;
    readonly totals: Totals | undefined;
    readonly step: Step;
  },
): BreakCommand {
  switch (step.kind) {
    case 'assign':
      return { type: 'AssignBreak', assignee: step.assignee, ...context.step };
    case 'explain':
      return { type: 'ExplainBreak', ...context.step };
    case 'match': {
      const { left, right, against } = step;
      const { left: leftTotal = null, right: rightTotal = null } = context.totals ?? {};
      const limitMinor = limitMinorOf(writeOffLimits, currencyOf(context.state));
      return {
        ...{ type: 'MatchByHand', left, right, leftTotal, rightTotal, ...context.step },
        ...(against === undefined ? {} : { accept: { against, limitMinor } }),
      };
    }
    case 'write_off': {
      const limitMinor = limitMinorOf(writeOffLimits, currencyOf(context.state));
      return { type: 'WriteOff', limitMinor, ...context.step };
    }
    case 'send_back':
      return { type: 'SendBack', ...context.step };
    case 'approve':
      return { type: 'ApproveWriteOff', ...context.step };
    case 'decline':
      return { type: 'DeclineWriteOff', ...context.step };
    default: {
      const unknownStep: never = step;
      return unknownStep;
    }
  }
}

const currencyOf = (state: BreakState): Money['currency'] =>
  state.status === 'not_raised' ? 'EUR' : state.facts.difference.currency;

/**
 * What both sides of a match by hand amount to. Undefined where an item is not there, not open or named
 * twice, and where a side has several currencies.
 */
async function totalsOf(
  ports: ResolveBreakPorts,
  breakId: string,
  { left, right }: Extract<BreakStep, { kind: 'match' }>,
): Promise<Totals | undefined> {
  const [raised] = (await loadBreak(ports, breakId)).flatMap(({ events }) => events);
  for (const lane of raised?.type === 'BreakRaised' ? lanesOf(raised.rec) : []) {
    const items = await ports.lanes.getItems(lane, [...left, ...right]);
    const open = items.filter(({ status }) => status === 'open');
    const totals = {
      left: totalOf(open, left, 'left'),
      right: totalOf(open, right, 'right'),
    };
    if (totals.left !== null && totals.right !== null) return totals as Totals;
  }
  return undefined;
}

function totalOf(items: readonly StoredItem[], ids: readonly string[], side: Side): Money | null {
  const own = items.filter((one) => one.side === side && ids.includes(one.item.id));
  const [first] = own;
  const isOne = new Set(own.map(({ item }) => item.currency)).size === 1;
  const isWhole = own.length === ids.length && new Set(ids).size === ids.length;
  if (first === undefined || !isOne || !isWhole) return null;
  return sum(
    first.item.currency,
    own.map(({ item: { currency, amountMinor } }) => ({ currency, amountMinor })),
  );
}
