import { isBalanced } from '../../src/ledger/balances.ts';
import { type DemoResult, sameBalances } from './demo-run.ts';
import { plainWords } from './format.ts';

/** Whether debits equal credits in every currency, in the trade's journal and in the read model. */
export const booksBalance = ({ balances, trialBalance }: DemoResult): boolean =>
  isBalanced(balances) && isBalanced(trialBalance);

/** What is wrong with how a scenario ended, a sentence each; none where all is well. */
export function problemsOf(result: DemoResult): readonly string[] {
  const { trade, endsAs, balances, trialBalance, isListed, waitingMessages, deadLetters } = result;
  const hasEnded = trade.status === endsAs;
  const findings: readonly (readonly [isWrong: boolean, what: string])[] = [
    [!hasEnded, `The trade is ${plainWords(trade.status)}, not ${plainWords(endsAs)}, in time.`],
    [!booksBalance(result), 'The books do not balance.'],
    [
      !sameBalances(trialBalance, balances),
      "The trial balance of the read model is not that of the trade's journal.",
    ],
    [hasEnded && !isListed, `The read model does not list the trade as ${plainWords(endsAs)}.`],
    [waitingMessages > 0, `Messages that still wait: ${waitingMessages}.`],
    [deadLetters > 0, `Dead letters: ${deadLetters}.`],
  ];
  return findings.filter(([isWrong]) => isWrong).map(([, what]) => what);
}
