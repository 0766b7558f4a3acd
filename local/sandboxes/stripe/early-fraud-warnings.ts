import type { Stripe } from 'stripe';
import { type Actor, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { paginate, pagination, passes } from './lists.ts';
import { text } from './parameters.ts';
import { idOf } from './references.ts';

const url = '/v1/radar/early_fraud_warnings';
const kind = 'radar.early_fraud_warning';

/** The card network tells of a fraud, days before it may become a chargeback. */
export function warnOfFraud(actor: Actor, charge: Stripe.Charge): Stripe.Radar.EarlyFraudWarning {
  const { world, account } = actor;
  const intent = idOf(charge.payment_intent);
  const warning = world.store.insert(kind, account, {
    id: world.ids.next('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: world.nowSeconds(),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    ...(intent !== null && { payment_intent: intent }),
  });
  emit(actor, 'radar.early_fraud_warning.created', warning);
  return warning;
}

export const earlyFraudWarningEndpoints = [
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, charge: text(), payment_intent: text() },
    returns: { kind, list: true },
    execute({ world, account, parameters }) {
      const { charge, payment_intent } = parameters;
      const warnings = world.store
        .list(kind, account)
        .filter((warning) => passes(warning, { charge, payment_intent }));
      return paginate(warnings, parameters, { url, what: 'early fraud warning' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns: { kind },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const warning = world.store.find(kind, account, id);
      if (warning) return warning;
      throw resourceMissing({ what: 'early fraud warning', id, param: 'early_fraud_warning' });
    },
  }),
];
