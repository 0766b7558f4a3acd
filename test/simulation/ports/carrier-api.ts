import { easyPostCarrier } from '../../../src/adapters/carriers/easypost/carrier.ts';
import type { CarrierPort } from '../../../src/shipment/ports.ts';
import type { CallFaults } from '../engine/calls.ts';
import type { Task } from '../engine/tasks.ts';
import {
  type CarrierState,
  createShipment,
  isoOf,
  type Shipment,
  sellLabel,
} from './carrier-state.ts';

/** The adapter's own time limit never strikes: time-outs are drawn by the seed. */
const TIMEOUT_MS = 2_000_000_000;

type Answer = { readonly status: number; readonly body: unknown };

const errorOf = (failure: 'failed' | 'throttled'): Error =>
  new TypeError(failure === 'failed' ? 'fetch failed (simulated)' : 'refused (simulated)');

const READ: CallFaults = { profile: 'read', errorOf };
const WRITE: CallFaults = { profile: 'write', errorOf };

/** The real adapter over a simulated EasyPost that answers its requests. */
export const carrierFor = (state: CarrierState, task: Task): CarrierPort =>
  easyPostCarrier({
    apiKey: 'EZTK_simulated',
    baseUrl: 'https://easypost.invalid/v2',
    timeoutMs: TIMEOUT_MS,
    fetch: fetchOf(state, task),
  });

const fetchOf = (state: CarrierState, task: Task): typeof globalThis.fetch =>
  (async (url: string, init: { readonly method: string; readonly body?: string }) => {
    const path = url.slice('https://easypost.invalid/v2/'.length);
    const { status, body } = await state.sim.calls.call(task, {
      kind: `carrier.${init.method.toLowerCase()}`,
      subject: path,
      faults: init.method === 'GET' ? READ : WRITE,
      effect: () => {
        state.counts.calls += 1;
        return init.method === 'GET' ? get(state, path) : post(state, path, init.body ?? '{}');
      },
    });
    return { status, text: async () => JSON.stringify(body) };
  }) as unknown as typeof globalThis.fetch;

const error = (status: number, code: string): Answer => ({ status, body: { error: { code } } });

const NOT_FOUND = error(404, 'SHIPMENT.NOT_FOUND');

function get(state: CarrierState, path: string): Answer {
  const [, key = ''] = path.split('/');
  const byId = state.shipments.get(key);
  if (byId !== undefined) return { status: 200, body: shipmentObject(byId) };
  const byReference = [...state.shipments.values()].filter(
    (shipment) => shipment.reference === key && !state.sim.strikes('staleSearch'),
  );
  if (byReference.length === 0) return NOT_FOUND;
  return { status: 200, body: shipmentObject(state.sim.random.pick(byReference)) };
}

function post(state: CarrierState, path: string, body: string): Answer {
  const [, id, action] = path.split('/');
  if (id === undefined) {
    const { shipment } = JSON.parse(body) as { shipment: { reference: string } };
    return state.plans.get(shipment.reference)?.refuses === 'prepare'
      ? error(422, 'SHIPMENT.INVALID_PARAMS')
      : { status: 201, body: shipmentObject(createShipment(state, shipment.reference)) };
  }
  const shipment = state.shipments.get(id);
  if (shipment === undefined || action !== 'buy') return NOT_FOUND;
  if (shipment.label !== null) return error(422, 'SHIPMENT.POSTAGE.EXISTS');
  if (state.plans.get(shipment.reference)?.refuses === 'buy') {
    return error(422, 'SHIPMENT.POSTAGE.FAILURE');
  }
  sellLabel(state, shipment);
  return { status: 200, body: shipmentObject(shipment) };
}

const rate = (id: string, price: string) => ({
  id,
  carrier: 'UPS',
  service: 'Worldwide',
  rate: price,
  currency: 'USD',
  delivery_days: 4,
});

const shipmentObject = ({ id, reference, label }: Shipment) => ({
  id,
  object: 'Shipment',
  reference,
  rates: [rate(`rate_${id}_1`, '41.80'), rate(`rate_${id}_2`, '33.10')],
  ...(label === null
    ? { postage_label: null }
    : {
        postage_label: { object: 'PostageLabel', created_at: isoOf(label.boughtAtMs) },
        tracking_code: label.trackingNumber,
        tracker: { id: label.trackerId, object: 'Tracker' },
        selected_rate: rate(`rate_${id}_2`, '33.10'),
      }),
});
