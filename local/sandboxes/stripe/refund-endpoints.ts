import type { Stripe } from 'stripe';
import { type Call, endpoint } from './endpoint.ts';
import { resourceMissing, unsupportedBySandbox } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { integer, oneOf, text, unsupportedParameters } from './parameters.ts';
import { refundCash } from './refund-cash.ts';
import { announceRefund, expireRefund } from './refund-outcomes.ts';
import { createRefund } from './refunds.ts';

const url = '/v1/refunds';
const returns = { kind: 'refund' } as const;

function refundOf({ world, account, path }: Call): Stripe.Refund {
  const id = path['id'] ?? '';
  const refund = world.store.find('refund', account, id);
  if (refund) return refund;
  throw resourceMissing({ what: 'refund', id, param: 'id' });
}

export const refundEndpoints = [
  endpoint({
    method: 'POST',
    path: url,
    parameters: {
      ...unsupportedParameters('refund_application_fee', 'reverse_transfer'),
      amount: integer(),
      charge: text(),
      currency: text(),
      customer: text(),
      instructions_email: text(),
      metadata: metadata(),
      origin: oneOf(['customer_balance']),
      payment_intent: text(),
      reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']),
    },
    returns,
    execute(call) {
      const { amount, charge, metadata, payment_intent, reason, origin } = call.parameters;
      if (origin !== undefined) return refundCash(call, call.parameters);
      // Only methods that the sandbox does not have ask the buyer of a charge for an account.
      if (call.parameters.instructions_email !== undefined) {
        throw unsupportedBySandbox("'instructions_email' of a charge", 'instructions_email');
      }
      return createRefund(call, { amount, charge, metadata, payment_intent, reason });
    },
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, created: timeRange(), charge: text(), payment_intent: text() },
    returns: { kind: 'refund', list: true },
    execute({ world, account, parameters }) {
      const { charge, payment_intent } = parameters;
      const refunds = world.store
        .list('refund', account)
        .filter((refund) => isWithin(refund.created, parameters.created))
        .filter((refund) => passes(refund, { charge, payment_intent }));
      return paginate(refunds, parameters, { url, what: 'refund' });
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: refundOf }),
  endpoint({
    method: 'POST',
    path: `${url}/:id`,
    parameters: { metadata: metadata() },
    returns,
    execute(call) {
      const refund = refundOf(call);
      const merged = mergeMetadata(refund.metadata ?? {}, call.parameters.metadata);
      const changed = call.world.store.change('refund', refund.id, { metadata: merged });
      announceRefund(call, changed, { metadata: refund.metadata });
      return changed;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/test_helpers/refunds/:id/expire',
    parameters: {},
    returns,
    execute: (call) => expireRefund(call, refundOf(call)),
  }),
];
