import type { Stripe } from 'stripe';
import { checkCurrency } from './amounts.ts';
import { openBankAccount } from './bank-accounts.ts';
import { StripeApiError } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { platformAccount } from './references.ts';
import type { World } from './world.ts';

export type AccountRequest = {
  id?: string | undefined;
  country?: string | undefined;
  defaultCurrency?: string | undefined;
  email?: string | null | undefined;
  type?: 'custom' | 'express' | 'standard' | undefined;
  metadata?: Metadata | null | undefined;
  /** What it asks for; transfers, where nothing is said. */
  capabilities?: Record<string, { requested: boolean } | undefined> | undefined;
  bankAccount?: Stripe.BankAccount | undefined;
  businessProfile?: { mcc?: string | undefined; url?: string | undefined } | undefined;
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

const noRequirements = () => ({
  ...{ alternatives: [], current_deadline: null, currently_due: [], disabled_reason: null },
  ...{ errors: [], eventually_due: [], past_due: [], pending_verification: [] },
});

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
  const bank = openBankAccount(world, {
    ...{ account: id, country: request.country, currency: request.defaultCurrency },
    given: request.bankAccount,
  });
  return {
    id,
    object: 'account',
    business_profile: profileOf(request),
    business_type: null,
    capabilities: capabilitiesFor(request, active),
    charges_enabled: active && request.capabilities?.['card_payments']?.requested === true,
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
      ...{ object: 'list', data: [bank], has_more: false },
      url: `/v1/accounts/${id}/external_accounts`,
    },
    future_requirements: noRequirements(),
    metadata: mergeMetadata({}, request.metadata),
    payouts_enabled: active,
    requirements: {
      ...noRequirements(),
      disabled_reason: active ? null : 'requirements.past_due',
    },
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: request.type ?? 'express',
  };
}

function profileOf({ businessProfile: given }: AccountRequest): Stripe.Account.BusinessProfile {
  return {
    ...{ annual_revenue: null, estimated_worker_count: null, mcc: given?.mcc ?? null },
    ...{ minority_owned_business_designation: null, name: null, product_description: null },
    ...{ specified_commercial_transactions_act_url: null, support_address: null },
    ...{ support_email: null, support_phone: null, support_url: null, url: given?.url ?? null },
  };
}

/** Only what is asked for is granted, and at once unless the account is restricted. */
function capabilitiesFor(request: AccountRequest, active: boolean): Stripe.Account.Capabilities {
  const asked = Object.entries(request.capabilities ?? { transfers: { requested: true } });
  return Object.fromEntries(
    asked
      .filter(([, wish]) => wish?.requested)
      .map(([name]) => [name, active ? 'active' : 'inactive']),
  );
}

export const isRestricted = (account: Stripe.Account): boolean => !account.details_submitted;

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
