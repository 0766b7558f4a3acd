import { startEasyPostSandbox } from '../../local/sandboxes/easypost/sandbox.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { money } from '../../src/money/money.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import { labelRequest } from '../support/label-requests.ts';

const start = async () => {
  const sandbox = await startEasyPostSandbox({ env: {} });
  const { apiKey, url } = sandbox;
  return { sandbox, port: easyPostCarrier({ baseUrl: `${url}/v2/`, timeoutMs: 3_000, apiKey }) };
};

let running: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  running = await start();
});
afterEach(() => running.sandbox.stop());

/** A pickup of a label that was just bought, under that reference. */
const pickupOf = async (reference: string) => {
  const request = labelRequest('ship_1');
  const shipment = await running.port.prepare(request);
  if (shipment.kind !== 'prepared') throw new Error(shipment.message);
  const { carrierShipmentId } = shipment;
  const label = await running.port.buy(purchaseOf(shipment));
  if (label.kind !== 'purchased') throw new Error(label.message);
  return {
    ...{ carrierShipmentId, trackingNumber: label.trackingNumber, parcels: request.parcels },
    ...{ reference, address: request.from, requestedAt: new Date().toISOString() },
    ...{ readyAt: '2026-12-01T09:00:00.000Z', closesAt: '2026-12-01T17:00:00.000Z' },
  };
};

describe('a courier of EasyPost', () => {
  it.each(['reset_after_execution', 'error_after_execution', 'slow'] as const)(
    'is ordered once although each answer is lost (%s): it is looked for first',
    async (kind) => {
      const { sandbox, port } = running;
      const pickup = await pickupOf('pkp_1');
      for (const path of ['/v2/pickups', '/v2/*/buy']) {
        sandbox.control.injectFault({ kind, method: 'POST', path, delayMs: 4_500 });
        await expect(port.schedulePickup(pickup)).rejects.toMatchObject({
          code: 'carrier.unknown_outcome',
        });
      }
      const scheduled = await port.schedulePickup(pickup);
      expect(scheduled).toMatchObject({ kind: 'scheduled', price: money('USD', 420n) });
      expect(await port.schedulePickup(pickup)).toEqual(scheduled);
      expect(sandbox.control.requests()).toMatchObject({
        byRoute: { 'POST /v2/pickups': 1, 'POST /v2/pickups/:id/buy': 1 },
        couriers: 1,
      });
      const another = await port.schedulePickup({ ...pickup, reference: 'pkp_2' });
      expect(another).not.toEqual(scheduled);
      expect(sandbox.control.requests().couriers).toBe(2);
    },
  );

  it('is one, and the same for ten that order it at once', async () => {
    const { sandbox, port } = running;
    const pickup = await pickupOf('pkp_1');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => port.schedulePickup(pickup)),
    );
    const ids = answers.map((answer) => (answer.kind === 'scheduled' ? answer.pickupId : answer));
    expect(new Set(ids).size).toBe(1);
    expect(sandbox.control.requests().couriers).toBe(1);
  });
});

describe('a courier that EasyPost knows', () => {
  it('is found behind a hundred others that were ordered since, and no further than it is old', async () => {
    const { sandbox, port } = running;
    const pickup = await pickupOf('pkp_1');
    const scheduled = await port.schedulePickup(pickup);
    const authorization = `Basic ${btoa(`${sandbox.apiKey}:`)}`;
    const body = JSON.stringify({
      pickup: {
        ...{ reference: 'pkp_other', min_datetime: pickup.readyAt, max_datetime: pickup.closesAt },
        shipment: { id: pickup.carrierShipmentId },
      },
    });
    const headers = { authorization, 'content-type': 'application/json' };
    for (let others = 0; others < 101; others += 1) {
      await fetch(`${sandbox.url}/v2/pickups`, { method: 'POST', headers, body });
    }
    expect(await port.schedulePickup(pickup)).toEqual(scheduled);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const before = sandbox.control.requests().byRoute['GET /v2/pickups'] ?? 0;
    await port.schedulePickup({ ...pickup, reference: 'pkp_3', requestedAt: later });
    expect(sandbox.control.requests().byRoute['GET /v2/pickups']).toBe(before + 2);
    expect(sandbox.control.requests().couriers).toBe(2);
  });

  it('does not come once it was canceled, and is not ordered again', async () => {
    const { sandbox, port } = running;
    const pickup = await pickupOf('pkp_1');
    const scheduled = await port.schedulePickup(pickup);
    if (scheduled.kind !== 'scheduled') throw new Error(scheduled.message);
    const path = '/v2/*/cancel';
    sandbox.control.injectFault({ kind: 'reset_after_execution', method: 'POST', path });
    await expect(port.cancelPickup(scheduled)).rejects.toMatchObject({
      code: 'carrier.unknown_outcome',
    });
    expect(await port.cancelPickup(scheduled)).toEqual({ kind: 'canceled' });
    expect(sandbox.control.requests().couriers).toBe(0);
    expect(await port.schedulePickup(pickup)).toMatchObject({ code: 'PICKUP.CANCELED' });
    expect(await port.cancelPickup({ pickupId: 'pickup_none' })).toMatchObject({
      kind: 'refused',
    });
  });
});
