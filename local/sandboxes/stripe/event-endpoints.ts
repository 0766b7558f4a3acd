import { endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, timeRange } from './lists.ts';
import { flag, listOf, text } from './parameters.ts';

const url = '/v1/events';

export const eventEndpoints = [
  endpoint({
    method: 'GET',
    path: url,
    parameters: {
      ...pagination,
      created: timeRange(),
      delivery_success: flag(),
      type: text(),
      types: listOf(text()),
    },
    returns: { kind: 'event', list: true },
    execute({ world, account, parameters }) {
      const { delivery_success: delivered, type, types } = parameters;
      const events = world.store
        .list('event', account)
        .filter((event) => isWithin(event.created, parameters.created))
        .filter((event) => type === undefined || matchesType(event.type, type))
        .filter((event) => types === undefined || types.includes(event.type))
        .filter(
          (event) => delivered === undefined || world.events.isDelivered(event.id) === delivered,
        );
      return paginate(events, parameters, { url, what: 'event' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns: { kind: 'event' },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const event = world.store.find('event', account, id);
      if (event) return event;
      throw resourceMissing({ what: 'event', id, param: 'id' });
    },
  }),
];

/** A type, or a whole family of them such as `charge.*`. */
function matchesType(actual: string, wanted: string): boolean {
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}
