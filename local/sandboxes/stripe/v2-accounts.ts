import type { Stripe } from 'stripe';
import { findAccount, openAccount } from './accounts.ts';
import { changeCapability } from './capabilities.ts';
import { type Call, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { limitOf, paginate } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import {
  flag,
  group,
  integer,
  listOf,
  oneOf,
  required,
  text,
  unsupportedParameters,
} from './parameters.ts';
import { platformAccount } from './references.ts';

const url = '/v2/core/accounts';
const returns = { kind: null } as const;

const recipient = group({
  capabilities: group({
    stripe_balance: group({ stripe_transfers: group({ requested: required(flag()) }) }),
  }),
});

const details = {
  ...unsupportedParameters('contact_phone', 'account_token'),
  configuration: group({ recipient, ...unsupportedParameters('customer', 'merchant') }),
  contact_email: text(),
  dashboard: oneOf(['express', 'full', 'none']),
  defaults: group({
    currency: text({ maximumLength: 3 }),
    responsibilities: group({ fees_collector: text(), losses_collector: text() }),
    ...unsupportedParameters('locales', 'profile'),
  }),
  display_name: text(),
  identity: group({
    country: text({ maximumLength: 2 }),
    entity_type: oneOf(['company', 'government_entity', 'individual', 'non_profit']),
    ...unsupportedParameters('attestations', 'business_details', 'individual'),
  }),
  include: listOf(text()),
  metadata: metadata(),
};

type View = { id: string; applied_configurations: string[] };
type Included = readonly string[] | undefined;

/** The account of `/v1/accounts`, as version 2 shows it: only what is included beyond its core. */
function view(call: Call, account: Stripe.Account, included: Included): View {
  const parts = {
    'configuration.recipient': { configuration: { recipient: recipientOf(account) } },
    identity: { identity: { country: account.country?.toLowerCase() } },
    defaults: {
      defaults: {
        currency: account.default_currency,
        responsibilities: {
          ...{ fees_collector: 'application', losses_collector: 'application' },
          requirements_collector: 'stripe',
        },
      },
    },
    requirements: { requirements: {} },
  };
  const wanted = Object.entries(parts).filter(([name]) => included?.includes(name));
  const about = call.world.accountDetails.get(account.id) ?? {};
  return {
    id: account.id,
    object: 'v2.core.account',
    applied_configurations: account.capabilities?.transfers ? ['recipient'] : [],
    closed: false,
    ...(account.email !== null && { contact_email: account.email }),
    created: new Date((account.created ?? 0) * 1000).toISOString(),
    dashboard: 'express',
    ...about,
    livemode: false,
    metadata: account.metadata ?? {},
    ...Object.assign({}, ...wanted.map(([, part]) => part)),
  };
}

/** What version 2 calls the status of a capability. */
const v2Statuses: Readonly<Record<string, string>> = { active: 'active', pending: 'pending' };

function recipientOf({ capabilities }: Stripe.Account) {
  const status = capabilities?.transfers;
  if (status === undefined) return { applied: false };
  const translated = v2Statuses[status] ?? 'restricted';
  const status_details =
    translated === 'active' ? [] : [{ code: 'requirements_past_due', resolution: 'provide_info' }];
  return {
    applied: true,
    capabilities: {
      stripe_balance: { stripe_transfers: { status: translated, status_details } },
    },
  };
}

const configurations = ['customer', 'merchant', 'recipient'] as const;

/** A page of version 2 names its neighbors by address. None of the accounts here is closed. */
const list = endpoint({
  method: 'GET',
  path: url,
  parameters: {
    applied_configurations: listOf(oneOf(configurations)),
    closed: flag(),
    limit: integer(),
    page: text(),
  },
  returns,
  execute(call) {
    const { applied_configurations: wanted = [], closed = false, page } = call.parameters;
    const limit = limitOf(call.parameters.limit);
    const accounts = call.world.store
      .list('account', platformAccount)
      .map((account) => view(call as Call, account, undefined))
      .filter(
        (account) =>
          !closed && wanted.every((each) => account.applied_configurations.includes(each)),
      );
    const from = { limit, starting_after: page, ending_before: undefined };
    const { data, has_more } = paginate(accounts, from, { url, what: 'account' });
    const asked = wanted.map((each, index) => `&applied_configurations[${index}]=${each}`).join('');
    const addressOf = (after: string | undefined) =>
      `${url}?limit=${limit}${asked}${after === undefined ? '' : `&page=${after}`}`;
    const start = page === undefined ? 0 : accounts.findIndex(({ id }) => id === page) + 1;
    return {
      data,
      next_page_url: has_more ? addressOf(data.at(-1)?.id) : null,
      previous_page_url: start === 0 ? null : addressOf(accounts[start - limit - 1]?.id),
    };
  },
});

function accountOf({ world, path }: Call): Stripe.Account {
  const id = path['id'] ?? '';
  const account = findAccount(world, id);
  if (account) return account;
  throw resourceMissing({ what: 'account', id, param: 'id' });
}

export const v2AccountEndpoints = [
  list,
  endpoint({
    method: 'POST',
    path: url,
    parameters: details,
    returns,
    execute(call) {
      const { world, parameters: given } = call;
      const requested =
        given.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.requested;
      const account = openAccount(world, {
        country: given.identity?.country?.toUpperCase(),
        ...{ email: given.contact_email, metadata: given.metadata, type: 'express' },
        defaultCurrency: given.defaults?.currency,
        capabilities: { transfers: { requested: requested ?? false } },
      });
      const { dashboard = 'express', display_name } = given;
      world.accountDetails.set(account.id, { dashboard, ...(display_name && { display_name }) });
      return view(call as Call, account, given.include);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: { include: listOf(text()) },
    returns,
    execute: (call) => view(call as Call, accountOf(call as Call), call.parameters.include),
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id`,
    parameters: details,
    returns,
    execute(call) {
      const { world, parameters: given } = call;
      const account = accountOf(call as Call);
      const changed = world.store.change('account', account.id, {
        email: given.contact_email ?? account.email,
        metadata: mergeMetadata(account.metadata ?? {}, given.metadata),
      });
      const requested =
        given.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.requested;
      if (requested) changeCapability(call, changed, { name: 'transfers', status: 'active' });
      return view(call as Call, accountOf(call as Call), given.include);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v2/core/account_links',
    parameters: {
      account: required(text()),
      use_case: required(
        group({
          type: required(oneOf(['account_onboarding', 'account_update'])),
          account_onboarding: group({
            ...{ refresh_url: required(text()), return_url: text() },
          }),
          account_update: group({
            ...{ refresh_url: required(text()), return_url: text() },
          }),
        }),
      ),
    },
    returns,
    execute(call) {
      const { account, use_case } = call.parameters;
      const found = accountOf({ ...call, path: { id: account } } as Call);
      const created = call.world.clock();
      return {
        object: 'v2.core.account_link',
        account: found.id,
        created: created.toISOString(),
        expires_at: new Date(created.getTime() + 5 * 60 * 1000).toISOString(),
        livemode: false,
        url: `https://accounts.stripe.com/r/${found.id}`,
        use_case: JSON.parse(JSON.stringify(use_case)),
      };
    },
  }),
];
