import { easyPostCarrier } from '../../../src/adapters/carriers/easypost/carrier.ts';
import type { CarrierPort } from '../../../src/shipment/ports.ts';
import type { CallFaults } from '../engine/calls.ts';
import type { Task } from '../engine/tasks.ts';
import { isOrder, objectOf, rate, serviceOf, shipmentObject } from './carrier-objects.ts';
import {
  type CarrierCall,
  type CarrierState,
  type CarrierTrouble,
  createShipment,
  nextTrouble,
  type Shipment,
  sellLabels,
  trackerObject,
} from './carrier-state.ts';

/**
 * The adapter's own time limit never strikes: time-outs are drawn by the seed, and nobody listens to
 * its signal. It must not be long either, since each leaves a timer of the real clock behind.
 */
const TIMEOUT_MS = 8_000;

type Answer = { readonly status: number; readonly body: unknown };

/** Too many requests are an answer, a broken connection is an error. */
const TOO_MANY: Answer = { status: 429, body: { error: { code: 'RATE_LIMITED' } } };

const errorOf = (failure: 'failed' | 'throttled'): unknown =>
  failure === 'throttled' ? TOO_MANY : new TypeError('fetch failed (simulated)');

const READ: CallFaults = { profile: 'read', errorOf };
const WRITE: CallFaults = { profile: 'write', errorOf };

const API_KEY = 'EZTK_simulated';
const BASE_URL = 'https://easypost.invalid/v2';

/** The real adapter over a simulated EasyPost that answers its requests. */
export const carrierFor = (
  state: CarrierState,
  task: Task,
  { apiKey = API_KEY, fetch = fetchOf(state, task) } = {},
): CarrierPort => easyPostCarrier({ apiKey, fetch, baseUrl: BASE_URL, timeoutMs: TIMEOUT_MS });

type Init = {
  readonly method: string;
  readonly body?: string;
  readonly headers: { readonly authorization: string };
};

export const fetchOf = (state: CarrierState, task: Task): typeof globalThis.fetch =>
  (async (url: string, init: Init) => {
    const path = url.slice(BASE_URL.length + 1);
    const answer = state.sim.calls.call(task, {
      kind: `carrier.${init.method.toLowerCase()}`,
      subject: path,
      faults: init.method === 'GET' ? READ : WRITE,
      effect: () => {
        state.counts.calls += 1;
        if (!isOurs(init)) return error(401, 'APIKEY.INACTIVE');
        return init.method === 'GET' ? get(state, path) : post(state, path, init.body ?? '{}');
      },
    });
    const { status, body } = await answer.catch(answerOrThrow);
    return { status, text: async () => JSON.stringify(body) };
  }) as unknown as typeof globalThis.fetch;

