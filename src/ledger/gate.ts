import type { Revaluation } from '../../events/period/common.ts';
import { type AccountBalance, isBalanced } from './balances.ts';
import { safeguardingOf } from './safeguarding.ts';

/**
 * One line of the checklist. `itemized` passes: what is open is listed, with its age or its explanation.
 * `red` keeps the period from being locked, and `detail` says why.
 */
export type Check = {
  readonly name: CheckName;
  readonly status: 'green' | 'itemized' | 'red';
  readonly detail: string;
  readonly items: readonly unknown[];
};

export type CheckName =
  | 'period_ended'
  | 'previous_locked'
  | 'trial_balance'
  | 'read_models'
  | 'dead_letters'
  | 'files'
  | 'statements'
  | 'statement_accounts'
  | 'matching'
  | 'breaks'
  | 'accounts'
  | 'safeguarding'
  | 'revaluation';

export const check = (
  name: CheckName,
  status: Check['status'],
  detail: string,
  items: readonly unknown[] = [],
): Check => ({ name, status, detail, items });

/** What is open on an account that should come back to zero, under one owner. */
export type OpenItem = {
  readonly account: string;
  readonly currency: string;
  readonly scope: string | null;
  readonly balanceMinor: bigint;
  /** The day of its oldest posting. */
  readonly since: string;
};

/** Money on its way, in dispute, in suspense or between currencies: zero at a close, or itemized. */
export const CLEARING_ACCOUNTS = ['1300', '1400', '2000', '2300', '2310', '2900'] as const;

/** The checks that the books alone answer. */
export function ledgerChecks(
  balances: readonly AccountBalance[],
  {
    openItems,
    revaluation,
  }: {
    readonly openItems: readonly OpenItem[];
    readonly revaluation: Revaluation | undefined;
  },
): readonly Check[] {
  const short = safeguardingOf(balances).filter(({ shortfallMinor }) => shortfallMinor > 0n);
  return [
    isBalanced(balances)
      ? check('trial_balance', 'green', 'Debits equal credits in every currency.')
      : check('trial_balance', 'red', 'Debits and credits differ in a currency.'),
    openItems.length === 0
      ? check('accounts', 'green', 'Every account that clears is at zero.')
      : check(
          'accounts',
          'itemized',
          `${openItems.length} items are open, listed by age.`,
          openItems,
        ),
    short.length === 0
      ? check('safeguarding', 'green', 'What clients are owed is covered in every currency.')
      : check('safeguarding', 'red', 'Clients are owed more than is held for them.', short),
    revaluation === undefined
      ? check('revaluation', 'red', 'A currency with an open position has no closing rate.')
      : check('revaluation', 'green', 'Open positions are valued at the closing rate.', [
          revaluation,
        ]),
  ];
}

/** The names of the checks that fail. */
export const redChecks = (checks: readonly Check[]): readonly CheckName[] =>
  checks.filter(({ status }) => status === 'red').map(({ name }) => name);
