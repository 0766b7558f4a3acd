import type { Stripe } from 'stripe';
import { type AccountRequest, findAccount, isRestricted, openAccount } from './accounts.ts';
import {
  capabilitiesOf,
  capabilityNames,
  capabilityOf,
  changeCapability,
  grant,
  requireCapabilityName,
} from './capabilities.ts';
import { type Call, emit, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { flag, group, oneOf, required, text, unsupportedParameters } from './parameters.ts';
import { platformAccount, platformApplication } from './references.ts';
import { takeToken } from './tokens.ts';

const url = '/v1/accounts';
const returns = { kind: 'account' } as const;

const requestedCapability = group({ requested: required(flag()) });
type Requested = Record<string, { requested: boolean } | undefined>;

const details = {
  ...unsupportedParameters('documents', 'groups', 'company', 'individual', 'settings'),
  ...unsupportedParameters('business_type', 'tos_acceptance'),
  capabilities: group(
    Object.fromEntries(capabilityNames.map((name) => [name, requestedCapability])),
  ),
  email: text(),
  metadata: metadata(),
};

/** The account in the path, where this platform has it. */
function accountOf({ world, path }: Call): Stripe.Account {
  const id = path['id'] ?? '';
  const account = findAccount(world, id);
  if (account) return account;
  throw resourceMissing({ what: 'account', id, param: 'account' });
}

const create = endpoint({
  method: 'POST',
  path: url,
  parameters: {
    ...details,
    ...unsupportedParameters('controller'),
    ...{ account_token: text(), external_account: text() },
    business_profile: group({ mcc: text(), url: text() }),
    country: text({ maximumLength: 2 }),
    default_currency: text({ maximumLength: 3 }),
    type: oneOf(['custom', 'express', 'standard']),
  },
  returns,
  execute(call) {
    const { world, parameters } = call;
    const { default_currency: defaultCurrency, country, email, type } = parameters;
    const { account_token: facts, external_account: bank } = parameters;
    if (facts !== undefined) takeToken(call, facts, 'account_token');
    const capabilities = parameters.capabilities as Requested | undefined;
    const request: AccountRequest = { country, defaultCurrency, email, type };
    return openAccount(world, {
      ...{ ...request, metadata: parameters.metadata, capabilities },
      businessProfile: parameters.business_profile,
      ...(bank !== undefined && {
        bankAccount: takeToken(call, bank, 'external_account').bank_account,
      }),
    });
  },
});

const update = endpoint({
  method: 'POST',
  path: `${url}/:id`,
  parameters: { ...details, default_currency: text({ maximumLength: 3 }) },
  returns,
  execute(call) {
    const { world, parameters } = call;
    const account = accountOf(call);
    const requested = (parameters.capabilities ?? {}) as Requested;
    const before = { metadata: account.metadata, email: account.email };
    const { email = account.email } = parameters;
    const changed = world.store.change('account', account.id, {
      email,
      metadata: mergeMetadata(account.metadata ?? {}, parameters.metadata),
    });
    emit({ ...call, account: account.id }, 'account.updated', changed, before);
    for (const [name, wish] of Object.entries(requested)) {
      if (!wish) continue;
      changeCapability(call, accountOf(call), {
        name: requireCapabilityName(name),
        status: grant(wish.requested, isRestricted(account)),
      });
    }
    return accountOf(call);
  },
});

/** A platform may close an account of its own once no money is left on it. */
const remove = endpoint({
  method: 'DELETE',
  path: `${url}/:id`,
  parameters: {},
  returns: { kind: null },
  execute(call) {
    const { world } = call;
    const account = accountOf(call);
    const held = [...world.ledger.balances(account.id).values()];
    if (held.some((each) => each.availableMinor !== 0n || each.pendingMinor !== 0n)) {
      throw invalidRequest('This account can not be deleted: its balance is not zero.');
    }
    const application = {
      id: platformApplication,
      object: 'application',
      name: 'Tradelane sandbox',
    };
    emit({ ...call, account: account.id }, 'account.application.deauthorized', application);
    world.store.remove('account', account.id);
    return { id: account.id, object: 'account', deleted: true };
  },
});

const capabilityEndpoints = [
  endpoint({
    method: 'GET',
    path: `${url}/:id/capabilities`,
    parameters: {},
    returns: { kind: null },
    execute: (call) => ({
      object: 'list',
      data: capabilitiesOf(accountOf(call)),
      has_more: false,
      url: `${url}/${call.path['id']}/capabilities`,
    }),
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id/capabilities/:capability`,
    parameters: {},
    returns: { kind: null },
    execute: (call) =>
      capabilityOf(accountOf(call), requireCapabilityName(call.path['capability'] ?? '')),
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id/capabilities/:capability`,
    parameters: { requested: required(flag()) },
    returns: { kind: null },
    execute(call) {
      const account = accountOf(call);
      const name = requireCapabilityName(call.path['capability'] ?? '');
      const status = grant(call.parameters.requested, isRestricted(account));
      return changeCapability(call, account, { name, status });
    },
  }),
];

export const accountEndpoints = [
  create,
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, created: timeRange() },
    returns: { kind: 'account', list: true },
    execute({ world, parameters }) {
      const accounts = world.store
        .list('account', platformAccount)
        .filter((account) => isWithin(account.created ?? 0, parameters.created));
      return paginate(accounts, parameters, { url, what: 'account' });
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: accountOf }),
  update,
  remove,
  ...capabilityEndpoints,
];
