import type { CurrencyCode } from '../money/currency.ts';
import type { AccountBalance } from './balances.ts';
import { CHART, isAccountCode, type LedgerAccount } from './chart.ts';

/** Whether clients' money is there, in one currency, in minor units. */
export type Safeguarding = {
  readonly currency: CurrencyCode;
  /** What lies at the provider (1100, 1110) and on the segregated account (1200). */
  readonly coverMinor: bigint;
  /** Of that, what lies on the segregated account: whether the rest counts is a legal question. */
  readonly segregatedMinor: bigint;
  /** What is owed to clients, or on their behalf. */
  readonly owedMinor: bigint;
  /** The open position between currencies (1400), which stands for money on its way; may be negative. */
  readonly positionMinor: bigint;
  /** What is missing: owed less cover and position, zero where nothing is. */
  readonly shortfallMinor: bigint;
  /** What is missing where only the segregated account counts. */
  readonly segregatedShortfallMinor: bigint;
};

const SEGREGATED = '1200';

// Stryker disable next-line EqualityOperator: zero is zero either way
const atLeastZero = (minor: bigint): bigint => (minor > 0n ? minor : 0n);

/** Tests for every currency that what clients are owed is covered by what is held for them. */
export function safeguardingOf(balances: readonly AccountBalance[]): readonly Safeguarding[] {
  const byCurrency = Map.groupBy(balances, ({ currency }) => currency);
  return [...byCurrency.entries()].sort(byCode).map(([currency, own]) => testOf(currency, own));
}

const byCode = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  // Stryker disable next-line EqualityOperator: the keys of a map differ
  left < right ? -1 : 1;

function testOf(currency: CurrencyCode, balances: readonly AccountBalance[]): Safeguarding {
  const debitOf = (matches: (account: string) => boolean): bigint =>
    balances
      .filter(({ account }) => matches(account))
      .reduce((total, { debitMinor, creditMinor }) => total + debitMinor - creditMinor, 0n);
  const counts = (as: LedgerAccount['safeguarding']) => (account: string) =>
    isAccountCode(account) && CHART[account].safeguarding === as;
  const coverMinor = debitOf(counts('cover'));
  const segregatedMinor = debitOf((account) => account === SEGREGATED);
  const owedMinor = -debitOf(counts('owed'));
  const positionMinor = debitOf(counts('position'));
  return {
    ...{ currency, coverMinor, segregatedMinor, owedMinor, positionMinor },
    shortfallMinor: atLeastZero(owedMinor - coverMinor - positionMinor),
    segregatedShortfallMinor: atLeastZero(owedMinor - segregatedMinor - positionMinor),
  };
}
