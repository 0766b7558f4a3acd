import {
  accountNumber,
  startDhlExpressSandbox,
} from '../../local/sandboxes/dhl-express/sandbox.ts';
import type { FaultKind } from '../../local/sandboxes/faults.ts';
import { dhlExpressCarrier } from '../../src/adapters/carriers/dhl/carrier.ts';
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

const pathOf = { prepare: '/rates', buy: '/shipments' };

/** A machine may be so busy that an answer takes seconds. */
const start = async (timeoutMs = 30_000) => {
  const sandbox = await startDhlExpressSandbox();
  const { username, password } = sandbox;
  const now = () => new Date();
  const options = { baseUrl: sandbox.url, timeoutMs, accountNumber, now, username };
  return { sandbox, options, port: dhlExpressCarrier({ ...options, password }) };
};

const underTest = async (): Promise<CarrierUnderTest> => {
  const { sandbox, port, options } = await start(3_000);
  return {
    port,
    stranger: dhlExpressCarrier({ ...options, password: 'of someone else' }),
    labelsSold: () => sandbox.control.labels(),
    failNext: (call, failure) =>
      sandbox.control.injectFault({
        ...{ kind: faultOf[failure], method: 'POST', path: pathOf[call], delayMs: 4_500 },
      }),
    deliver: (trackerId) => sandbox.control.deliver(trackerId),
    differs: { keepsNoShipments: true, billsScansOnly: true, knowsDuties: true },
    insuredFor: async ({ trackingNumber }) => sandbox.control.insuredFor(trackingNumber),
    refusedAtOnce: labelRequest('ship_refused', { to: { street1: ' ' } }),
    refusedWhenBought: labelRequest('ship_undeliverable', { to: { street1: 'UNDELIVERABLE 7' } }),
    stop: () => sandbox.stop(),
  };
};

describeCarrier('DHL Express', underTest);

describe('what DHL Express tells of customs', () => {
  let running: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.sandbox.stop());

  const dutiesOf = async (...parameters: Parameters<typeof labelRequest>) => {
    const quoted = await running.port.quoteRates(labelRequest(...parameters));
    if (quoted.kind !== 'quoted') throw new Error(quoted.message);
    return quoted.duties;
  };

  it('is duty, tax and fees on the goods, in the currency of their declaration', async () => {
    expect(await dutiesOf('ship_1')).toEqual({
      kind: 'estimated',
      duties: money('USD', 46_000n),
      taxes: money('USD', 227_240n),
      fees: money('USD', 0n),
    });
  });

  it('is nothing inside a country, and nothing of goods in two currencies', async () => {
    expect(await dutiesOf('ship_1', { from: { country: 'DE' } })).toEqual({ kind: 'not_included' });
    const { customs } = labelRequest('any');
    const [line] = customs.items;
    const items = line === undefined ? [] : [line, { ...line, value: money('EUR', 100n) }];
    expect(await dutiesOf('ship_1', { customs: { ...customs, items } })).toEqual({
      kind: 'not_included',
    });
  });

  it('is not included where DHL does not answer that', async () => {
    running.sandbox.control.injectFault({ kind: 'rate_limit', path: '/landed-cost' });
    await expect(dutiesOf('ship_1')).rejects.toMatchObject({ code: 'carrier.rate_limited' });
    const { customs } = labelRequest('any');
    expect(await dutiesOf('ship_1', { customs: { ...customs, items: [] } })).toEqual({
      kind: 'not_included',
    });
  });

  it('proves a delivery with a document, of which a hash is kept', async () => {
    const { port, sandbox } = running;
    const request = labelRequest('ship_1');
    const label = await port.buy(purchaseOf({ carrierShipmentId: 'ship_1' }, request));
    if (label.kind !== 'purchased') throw new Error(label.message);
    expect(await port.track(label.trackerId)).not.toHaveProperty('proof');
    sandbox.control.deliver(label.trackerId);
    expect((await port.track(label.trackerId))?.proof).toEqual({
      kind: 'document',
      reference: `shipments/${label.trackerId}/proof-of-delivery`,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('the papers of a DHL Express label', () => {
  let today = new Date('2026-10-31T23:30:00.000Z');
  const now = () => today;
  let sandbox: Awaited<ReturnType<typeof startDhlExpressSandbox>>;
  beforeEach(async () => {
    sandbox = await startDhlExpressSandbox({ clock: now });
  });
  afterEach(() => sandbox.stop());

  it('are asked for by the month of their label, however long ago that is', async () => {
    const { username, password, url: baseUrl } = sandbox;
    const port = dhlExpressCarrier({
      ...{ username, password, baseUrl, accountNumber, timeoutMs: 30_000, now },
    });
    const carrierShipmentId = 'ship_1';
    const label = await port.buy(purchaseOf({ carrierShipmentId }, labelRequest('ship_1')));
    if (label.kind !== 'purchased') throw new Error(label.message);
    const sold = { ...label, carrierShipmentId, purchasedAt: today.toISOString() };
    for (const asked of ['2026-10-31T23:31:00.000Z', '2027-03-15T12:00:00.000Z']) {
      today = new Date(asked);
      const types = (await port.documents(sold)).map(({ type }) => type);
      expect(types).toEqual(['label', 'commercial_invoice']);
    }
  });
});
