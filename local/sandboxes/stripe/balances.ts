import type { Stripe } from 'stripe';
import { settlementCurrencyOf } from './amounts.ts';
import type { CurrencyBalance } from './ledger.ts';
import { platformAccount } from './references.ts';
import type { World } from './world.ts';

/** An account's balance as the API shows it; its own currency is there even at zero. */
export function balanceOf(world: World, account: string): Stripe.Balance {
  world.ledger.balance(account, settlementCurrencyOf(world, account));
  const balances = [...world.ledger.balances(account)];
  const amounts = (choose: (balance: CurrencyBalance, currency: string) => bigint) =>
    balances.map(([currency, balance]) => {
      const amount = Number(choose(balance, currency));
      return { amount, currency, source_types: { card: amount } };
    });
  const reserved = amounts((_, currency) => reservedMinor(world, account, currency));
  return {
    object: 'balance',
    available: amounts((_, currency) => spendableMinor(world, account, currency)),
    ...(account === platformAccount && {
      connect_reserved: reserved.map(({ amount, currency }) => ({ amount, currency })),
    }),
    livemode: false,
    pending: amounts((balance) => balance.pendingMinor),
  };
}

/** What an account may spend: its available balance, less what stands in for indebted accounts. */
export function spendableMinor(world: World, account: string, currency: string): bigint {
  const { availableMinor } = world.ledger.balance(account, currency);
  return availableMinor - reservedMinor(world, account, currency);
}

/** What the platform's balance holds back for connected accounts whose own is negative. */
function reservedMinor(world: World, account: string, currency: string): bigint {
  if (account !== platformAccount) return 0n;
  return world.ledger
    .accounts()
    .filter((connected) => connected !== platformAccount)
    .map((connected) => world.ledger.balances(connected).get(currency))
    .map((balance) => (balance ? balance.availableMinor + balance.pendingMinor : 0n))
    .reduce((sum, net) => (net < 0n ? sum - net : sum), 0n);
}