const isOurs = ({ headers }: Init): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`;

function answerOrThrow(reason: unknown): Answer {
  if (reason === TOO_MANY) return TOO_MANY;
  throw reason;
}

const error = (status: number, code: string): Answer => ({ status, body: { error: { code } } });

/** A call as the plan of its reference has it go wrong, or as it goes. */
function planned(
  state: CarrierState,
  { reference, call }: { readonly reference: string; readonly call: CarrierCall },
  act: () => Answer,
): Answer {
  const trouble = nextTrouble(state, reference, call);
  return trouble === undefined ? act() : TROUBLES[trouble](act);
}

const TROUBLES: Readonly<Record<CarrierTrouble, (act: () => Answer) => Answer>> = {
  lost_before: () => {
    throw new TypeError('fetch failed (planned)');
  },
  lost_after: (act) => {
    act();
    throw new TypeError('fetch failed (planned)');
  },
  busy: () => TOO_MANY,
  in_progress: (act) => {
    act();
    return error(422, 'SHIPMENT.PURCHASE.IN_PROGRESS');
  },
};

const NOT_FOUND = error(404, 'SHIPMENT.NOT_FOUND');

function get(state: CarrierState, path: string): Answer {
  const [kind, key = ''] = path.split('/');
  if (kind === 'trackers') return getTracker(state, key);
  const byId = state.shipments.get(key);
  if (byId !== undefined) return { status: 200, body: objectOf(byId) };
  const byReference = [...state.shipments.values()].filter(
    (shipment) =>
      shipment.reference === key &&
      isOrder(shipment) === (kind === 'orders') &&
      !state.sim.strikes('staleSearch'),
  );
  if (byReference.length === 0) return NOT_FOUND;
  return { status: 200, body: objectOf(state.sim.random.pick(byReference)) };
}

function getTracker(state: CarrierState, trackerId: string): Answer {
  const { sim, labels, scans } = state;
  const label = labels.find((one) => one.trackerId === trackerId);
  if (label === undefined) return error(404, 'TRACKER.NOT_FOUND');
  return planned(state, { reference: label.reference, call: 'track' }, () => {
    const known = scans.filter((scan) => scan.trackerId === trackerId);
    const atMs = sim.scheduler.nowMs();
    return { status: 200, body: trackerObject({ label, scans: known, atMs }) };
  });
}

type Prepared = { readonly reference: string; readonly shipments?: readonly unknown[] };

function post(state: CarrierState, path: string, body: string): Answer {
  const [kind, id, action] = path.split('/');
  if (kind === 'pickups') return postPickup({ id, action }, body);
  if (id === undefined) {
    const { shipment, order } = JSON.parse(body) as { shipment?: Prepared; order?: Prepared };
    return prepare(state, order ?? shipment ?? { reference: '' });
  }
  if (action === 'refund') return refund(state, id);
  const shipment = state.shipments.get(id);
  return shipment === undefined || action !== 'buy' ? NOT_FOUND : buy(state, shipment, body);
}

const prepare = (state: CarrierState, { reference, shipments }: Prepared): Answer =>
  state.plans.get(reference)?.refuses === 'prepare'
    ? error(422, 'SHIPMENT.INVALID_PARAMS')
    : planned(state, { reference, call: 'prepare' }, () => ({
        status: 201,
        body: objectOf(createShipment(state, reference, shipments?.length)),
      }));

function buy(state: CarrierState, shipment: Shipment, body: string): Answer {
  const { reference } = shipment;
  const service = serviceOf(shipment, JSON.parse(body));
  const object = isOrder(shipment) ? 'ORDER' : 'SHIPMENT';
  if (shipment.parcels.some(({ label }) => label !== null)) {
    return error(422, `${object}.POSTAGE.EXISTS`);
  }
  if (state.plans.get(reference)?.refuses === 'buy') {
    return error(422, `${object}.POSTAGE.FAILURE`);
  }
  if (service === undefined) return error(422, `${object}.PURCHASE.INVALID_RATE`);
  return planned(state, { reference, call: 'buy' }, () => {
    sellLabels(state, shipment, service);
    return { status: 200, body: objectOf(shipment) };
  });
}

/** A label is taken back until its parcel is scanned on its way. */
function refund(state: CarrierState, parcelId: string): Answer {
  const { scans, shipments } = state;
  const shipment = [...shipments.values()].find(({ parcels }) =>
    parcels.some(({ id }) => id === parcelId),
  );
  const parcel = shipment?.parcels.find(({ id }) => id === parcelId);
  if (shipment === undefined || parcel === undefined) return NOT_FOUND;
  return planned(state, { reference: shipment.reference, call: 'cancel' }, () => {
    const { label } = parcel;
    const isUsed = scans.some(
      ({ trackerId, status }) => trackerId === label?.trackerId && status !== 'pre_transit',
    );
    if (label === null || isUsed) return error(422, 'SHIPMENT.REFUND.REJECTED');
    parcel.isGivenBack = true;
    return { status: 200, body: shipmentObject(shipment, parcel) };
  });
}

/** Any courier comes, unless the time ends before it begins. */
function postPickup(
  { id, action }: { readonly id: string | undefined; readonly action: string | undefined },
  body: string,
): Answer {
  if (id !== undefined) {
    const status = action === 'cancel' ? 'canceled' : 'scheduled';
    return { status: 200, body: { id, status, confirmation: 'WTC1' } };
  }
  const { pickup } = JSON.parse(body) as {
    pickup: { readonly min_datetime: string; readonly max_datetime: string };
  };
  return pickup.min_datetime < pickup.max_datetime
    ? { status: 201, body: { id: 'pickup_1', pickup_rates: [rate('pickuprate_1', 420n, 'Saver')] } }
    : error(422, 'PICKUP.INVALID_PARAMS');
}
