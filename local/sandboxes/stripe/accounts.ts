import type { Stripe } from 'stripe';
import { checkCurrency } from './amounts.ts';
import { endpoint } from './endpoint.ts';
import { resourceMissing, StripeApiError } from './errors.ts';
import { isWithin, paginate, pagination, timeRange } from './lists.ts';
import { type Metadata, mergeMetadata, metadata } from './metadata.ts';
import { oneOf, text, unsupportedParameters } from './parameters.ts';
import { platformAccount, type World } from './world.ts';

export type AccountRequest = {
  id?: string | undefined;
  country?: string | undefined;
  defaultCurrency?: string | undefined;
  email?: string | null | undefined;
  type?: 'custom' | 'express' | 'standard' | undefined;
  metadata?: Metadata | null | undefined;
  /** A restricted account may not receive transfers. */
  restricted?: boolean | undefined;
};

const euroCountries = new Set([
  ...['AT', 'BE', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV'],
  ...['MT', 'NL', 'PT', 'SI', 'SK'],
]);

const currencyByCountry: Record<string, string> = {
  ...{ AE: 'aed', AU: 'aud', BR: 'brl', CA: 'cad', CH: 'chf', CN: 'cny', CZ: 'czk', DK: 'dkk' },
  ...{ GB: 'gbp', HK: 'hkd', HU: 'huf', ID: 'idr', IN: 'inr', IS: 'isk', JP: 'jpy', KR: 'krw' },
  ...{ MX: 'mxn', MY: 'myr', NO: 'nok', NZ: 'nzd', PH: 'php', PL: 'pln', RO: 'ron', SE: 'sek' },
  ...{ SG: 'sgd', TH: 'thb', TR: 'try', TW: 'twd', US: 'usd', VN: 'vnd', ZA: 'zar' },
};

/** Opens a connected account that can receive transfers, unless it is made restricted. */
export function openAccount(world: World, request: AccountRequest = {}): Stripe.Account {
  const country = request.country ?? 'US';
  const currency =
    request.defaultCurrency ??
    (euroCountries.has(country) ? 'eur' : currencyByCountry[country]) ??
    world.settings.settlementCurrency;
  checkCurrency(world, currency);
  const account = build(world, { ...request, country, defaultCurrency: currency });
  return world.store.insert('account', platformAccount, account);
}

function build(
  world: World,
  request: AccountRequest & { country: string; defaultCurrency: string },
): Stripe.Account {
  const id = request.id ?? `acct_sandbox_${world.ids.characters(12)}`;
  const active = !request.restricted;
  return {
    id,
    object: 'account',
    business_profile: null,
    business_type: null,
    capabilities: { transfers: active ? 'active' : 'inactive' },
    charges_enabled: false,
    controller: {
      type: 'application',
      fees: { payer: 'application' },
      is_controller: true,
      losses: { payments: 'application' },
      requirement_collection: 'stripe',
      stripe_dashboard: { type: 'express' },
    },
    country: request.country,
    created: world.nowSeconds(),
    default_currency: request.defaultCurrency,
    details_submitted: active,
    email: request.email ?? null,
    external_accounts: {
      ...{ object: 'list', data: [], has_more: false },
      url: `/v1/accounts/${id}/external_accounts`,
    },
    metadata: mergeMetadata({}, request.metadata),
    payouts_enabled: active,
    requirements: {
      ...{ alternatives: [], current_deadline: null, currently_due: [], errors: [] },
      ...{ eventually_due: [], past_due: [], pending_verification: [] },
      disabled_reason: active ? null : 'requirements.past_due',
    },
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: request.type ?? 'express',
  };
}

/**
 * A connected account. One that is called `acct_sandbox_…` exists as soon as it is named, in the
 * United States, so that a seller can be paid without being onboarded first.
 */
export function findAccount(world: World, id: string): Stripe.Account | undefined {
  const found = world.store.find('account', platformAccount, id);
  if (found) return found;
  return /^acct_sandbox_\w+$/.test(id) && id !== platformAccount
    ? openAccount(world, { id })
    : undefined;
}

/** @throws StripeApiError 403 account_invalid, as for an account of another platform. */
export function requireAccount(world: World, id: string): void {
  if (id === platformAccount || findAccount(world, id)) return;
  throw new StripeApiError(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message:
      `The provided key does not have access to account '${id}' (or that account does not ` +
      'exist). Application access may have been revoked.',
  });
}

const createParameters = {
  ...unsupportedParameters('account_token', 'external_account', 'documents', 'groups'),
  ...unsupportedParameters('business_profile', 'company', 'individual', 'settings'),
  ...unsupportedParameters('business_type', 'capabilities', 'controller', 'tos_acceptance'),
  country: text({ maximumLength: 2 }),
  default_currency: text({ maximumLength: 3 }),
  email: text(),
  metadata: metadata(),
  type: oneOf(['custom', 'express', 'standard']),
};

export const accountEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/accounts',
    parameters: createParameters,
    returns: { kind: 'account' },
    execute({ world, parameters }) {
      const { default_currency: defaultCurrency, country, email, type } = parameters;
      return openAccount(world, {
        ...{ country, defaultCurrency, email, type, metadata: parameters.metadata },
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/accounts',
    parameters: { ...pagination, created: timeRange() },
    returns: { kind: 'account', list: true },
    execute({ world, parameters }) {
      const accounts = world.store
        .list('account', platformAccount)
        .filter((account) => isWithin(account.created ?? 0, parameters.created));
      return paginate(accounts, parameters, { url: '/v1/accounts', what: 'account' });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/accounts/:id',
    parameters: {},
    returns: { kind: 'account' },
    execute({ world, path }) {
      const id = path['id'] ?? '';
      const account = findAccount(world, id);
      if (account) return account;
      throw resourceMissing({ what: 'account', id, param: 'account' });
    },
  }),
];
