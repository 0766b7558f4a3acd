import { isBalanced } from '../../src/ledger/balances.ts';
import { sameBalances } from './demo-balances.ts';
import { differencesFrom } from './demo-ending.ts';
import type { DemoResult } from './demo-run.ts';
import { plainWords } from './format.ts';

/** Whether debits equal credits in every currency, in the trade's journal and in the read model. */
export const booksBalance = ({ balances, trialBalance }: DemoResult): boolean =>
  isBalanced(balances) && isBalanced(trialBalance);

/** What only passes money on, and what is open between currencies: at the end nothing is left there. */
const PASSING = new Set(['1300', '1400', '2000', '2100', '2200', '2300', '2310', '2400']);

const leftOver = ({ balances }: DemoResult): readonly string[] =>
  balances
    .filter(
      ({ account, debitMinor, creditMinor }) => PASSING.has(account) && debitMinor !== creditMinor,
    )
    .map(({ account, name, currency }) => `${account} ${name} in ${currency}`);

/** What is wrong with how a scenario ended, a sentence each; none where all is well. */
export function problemsOf(result: DemoResult): readonly string[] {
  const { trade, ending, balances, trialBalance, isListed, waitingMessages, deadLetters } = result;
  const hasEnded = trade.status === ending.status;
  const left = hasEnded ? leftOver(result) : [];
  const findings: readonly (readonly [isWrong: boolean, what: string])[] = [
    [result.obstacle !== undefined, result.obstacle ?? ''],
    ...differencesFrom(ending, trade).map((what) => [true, what] as const),
    [left.length > 0, `Money is left on ${left.join(', ')}.`],
    [!booksBalance(result), 'The books do not balance.'],
    [
      !sameBalances(trialBalance, balances),
      "The trial balance of the read model is not that of the trade's journal.",
    ],
    [
      hasEnded && !isListed,
      `The read model does not list the trade as ${plainWords(ending.status)}.`,
    ],
    [waitingMessages > 0, `Messages that still wait: ${waitingMessages}.`],
    [deadLetters > 0, `Dead letters: ${deadLetters}.`],
  ];
  return findings.filter(([isWrong]) => isWrong).map(([, what]) => what);
}
