import type { FaultKind } from '../../local/sandboxes/faults.ts';
import { startShippoSandbox } from '../../local/sandboxes/shippo/sandbox.ts';
import { shippoCarrier } from '../../src/adapters/carriers/shippo/carrier.ts';
import type { CarrierRate } from '../../src/shipment/ports.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import {
  type CarrierFailure,
  type CarrierUnderTest,
  describeCarrier,
} from '../support/describe-carrier.ts';
import { labelRequest } from '../support/label-requests.ts';
import { officialShippo } from '../support/shippo-sdk.ts';

const faultOf: Record<CarrierFailure, FaultKind> = {
  lost_before_execution: 'reset_before_execution',
  lost_after_execution: 'reset_after_execution',
  failed_after_execution: 'error_after_execution',
  timed_out_after_execution: 'slow',
  rate_limited: 'rate_limit',
};

const pathOf = { prepare: '/shipments', buy: '/transactions' };

/** A machine may be so busy that an answer takes seconds. */
const start = async (timeoutMs = 30_000) => {
  const sandbox = await startShippoSandbox();
  const options = { baseUrl: sandbox.url, timeoutMs };
  return { sandbox, options, port: shippoCarrier({ ...options, apiKey: sandbox.apiKey }) };
};

const underTest = async (): Promise<CarrierUnderTest> => {
  const { sandbox, port, options } = await start(3_000);
  return {
    port,
    stranger: shippoCarrier({ ...options, apiKey: 'shippo_live_someone_else' }),
    labelsSold: () => sandbox.control.labels(),
    failNext: (call, failure) =>
      sandbox.control.injectFault({
        ...{ kind: faultOf[failure], method: 'POST', path: pathOf[call], delayMs: 4_500 },
      }),
    deliver: (trackerId) => sandbox.control.deliver(trackerId),
    insuredFor: async ({ carrierShipmentId }) => {
      const { sdk } = officialShippo(sandbox);
      const { extra, parcels } = await sdk.shipments.get(carrierShipmentId);
      const each = [extra, ...parcels.map((parcel) => parcel.extra)].flatMap(
        (one) => one?.insurance ?? [],
      );
      const cents = each.map(({ amount = '' }) => BigInt(amount.replace('.', '')));
      const total = cents.reduce((sum, one) => sum + one, 0n);
      return each.length === 0
        ? undefined
        : `${total / 100n}.${String(total % 100n).padStart(2, '0')} ${each[0]?.currency}`;
    },
    differs: { keepsPickups: true },
    refusedAtOnce: labelRequest('ship_refused', { to: { street1: ' ' } }),
    refusedWhenBought: labelRequest('ship_undeliverable', { to: { street1: 'UNDELIVERABLE 7' } }),
    stop: () => sandbox.stop(),
  };
};

describeCarrier('Shippo', underTest);

describe('what the Shippo adapter asks', () => {
  it('is what was bought at any of the rates, before it buys', async () => {
    const { sandbox, port } = await start();
    const prepared = await port.prepare(labelRequest('ship_1'));
    if (prepared.kind !== 'prepared') throw new Error(prepared.message);
    await port.buy(purchaseOf(prepared));
    await port.buy({ ...purchaseOf(prepared), choose: (rates) => rates.at(-1) });
    expect(sandbox.control.requests()).toEqual({
      'POST /shipments': 1,
      'GET /shipments/:id': 2,
      'GET /transactions': 6,
      'POST /transactions': 1,
    });
    await sandbox.stop();
  });
});

describe('tracking a label of Shippo', () => {
  it.each([
    ['UPS', 'ups_express_saver'],
    ['DHL_Express', 'dhl_express_worldwide'],
    ['FedEx', 'fedex_economy'],
  ])(
    'asks by the name that Shippo has of %s, whether its rate is an id or an object',
    async (carrier, service) => {
      const { sandbox, options } = await start();
      const port = shippoCarrier({
        ...{ ...options, apiKey: sandbox.apiKey },
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          if (!/\/transactions\/\w+$/.test(String(url))) return response;
          const body = (await response.json()) as { readonly rate: string };
          return Response.json({ ...body, rate: { object_id: body.rate } });
        },
      });
      const prepared = await port.prepare(labelRequest('ship_1'));
      if (prepared.kind !== 'prepared') throw new Error(prepared.message);
      const choose = (rates: readonly CarrierRate[]) =>
        rates.find((rate) => rate.service === service);
      const label = await port.buy({ ...purchaseOf(prepared), choose });
      if (label.kind !== 'purchased') throw new Error(label.message);
      expect(label.carrier).toBe(carrier);
      sandbox.control.deliver(label.trackerId);
      expect((await port.track(label.trackerId))?.scans.at(-1)).toMatchObject({
        status: 'delivered',
      });
      await sandbox.stop();
    },
  );
});
