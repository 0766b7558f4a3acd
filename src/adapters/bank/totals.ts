import type {
  BankStatement,
  FilePlace,
  StatementBalance,
  StatementLine,
  StatementProblem,
} from '../../../events/bank/bank-statement.v1.ts';
import { difference, odd } from './reading.ts';

type Sided = Pick<StatementLine, 'amountMinor' | 'direction'>;

/** Minor units with the sign that they have for the account: a debit is negative. */
export const signed = ({ amountMinor, direction }: Sided): bigint =>
  direction === 'debit' ? -BigInt(amountMinor) : BigInt(amountMinor);

/** What the booked lines in the statement's own currency move the balance by. */
export const bookedSum = (lines: readonly StatementLine[], currency: string | null): bigint =>
  lines
    .filter((line) => !line.pending && line.currency === currency)
    .reduce((sum, line) => sum + signed(line), 0n);

/** The balance of the first of these types that the statement has in its currency. */
export const balanceOf = (
  balances: readonly StatementBalance[],
  currency: string | null,
  ...types: readonly string[]
): StatementBalance | null =>
  types
    .map((type) =>
      balances.find((balance) => balance.type === type && balance.currency === currency),
    )
    .find((balance) => balance !== undefined) ?? null;

type Checked = Pick<BankStatement, 'opening' | 'closing' | 'currency' | 'lines'>;

/**
 * Opening plus booked lines is closing, or by how much it is not; and lines in a currency that is
 * not the account's. Where balances are `expected` and one is missing, nothing can be checked, and
 * that is a problem too.
 */
export function checkTotals(
  { opening, closing, currency, lines }: Checked,
  balances: 'expected' | 'optional',
  at: FilePlace,
): StatementProblem[] {
  const foreign = lines
    .filter((line) => line.currency !== currency)
    .map((line) =>
      odd(
        'line.currency_differs',
        `The line is in ${line.currency}, the account in ${currency}; no total counts it.`,
        line.at,
      ),
    );
  if (opening === null || closing === null) {
    const missing = opening === null ? 'opening' : 'closing';
    return balances === 'expected'
      ? [
          ...foreign,
          odd(
            `statement.${missing}_missing`,
            `There is no ${missing} balance, so the lines can't be proved complete.`,
            at,
          ),
        ]
      : foreign;
  }
  const found = signed(opening) + bookedSum(lines, currency);
  const claimed = signed(closing);
  if (found === claimed) return foreign;
  const what = 'Opening balance and booked lines do not make the closing balance';
  return [
    ...foreign,
    difference(
      'statement.total_mismatch',
      { what, claimed, found, currency: closing.currency },
      at,
    ),
  ];
}
