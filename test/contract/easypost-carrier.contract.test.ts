import { startEasyPostSandbox } from '../../local/sandboxes/easypost/sandbox.ts';
import { undeliverableStreet } from '../../local/sandboxes/easypost/shipments.ts';
import type { FaultKind } from '../../local/sandboxes/faults.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { money } from '../../src/money/money.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import {
  type CarrierFailure,
  type CarrierUnderTest,
  describeCarrier,
} from '../support/describe-carrier.ts';
import { labelRequest } from '../support/label-requests.ts';

const faultOf: Record<CarrierFailure, FaultKind> = {
  lost_before_execution: 'reset_before_execution',
  lost_after_execution: 'reset_after_execution',
  failed_after_execution: 'error_after_execution',
  timed_out_after_execution: 'slow',
  rate_limited: 'rate_limit',
};

const pathOf = { prepare: '/v2/shipments', buy: '/v2/*/buy' };

/** A machine may be so busy that an answer takes seconds. */
const start = async (timeoutMs = 30_000) => {
  const sandbox = await startEasyPostSandbox({ env: {} });
  const options = { baseUrl: `${sandbox.url}/v2/`, timeoutMs };
  return { sandbox, port: easyPostCarrier({ ...options, apiKey: sandbox.apiKey }), options };
};

type Insured = { readonly insurance: string | null };

const underTest = async (): Promise<CarrierUnderTest> => {
  const { sandbox, port, options } = await start(3_000);
  return {
    port,
    stranger: easyPostCarrier({ ...options, apiKey: 'EZTKsomeone_else' }),
    labelsSold: () => sandbox.control.requests().labels,
    failNext: (call, failure) =>
      sandbox.control.injectFault({
        ...{ kind: faultOf[failure], method: 'POST', path: pathOf[call], delayMs: 4_500 },
      }),
    deliver: (trackerId) => sandbox.control.advance(trackerId, { status: 'delivered' }),
    insuredFor: async ({ carrierShipmentId }) => {
      const path = carrierShipmentId.startsWith('order_') ? 'orders' : 'shipments';
      const authorization = `Basic ${btoa(`${sandbox.apiKey}:`)}`;
      const url = `${sandbox.url}/v2/${path}/${carrierShipmentId}`;
      const body = (await (await fetch(url, { headers: { authorization } })).json()) as Insured & {
        readonly shipments?: readonly Insured[];
      };
      const cents = (body.shipments ?? [body]).flatMap(({ insurance }) =>
        insurance === null ? [] : BigInt(insurance.replace('.', '')),
      );
      const total = cents.reduce((sum, one) => sum + one, 0n);
      return total === 0n
        ? undefined
        : `${total / 100n}.${String(total % 100n).padStart(2, '0')} USD`;
    },
    refusedAtOnce: labelRequest('ship_refused', { to: { street1: ' ' } }),
    refusedWhenBought: labelRequest('ship_undeliverable', {
      to: { street1: `${undeliverableStreet} 7` },
    }),
    stop: () => sandbox.stop(),
  };
};

describeCarrier('EasyPost', underTest);

describe('what the EasyPost adapter asks', () => {
  let running: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.sandbox.stop());

  const prepare = async (...parameters: Parameters<typeof labelRequest>) => {
    const outcome = await running.port.prepare(labelRequest(...parameters));
    if (outcome.kind !== 'prepared') throw new Error(outcome.message);
    return outcome;
  };

  it('is what has happened, before it buys: a label is paid for by one request', async () => {
    const { sandbox, port } = running;
    const shipment = await prepare('ship_1');
    await port.buy(purchaseOf(shipment));
    await port.buy(purchaseOf(shipment));
    expect(sandbox.control.requests().byRoute).toEqual({
      'POST /v2/shipments': 1,
      'GET /v2/shipments/:id': 2,
      'POST /v2/shipments/:id/buy': 1,
    });
  });

  it('is refused where no carrier quotes', async () => {
    const { customs } = labelRequest('any');
    const shipment = await prepare('ship_1', { customs: { ...customs, items: [] } });
    expect(shipment.rates).toEqual([]);
    expect(await running.port.buy(purchaseOf(shipment))).toMatchObject({
      kind: 'refused',
      code: 'RATES.NONE',
    });
  });
});

describe('several insured parcels at EasyPost', () => {
  const parcels = [1, 2].map(() => ({
    ...{ weightGrams: 9_000, lengthMm: 600, widthMm: 400, heightMm: 400 },
  }));
  const request = labelRequest('ship_1', { parcels, insuredValue: money('USD', 1_001n) });

  it('are insured once each, although an answer is lost', async () => {
    const { sandbox, port } = await start();
    const order = await port.prepare(request);
    if (order.kind !== 'prepared') throw new Error(order.message);
    sandbox.control.injectFault({
      ...{ kind: 'reset_after_execution', method: 'POST', path: '/v2/*/insure' },
    });
    const purchase = purchaseOf(order, request);
    await expect(port.buy(purchase)).rejects.toMatchObject({ code: 'carrier.unknown_outcome' });
    for (const _ of [1, 2]) {
      expect(await port.buy(purchase)).toMatchObject({ kind: 'purchased', parcels: { length: 2 } });
    }
    expect(sandbox.control.requests()).toMatchObject({
      byRoute: { 'POST /v2/orders/:id/buy': 1, 'POST /v2/shipments/:id/insure': 2 },
      labels: 2,
    });
    await sandbox.stop();
  });

  it('are refused in other currencies, before anything is sold', async () => {
    const { sandbox, port } = await start();
    const insuredValue = money('EUR', 1_001n);
    expect(await port.prepare({ ...request, insuredValue })).toMatchObject({
      ...{ code: 'INSURANCE.NOT_OFFERED', fields: ['insuredValue'] },
    });
    await sandbox.stop();
  });
});
