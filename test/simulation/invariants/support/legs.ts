import type { Money } from '../../../../src/money/money.ts';

/** A leg is text: account, scope, signed minor units and currency. Legs of zero are left out. */
export type Entry = { readonly kind: string; readonly legs: readonly (string | undefined)[] };

const leg = (
  account: string,
  { currency, amountMinor }: Money,
  sign: 1n | -1n,
  scope = '-',
): string | undefined =>
  amountMinor === 0n ? undefined : `${account} ${scope} ${sign * amountMinor} ${currency}`;

export const debit = (account: string, amount: Money, scope?: string) =>
  leg(account, amount, 1n, scope);
export const credit = (account: string, amount: Money, scope?: string) =>
  leg(account, amount, -1n, scope);

export const minus = (left: Money, right: Money): Money => ({
  currency: left.currency,
  amountMinor: left.amountMinor - right.amountMinor,
});
