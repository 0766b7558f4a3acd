import type { BankStatement, StatementBalance } from '../../events/bank/bank-statement.v1.ts';
import { type CurrencyCode, isCurrencyCode } from '../money/currency.ts';
import { derivedId } from '../platform/ids.ts';
import { ageBand, businessDaysBetween } from './business-days.ts';
import type { Break, BreakType } from './outcome.ts';
import { statementKey } from './statement-items.ts';

/** What of a statement its place in the chain follows from; `key` is what tells it from another. */
export type ChainLink = Pick<
  BankStatement,
  'kind' | 'sequence' | 'currency' | 'opening' | 'closing' | 'problems'
> & { readonly account: Pick<BankStatement['account'], 'id'>; readonly key: string };

type Chained = {
  readonly statement: ChainLink;
  readonly key: string;
  readonly closesOn: string;
};

/**
 * Rec H: each account's statements follow one another. Yesterday's closing balance is today's
 * opening one; numbers have no gap; no number comes twice with another content; and each statement
 * adds up by itself. The order in which they arrived does not matter.
 */
export const checkStatementChain = (
  statements: readonly BankStatement[],
  asOf: string,
): readonly Break[] =>
  checkChains(
    statements.map((statement) => ({ ...statement, key: statementKey(statement) })),
    asOf,
  );

/** Rec H over what is stored of statements. */
export function checkChains(statements: readonly ChainLink[], asOf: string): readonly Break[] {
  const chains = new Map<string, Chained[]>();
  for (const statement of statements) {
    if (statement.kind !== 'statement') continue;
    const account = `${statement.account.id}\n${statement.currency}`;
    const chained = {
      statement,
      key: statement.key,
      closesOn: statement.closing?.date ?? '',
    };
    const chain = chains.get(account);
    if (chain === undefined) chains.set(account, [chained]);
    else chain.push(chained);
  }
  return [...chains.values()]
    .flatMap((chain) => checkChain(chain.toSorted(inOrder), asOf))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** By the day they close, then by number, then by content. */
function inOrder(a: Chained, b: Chained): number {
  if (a.closesOn !== b.closesOn) return a.closesOn < b.closesOn ? -1 : 1;
  const byNumber = numberOf(a.statement) - numberOf(b.statement);
  if (byNumber !== 0) return byNumber;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** `126` of `126/1`; pages of one number belong together. Many banks write 0 for all. */
const numberOf = ({ sequence }: ChainLink): number =>
  Number(/^\d{1,9}/.exec(sequence ?? '')?.[0] ?? 0);

function checkChain(chain: readonly Chained[], asOf: string): readonly Break[] {
  const distinct = chain.filter(({ key }, index) => key !== chain[index - 1]?.key);
  return distinct.flatMap((current, index) => {
    const before = distinct[index - 1];
    return [
      ...checkSum(current, asOf),
      ...(before === undefined ? [] : checkStep(before, current, asOf)),
    ];
  });
}

function checkSum(current: Chained, asOf: string): readonly Break[] {
  return current.statement.problems
    .filter((problem) => problem.code === 'statement.total_mismatch')
    .flatMap((problem) => {
      const difference = BigInt(problem.differenceMinor ?? '0');
      const type = difference < 0n ? 'under' : 'over';
      return breakOf(
        type,
        [current],
        difference,
        'Its lines do not make its closing balance.',
        asOf,
      );
    });
}

function checkStep(before: Chained, current: Chained, asOf: string): readonly Break[] {
  const [last, next] = [numberOf(before.statement), numberOf(current.statement)];
  const both = [before, current];
  if (last !== 0 && next > last + 1 && next - last < LARGEST_GAP) {
    return breakOf('missing', both, 0n, `Statements ${last + 1} to ${next - 1} are missing.`, asOf);
  }
  const isPage = last === next && before.statement.sequence !== current.statement.sequence;
  if (last !== 0 && last === next && !isPage) {
    return breakOf('duplicate', both, 0n, `Number ${last} came twice, and not the same.`, asOf);
  }
  const { closing } = before.statement;
  const { opening } = current.statement;
  if (closing === null || opening === null) return [];
  const difference = signed(opening) - signed(closing);
  if (difference === 0n) return [];
  const type = difference < 0n ? 'under' : 'over';
  return breakOf(type, both, difference, 'It does not open as the one before closed.', asOf);
}

/** Numbers begin again with the year; a jump as large as this is no gap. */
const LARGEST_GAP = 100;

const signed = ({ amountMinor, direction }: StatementBalance): bigint =>
  direction === 'debit' ? -BigInt(amountMinor) : BigInt(amountMinor);

function breakOf(
  type: BreakType,
  chained: readonly Chained[],
  differenceMinor: bigint,
  detail: string,
  asOf: string,
): readonly Break[] {
  const last = chained.at(-1);
  const currency = last?.statement.currency;
  if (last === undefined || !isCurrencyCode(currency)) return [];
  const right = chained.map(({ key }) => key);
  const since = last.closesOn === '' ? asOf : last.closesOn;
  const ageBusinessDays = businessDaysBetween(since, asOf);
  return [
    {
      id: derivedId('brk', 'H', type, detail, ...right),
      rec: 'H',
      type,
      left: [],
      right,
      currency: currency satisfies CurrencyCode,
      differenceMinor,
      since,
      ageBusinessDays,
      ageBand: ageBand(ageBusinessDays),
      detail,
    },
  ];
}
