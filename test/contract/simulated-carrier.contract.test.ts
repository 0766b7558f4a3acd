import { liveSim } from '../simulation/live.ts';
import { carrierFor, fetchOf } from '../simulation/ports/carrier-api.ts';
import { type CarrierState, createCarrierState } from '../simulation/ports/carrier-state.ts';
import {
  type CarrierFailure,
  type CarrierUnderTest,
  describeCarrier,
} from '../support/describe-carrier.ts';
import { labelRequest } from '../support/label-requests.ts';

type Fetch = typeof globalThis.fetch;

const answer = (status: number, code: string): Response =>
  new Response(JSON.stringify({ error: { code } }), { status });

/** The request as it goes wrong in that way. */
async function interrupted(
  failure: CarrierFailure,
  send: () => Promise<unknown>,
): Promise<Response> {
  if (failure === 'rate_limited') return answer(429, 'RATE_LIMITED');
  if (failure === 'lost_before_execution') throw new TypeError('fetch failed');
  await send();
  if (failure === 'failed_after_execution') return answer(500, 'INTERNAL');
  throw new TypeError('fetch failed');
}

const deliver = ({ scans, sim }: CarrierState, trackerId: string): void => {
  const stops = ['pre_transit', 'in_transit', 'delivered'];
  const startMs = sim.scheduler.nowMs();
  stops.forEach((status, hour) => {
    scans.push({ trackerId, status, detail: 'unknown', occurredAtMs: startMs + hour * 3_600_000 });
  });
};

describeCarrier('The simulated EasyPost', async (): Promise<CarrierUnderTest> => {
  const { sim, stop } = liveSim();
  const state = createCarrierState(sim, () => {});
  const task = sim.startTask('contract');
  const failures = new Map<'prepare' | 'buy', CarrierFailure>();
  const send = fetchOf(state, task);

  const fetch: Fetch = (url, init) => {
    const call = String(url).endsWith('/buy') ? 'buy' : 'prepare';
    const failure = init?.method === 'POST' ? failures.get(call) : undefined;
    if (failure === undefined) return send(url, init);
    failures.delete(call);
    return interrupted(failure, () => send(url, init));
  };
  state.plans.set('refused_at_once', { refuses: 'prepare', journey: [] });
  state.plans.set('refused_when_bought', { refuses: 'buy', journey: [] });
  return {
    port: carrierFor(state, task, { fetch }),
    stranger: carrierFor(state, task, { apiKey: 'EZTK_stranger' }),
    labelsSold: () => state.labels.length,
    failNext: (call, failure) => failures.set(call, failure),
    differs: { namesNoFields: true },
    deliver: (trackerId) => deliver(state, trackerId),
    refusedAtOnce: labelRequest('refused_at_once'),
    refusedWhenBought: labelRequest('refused_when_bought'),
    stop: async () => stop(),
  };
});
