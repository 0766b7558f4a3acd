import type { BreakStep } from '../../events/finance/break-step.v1.ts';
import type { BreakEvent } from '../../events/index.ts';
import { minorUnitDigits } from '../money/currency.ts';
import { type Money, sum } from '../money/money.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { execute, type Outcome } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import type { BreakCommand, Step } from '../reconciliation/break-commands.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { decideBreak } from '../reconciliation/decide-break.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { laneOf } from '../reconciliation/lane.ts';
import type { LaneStore } from '../reconciliation/ports.ts';

export type ResolveBreakPorts = {
  readonly breaks: EventStore<BreakEvent>;
  readonly lanes: Pick<LaneStore, 'getItems'>;
  readonly now: () => Date;
  /** What one person may write off alone, in major units of whatever currency. */
  readonly writeOffLimitMajor: number;
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
  { writeOffLimitMajor }: ResolveBreakPorts,
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
      const { left, right } = step;
      const none: Money = { currency: currencyOf(context.state), amountMinor: 0n };
      const { left: leftTotal, right: rightTotal } = context.totals ?? { left: none, right: none };
      return { type: 'MatchByHand', left, right, leftTotal, rightTotal, ...context.step };
    }
    case 'write_off': {
      const digits = minorUnitDigits(currencyOf(context.state));
      const limitMinor = BigInt(writeOffLimitMajor) * 10n ** BigInt(digits);
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
 * What both sides of a match by hand amount to. Undefined where an item is not there or not open, and
 * where a side has several currencies: then the sides can't be equal, and the break says so.
 */
async function totalsOf(
  ports: ResolveBreakPorts,
  breakId: string,
  { left, right }: Extract<BreakStep, { kind: 'match' }>,
): Promise<Totals | undefined> {
  const [raised] = (await loadBreak(ports, breakId)).flatMap(({ events }) => events);
  const lane = raised?.type === 'BreakRaised' ? laneOf(raised.rec) : undefined;
  if (lane === undefined) return undefined;
  const total = async (ids: readonly string[], side: 'left' | 'right') => {
    const items = await ports.lanes.getItems(lane, ids);
    const open = items.filter((one) => one.status === 'open' && one.side === side);
    const [first] = open;
    const isOne = new Set(open.map(({ item }) => item.currency)).size === 1;
    if (first === undefined || open.length !== ids.length || !isOne) return undefined;
    return sum(
      first.item.currency,
      open.map(({ item: { currency, amountMinor } }) => ({ currency, amountMinor })),
    );
  };
  const [leftTotal, rightTotal] = [await total(left, 'left'), await total(right, 'right')];
  return leftTotal && rightTotal && { left: leftTotal, right: rightTotal };
}
