import type { Stripe } from 'stripe';
import { buildBankAccount } from './bank-accounts.ts';
import { type Actor, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import type { FormValue } from './forms.ts';
import { group, missing, type Parameter, required, text } from './parameters.ts';

/** The facts of a person or company: taken, and kept nowhere. */
function anything(): Parameter<true, false> {
  return { required: false, read: (_value: FormValue) => true };
}

const parameters = {
  account: anything(),
  bank_account: group({
    account_holder_name: text(),
    account_number: required(text()),
    country: required(text({ maximumLength: 2 })),
    currency: required(text({ maximumLength: 3 })),
  }),
};

/** Uses a token up. @throws StripeApiError 400 for none, or one that was used before. */
export function takeToken(actor: Actor, id: string, param: string): Stripe.Token {
  const token = actor.world.store.find('token', actor.account, id);
  if (!token) throw resourceMissing({ what: 'token', id, param, status: 400 });
  if (token.used) {
    throw invalidRequest(`You cannot use a Stripe token more than once: ${id}.`, {
      ...{ code: 'token_already_used', param },
    });
  }
  return actor.world.store.change('token', id, { used: true });
}

export const tokenEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/tokens',
    parameters,
    returns: { kind: 'token' },
    execute({ world, account, parameters: { account: person, bank_account: bank } }) {
      if (!person && !bank) throw missing('bank_account');
      return world.store.insert('token', account, {
        id: world.ids.next(bank ? 'btok' : 'ct'),
        object: 'token',
        ...(bank && {
          bank_account: buildBankAccount(world, {
            ...{ country: bank.country, currency: bank.currency.toLowerCase() },
            ...{ number: bank.account_number, holder: bank.account_holder_name },
          }),
        }),
        client_ip: '127.0.0.1',
        created: world.nowSeconds(),
        livemode: false,
        type: bank ? 'bank_account' : 'account',
        used: false,
      });
    },
  }),
];
