import type {
  BankStatement,
  StatementBalance,
  StatementFormat,
  StatementLine,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { directionOf, unsigned } from '../amounts.ts';
import { difference } from '../reading.ts';
import { checkTotals } from '../totals.ts';
import type { Movement } from './source.ts';

/**
 * One statement for each account and currency, lines in the file's order. Where rows tell the
 * running balance, its ends are opening and closing, and every row is checked against the one
 * before; files run forward or backward, which their dates tell, or else the fewer breaks.
 */
export function groupMovements(
  format: StatementFormat,
  movements: readonly Movement[],
): readonly BankStatement[] {
  const groups = new Map<string, Movement[]>();
  for (const movement of movements) {
    const key = `${movement.account ?? ''}\n${movement.currency}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [movement]);
    else group.push(movement);
  }
  return [...groups.values()].map((group) => statementOf(format, group));
}

function statementOf(format: StatementFormat, movements: readonly Movement[]): BankStatement {
  const { account = null, currency = '' } = movements[0] ?? {};
  const lines = movements.map(lineOf);
  const ends = runningBalance(movements);
  const statement = {
    format,
    kind: format === 'csv' ? ('statement' as const) : ('provider' as const),
    id: null,
    sequence: null,
    account: { id: account, scheme: 'other' as const },
    currency,
    opening: ends?.opening ?? null,
    closing: ends?.closing ?? null,
    balances: ends === undefined ? [] : [ends.opening, ends.closing],
    lines,
  };
  const problems: StatementProblem[] = [
    ...checkTotals(statement, 'optional', ends?.at ?? movements[0]?.at ?? {}),
    ...(ends?.breaks ?? []),
  ];
  return { ...statement, problems };
}

function lineOf(movement: Movement, index: number): StatementLine {
  const { account: _, minor, balance: __, currency, ...rest } = movement;
  return {
    ordinal: index + 1,
    amountMinor: unsigned(minor),
    currency,
    direction: directionOf(minor),
    pending: false,
    reversal: false,
    references: {},
    remittance: { structured: [], unstructured: [] },
    charges: [],
    details: [],
    ...rest,
  };
}

type Balanced = Movement & { readonly balance: bigint };

type Run = {
  readonly opening: StatementBalance;
  readonly closing: StatementBalance;
  readonly breaks: readonly StatementProblem[];
  readonly at: Movement['at'];
};

function runningBalance(movements: readonly Movement[]): Run | undefined {
  const booked = movements.filter((movement) => movement.pending !== true);
  const balanced = booked.filter(
    (movement): movement is Balanced => movement.balance !== undefined,
  );
  if (balanced.length === 0 || balanced.length < booked.length) return undefined;
  const forward = breaksOf(balanced);
  const backward = balanced.toReversed();
  const backwardBreaks = breaksOf(backward);
  const [oldest, newest] = [balanced[0]?.bookingDate ?? '', balanced.at(-1)?.bookingDate ?? ''];
  const isBackward = oldest === newest ? backwardBreaks.length < forward.length : oldest > newest;
  const [ordered, breaks] = isBackward ? [backward, backwardBreaks] : [balanced, forward];
  const first = ordered[0];
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    opening: balanceLike('OPBD', first.balance - first.minor, first),
    closing: balanceLike('CLBD', last.balance, last),
    breaks,
    at: last.at,
  };
}

function breaksOf(ordered: readonly Balanced[]): readonly StatementProblem[] {
  return ordered.flatMap((movement, index) => {
    const before = ordered[index - 1];
    const found = (before?.balance ?? movement.balance - movement.minor) + movement.minor;
    if (found === movement.balance) return [];
    const { balance: claimed, currency, at } = movement;
    const what = 'The balance after the row';
    return [difference('line.running_balance', { what, claimed, found, currency }, at)];
  });
}

const balanceLike = (type: string, minor: bigint, movement: Movement): StatementBalance => ({
  type,
  date: movement.bookingDate,
  amountMinor: unsigned(minor),
  currency: movement.currency,
  direction: directionOf(minor),
});
