import type { AccountBalance } from '../../src/ledger/balances.ts';

const keyOf = ({ account, currency }: AccountBalance): string => `${account}#${currency}`;

/** What has been posted between two trial balances; accounts without any of it are left out. */
export function turnoverSince(
  before: readonly AccountBalance[],
  after: readonly AccountBalance[],
): readonly AccountBalance[] {
  const earlier = new Map(before.map((balance) => [keyOf(balance), balance]));
  return after
    .map((balance) => {
      const { debitMinor = 0n, creditMinor = 0n } = earlier.get(keyOf(balance)) ?? {};
      return {
        ...balance,
        debitMinor: balance.debitMinor - debitMinor,
        creditMinor: balance.creditMinor - creditMinor,
      };
    })
    .filter(({ debitMinor, creditMinor }) => debitMinor !== 0n || creditMinor !== 0n);
}

/** Whether two trial balances are the same, account by account. */
export const sameBalances = (
  left: readonly AccountBalance[],
  right: readonly AccountBalance[],
): boolean =>
  left.length === right.length && left.every((balance, index) => isSame(balance, right[index]));

const isSame = (left: AccountBalance, right: AccountBalance | undefined): boolean =>
  right !== undefined &&
  left.account === right.account &&
  left.currency === right.currency &&
  left.debitMinor === right.debitMinor &&
  left.creditMinor === right.creditMinor;
