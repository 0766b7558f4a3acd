import { emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { clearableText, text, unsupportedParameters } from './parameters.ts';

const url = '/v1/charges';
const returns = { kind: 'charge' } as const;

export const chargeEndpoints = [
  endpoint({
    method: 'GET',
    path: url,
    parameters: {
      ...pagination,
      created: timeRange(),
      payment_intent: text(),
      transfer_group: text(),
      customer: text(),
    },
    returns: { kind: 'charge', list: true },
    execute({ world, account, parameters }) {
      const { payment_intent, transfer_group, customer } = parameters;
      const charges = world.store
        .list('charge', account)
        .filter((charge) => isWithin(charge.created, parameters.created))
        .filter((charge) => passes(charge, { payment_intent, transfer_group, customer }));
      return paginate(charges, parameters, { url, what: 'charge' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns,
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const charge = world.store.find('charge', account, id);
      if (charge) return charge;
      throw resourceMissing({ what: 'charge', id, param: 'id' });
    },
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id`,
    parameters: {
      ...unsupportedParameters('customer', 'fraud_details', 'receipt_email', 'shipping'),
      ...unsupportedParameters('transfer_group'),
      description: clearableText(),
      metadata: metadata(),
    },
    returns,
    execute(call) {
      const { world, account, parameters } = call;
      const id = call.path['id'] ?? '';
      const charge = world.store.find('charge', account, id);
      if (!charge) throw resourceMissing({ what: 'charge', id, param: 'id' });
      const { description = charge.description } = parameters;
      const changed = world.store.change('charge', id, {
        description,
        metadata: mergeMetadata(charge.metadata, parameters.metadata),
      });
      emit(call, 'charge.updated', changed);
      return changed;
    },
  }),
];
