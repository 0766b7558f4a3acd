import { invalidRequest } from './errors.ts';
import { listOf, text } from './parameters.ts';
import type { Kind, Objects, Store } from './store.ts';

/** The parameter that every endpoint takes. */
export const expansion = { expand: listOf(text()) };

const maximumDepth = 4;

/** What an expandable field refers to; an empty list is a field that is always null here. */
type Reference = readonly Kind[];

const expandable: { [K in Kind]?: Record<string, Reference> } = {
  payment_intent: {
    ...{ latest_charge: ['charge'], payment_method: ['payment_method'] },
    ...{ application: [], customer: [], on_behalf_of: [], review: [], source: [] },
  },
  charge: {
    ...{ balance_transaction: ['balance_transaction'], payment_intent: ['payment_intent'] },
    ...{ failure_balance_transaction: ['balance_transaction'], source_transfer: ['transfer'] },
    ...{ application: [], application_fee: [], customer: [], on_behalf_of: [], review: [] },
    // A list that is left out unless it is asked for.
    refunds: ['refund'],
  },
  refund: {
    ...{ balance_transaction: ['balance_transaction'], charge: ['charge'] },
    ...{ payment_intent: ['payment_intent'], source_transfer_reversal: ['transfer_reversal'] },
    ...{ payment_method: ['payment_method'], transfer_reversal: ['transfer_reversal'] },
    ...{ customer: [], failure_balance_transaction: ['balance_transaction'] },
  },
  transfer: {
    ...{ balance_transaction: ['balance_transaction'], destination: ['account'] },
    ...{ destination_payment: ['charge'], source_transaction: ['charge'] },
    reversals: ['transfer_reversal'],
  },
  transfer_reversal: {
    ...{ balance_transaction: ['balance_transaction'], transfer: ['transfer'] },
    ...{ destination_payment_refund: ['refund'], source_refund: ['refund'] },
  },
  balance_transaction: {
    source: ['charge', 'refund', 'transfer', 'transfer_reversal', 'dispute', 'payout'],
  },
  dispute: { charge: ['charge'], payment_intent: ['payment_intent'] },
  payout: {
    ...{ balance_transaction: ['balance_transaction'], destination: ['bank_account'] },
    failure_balance_transaction: ['balance_transaction'],
    ...{ application_fee: [], original_payout: [], reversed_by: [] },
  },
  payment_method: { customer: [] },
};

const listField = 'data';

/**
 * Refuses paths that the answer can't follow, before anything is carried out.
 * @throws StripeApiError 400 naming the whole path.
 */
export function checkExpansions(
  paths: readonly string[],
  returns: { kind: Kind | null; list?: boolean },
): void {
  for (const path of paths) {
    const segments = path.split('.');
    if (returns.list && segments.shift() !== listField) throw notExpandable(path);
    if (segments.length > maximumDepth) {
      throw invalidRequest(`You cannot expand more than ${maximumDepth} levels of a property.`, {
        param: 'expand',
      });
    }
    // `reversals.data.…` reaches into a list that is part of the object.
    const fields = segments.filter((segment) => segment !== listField);
    if (!canFollow(returns.kind ? [returns.kind] : [], fields)) throw notExpandable(path);
  }
}

function canFollow(kinds: readonly Kind[], fields: readonly string[]): boolean {
  const [field, ...rest] = fields;
  if (field === undefined) return true;
  const references = kinds.flatMap((kind) => referencesOf(kind, field));
  return references.length > 0 && canFollow(references.flat(), rest);
}

function referencesOf(kind: Kind, field: string): Reference[] {
  const fields = expandable[kind];
  return fields && Object.hasOwn(fields, field) ? [fields[field] ?? []] : [];
}

function notExpandable(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
}

/** A copy of the answer with the objects in the place of their ids. Paths were checked before. */
export function expand(store: Store, answer: object, paths: readonly string[]): object {
  return paths.reduce<object>(
    (current, path) => follow(store, current, path.split('.')) as object,
    answer,
  );
}

function follow(store: Store, value: unknown, segments: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => follow(store, item, segments));
  const [field, ...rest] = segments;
  if (field === undefined || value === null || typeof value !== 'object') return value;
  const current = value as Record<string, unknown>;
  const inner = current[field] ?? includedList(store, current, field);
  if (inner === null || inner === undefined) return current;
  const object = typeof inner === 'string' ? resolve(store, current, { field, id: inner }) : inner;
  return { ...current, [field]: follow(store, object, rest) };
}

function resolve(
  store: Store,
  parent: Record<string, unknown>,
  reference: { field: string; id: string },
): unknown {
  const kinds = expandable[parent['object'] as Kind]?.[reference.field] ?? [];
  for (const kind of kinds) {
    const found: Objects[Kind] | undefined = store.findAnywhere(kind, reference.id);
    if (found) return found;
  }
  return reference.id;
}

/** `refunds` of a charge, which Stripe includes only where it is expanded. */
function includedList(store: Store, parent: Record<string, unknown>, field: string): unknown {
  if (parent['object'] !== 'charge' || field !== 'refunds') return undefined;
  const id = String(parent['id']);
  return {
    object: 'list',
    data: store.listAnywhere('refund').filter((refund) => refund.charge === id),
    has_more: false,
    url: `/v1/charges/${id}/refunds`,
  };
}
