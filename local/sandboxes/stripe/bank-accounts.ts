import type { Stripe } from 'stripe';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { platformAccount } from './references.ts';
import type { World } from './world.ts';

type BankFacts = {
  country: string;
  currency: string;
  number?: string;
  holder?: string | undefined;
};

/** A bank account that belongs to nobody yet. Of its number only the end is kept. */
export function buildBankAccount(world: World, facts: BankFacts): Stripe.BankAccount {
  return {
    id: world.ids.next('ba'),
    object: 'bank_account',
    account_holder_name: facts.holder ?? null,
    account_holder_type: null,
    account_type: null,
    bank_name: 'STRIPE TEST BANK',
    country: facts.country,
    currency: facts.currency,
    fingerprint: world.ids.characters(16),
    last4: (facts.number ?? '000123456789').slice(-4),
    routing_number: '110000000',
    status: 'new',
  };
}

/** The bank account that an account pays out to, made up where none was given. */
export function openBankAccount(
  world: World,
  facts: {
    account: string;
    country: string;
    currency: string;
    given?: Stripe.BankAccount | undefined;
  },
): Stripe.BankAccount {
  const { account, given, ...place } = facts;
  return world.store.insert('bank_account', account, {
    ...(given ?? buildBankAccount(world, place)),
    id: world.ids.next('ba'),
    ...(account !== platformAccount && { account }),
    available_payout_methods: ['standard'],
    default_for_currency: true,
    future_requirements: noRequirements(),
    metadata: {},
    requirements: noRequirements(),
  });
}

const noRequirements = () => ({
  ...{ currently_due: [], errors: [], past_due: [], pending_verification: [] },
});

/**
 * Where a payout of this currency goes. The platform has a bank account in every currency.
 * @throws StripeApiError 400 where the account has none, or none by that id.
 */
export function bankAccountFor(
  { world, account }: Actor,
  wanted: { currency: string; id: string | undefined },
): Stripe.BankAccount {
  const { currency, id } = wanted;
  const all = world.store.list('bank_account', account);
  if (id !== undefined) {
    const named = all.find((bank) => bank.id === id);
    if (named) return named;
    throw resourceMissing({ what: 'external account', id, param: 'destination', status: 400 });
  }
  const found = all.find((bank) => bank.currency === currency);
  if (found) return found;
  if (account === platformAccount) {
    return openBankAccount(world, { account, country: 'US', currency });
  }
  throw invalidRequest(
    `Sorry, you don't have any external accounts in that currency (${currency}).`,
    { param: 'currency' },
  );
}

/** A returned payout leaves its bank account in error, for its owner to mend. */
export function failBankAccount(actor: Actor, id: string): void {
  changeBankAccount(actor, id, { status: 'errored' });
}

export function changeBankAccount(
  actor: Actor,
  id: string,
  changes: Pick<Stripe.BankAccount, 'status'>,
): Stripe.BankAccount {
  const { store } = actor.world;
  const before = store.find('bank_account', actor.account, id);
  if (!before) throw resourceMissing({ what: 'external account', id, param: 'id' });
  const changed = store.change('bank_account', id, changes);
  const owner = store.find('account', platformAccount, actor.account);
  const list = owner?.external_accounts;
  if (owner && list) {
    const data = list.data.map((each) => (each.id === id ? changed : each));
    store.change('account', owner.id, { external_accounts: { ...list, data } });
    emit(actor, 'account.external_account.updated', changed, { status: before.status });
  }
  return changed;
}
