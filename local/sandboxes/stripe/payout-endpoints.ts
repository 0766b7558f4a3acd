import type { Stripe } from 'stripe';
import { type Actor, type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import {
  clearableText,
  integer,
  oneOf,
  required,
  text,
  unsupportedParameters,
} from './parameters.ts';
import { cancelPayout, createPayout } from './payouts.ts';

const url = '/v1/payouts';
const returns = { kind: 'payout' } as const;

/** @throws StripeApiError 404 resource_missing. */
export function requirePayout({ world, account }: Actor, id: string): Stripe.Payout {
  const payout = world.store.find('payout', account, id);
  if (payout) return payout;
  throw resourceMissing({ what: 'payout', id, param: 'payout' });
}

const payoutOf = (call: Call) => requirePayout(call, call.path['id'] ?? '');

export const payoutEndpoints = [
  endpoint({
    method: 'POST',
    path: url,
    parameters: {
      ...unsupportedParameters('payout_method'),
      amount: required(integer()),
      currency: required(text({ maximumLength: 3 })),
      description: clearableText(),
      destination: text(),
      metadata: metadata(),
      method: oneOf(['instant', 'standard']),
      source_type: oneOf(['card']),
      statement_descriptor: text({ maximumLength: 22 }),
    },
    returns,
    execute: (call) => createPayout(call, call.parameters),
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: {
      ...pagination,
      ...{ arrival_date: timeRange(), created: timeRange() },
      ...{ destination: text(), status: oneOf(['pending', 'paid', 'failed', 'canceled']) },
    },
    returns: { kind: 'payout', list: true },
    execute({ world, account, parameters }) {
      const { destination, status } = parameters;
      const payouts = world.store
        .list('payout', account)
        .filter((payout) => isWithin(payout.created, parameters.created))
        .filter((payout) => isWithin(payout.arrival_date, parameters.arrival_date))
        .filter((payout) => passes(payout, { destination, status }));
      return paginate(payouts, parameters, { url, what: 'payout' });
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: payoutOf }),
  endpoint({
    method: 'POST',
    path: `${url}/:id`,
    parameters: { metadata: metadata() },
    returns,
    execute(call) {
      const payout = payoutOf(call);
      const merged = mergeMetadata(payout.metadata ?? {}, call.parameters.metadata);
      const changed = call.world.store.change('payout', payout.id, { metadata: merged });
      emit(call, 'payout.updated', changed, { metadata: payout.metadata });
      return changed;
    },
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id/cancel`,
    parameters: {},
    returns,
    execute: (call) => cancelPayout(call, payoutOf(call)),
  }),
];
