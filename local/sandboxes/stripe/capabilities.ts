import type { Stripe } from 'stripe';
import { type Actor, emit } from './endpoint.ts';
import { resourceMissing } from './errors.ts';

/** The capabilities that a seller's account of ours may ask for. */
export const capabilityNames = [
  ...(['bank_transfer_payments', 'card_payments', 'legacy_payments'] as const),
  ...(['sepa_debit_payments', 'transfers', 'us_bank_account_ach_payments'] as const),
];

export type CapabilityName = (typeof capabilityNames)[number];
export type CapabilityStatus = 'active' | 'inactive' | 'pending' | 'unrequested';

const noRequirements = () => ({
  ...{ alternatives: [], current_deadline: null, currently_due: [], disabled_reason: null },
  ...{ errors: [], eventually_due: [], past_due: [], pending_verification: [] },
});

/** A capability of an account as its own endpoint shows it. */
export function capabilityOf(account: Stripe.Account, name: string): Stripe.Capability {
  const status = statuses(account)[name] ?? 'unrequested';
  const requested = status !== 'unrequested';
  return {
    id: name,
    object: 'capability',
    account: account.id,
    future_requirements: noRequirements(),
    requested,
    requested_at: requested ? (account.created ?? null) : null,
    requirements: {
      ...noRequirements(),
      ...(status === 'inactive' && { disabled_reason: 'requirements.fields_needed' }),
    },
    status,
  };
}

const statuses = (account: Stripe.Account) =>
  (account.capabilities ?? {}) as Readonly<Record<string, CapabilityStatus>>;

export const capabilitiesOf = (account: Stripe.Account): Stripe.Capability[] =>
  Object.keys(statuses(account)).map((name) => capabilityOf(account, name));

/** @throws StripeApiError 404 for a name that is no capability here. */
export function requireCapabilityName(name: string): CapabilityName {
  const known = capabilityNames.find((each) => each === name);
  if (known) return known;
  throw resourceMissing({ what: 'capability', id: name, param: 'capability' });
}

/** An account lists only the capabilities that were asked for. */
function withStatus(account: Stripe.Account, name: CapabilityName, status: CapabilityStatus) {
  const { [name]: _before, ...others } = account.capabilities ?? {};
  return status === 'unrequested' ? others : { ...others, [name]: status };
}

/**
 * Changes what a connected account may do, and tells its platform: `capability.updated` and
 * `account.updated`, both with the account's own id. An account without transfers gets no payouts.
 */
export function changeCapability(
  actor: Pick<Actor, 'world' | 'cause'>,
  account: Stripe.Account,
  change: { name: CapabilityName; status: CapabilityStatus },
): Stripe.Capability {
  const { name, status } = change;
  const { store } = actor.world;
  const before = capabilityOf(account, name);
  const changed = store.change('account', account.id, {
    capabilities: withStatus(account, name, status),
    ...(name === 'transfers' && { payouts_enabled: status === 'active' }),
  });
  const capability = capabilityOf(changed, name);
  if (before.status === status) return capability;
  const own = { ...actor, account: account.id };
  emit(own, 'capability.updated', capability, { status: before.status });
  emit(own, 'account.updated', changed, {
    capabilities: before.requested ? { [name]: before.status } : {},
  });
  return capability;
}

/** What a request for capabilities makes of them: those of a restricted account wait. */
export function grant(requested: boolean, restricted: boolean): CapabilityStatus {
  if (!requested) return 'unrequested';
  return restricted ? 'inactive' : 'active';
}
