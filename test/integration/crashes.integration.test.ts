import { workerNames } from '../../lib/functions.ts';
import { isBalanced } from '../../src/ledger/balances.ts';
import type { Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { inspectedFor, newKey } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import {
  deliver,
  executedAtStripe,
  quiet,
  shippedTrade,
  stepsOf,
  storedShipment,
  trackingNumberOf,
  transfersOf,
} from './journey.ts';

/** A killed function's messages come again after these two seconds. */
const stack = withStack({ visibilityTimeoutSeconds: 2, deadlinesEveryMs: 250 });
const body = inspectedFor(0);
const TRANSFERS = 'POST /v1/transfers';

/** How many invocations of a function have died under it. */
const deaths = async (functionName: string): Promise<number> =>
  (await stack().log())
    .split('\n')
    .filter((line) => line.includes(`-${functionName}  invocation`))
    .filter((line) => line.includes('Runtime.ExitError')).length;

/** Kills a function that is in the middle of an invocation. */
const kill = async (functionName: string): Promise<void> => {
  const before = await deaths(functionName);
  await stack().runtime.terminate(functionName);
  await eventually(async () => expect(await deaths(functionName)).toBeGreaterThan(before));
};

const receivedAtStripe = (endpoint: string): number =>
  stack()
    .stripe.control.requests()
    .find(({ method, path }) => `${method} ${path}` === endpoint)?.received ?? 0;

const sentToEasyPost = (route: string): number =>
  stack().easypost.control.requests().byRoute[route] ?? 0;

const labels = (): number => stack().easypost.control.requests().labels;

/** A released trade, whose settlement is killed once it has asked Stripe for the transfer. */
async function killedAtTransfer(delayMs: number): Promise<Trade> {
  const { api, stripe } = stack();
  const trade = await shippedTrade(stack(), { body });
  const before = receivedAtStripe(TRANSFERS);
  stripe.control.injectFault({ kind: 'slow', method: 'POST', path: '/v1/transfers', delayMs });
  expect(await api.act(trade.id, 'accept')).toMatchObject({ status: 200 });
  await eventually(() => expect(receivedAtStripe(TRANSFERS)).toBe(before + 1));
  await kill('settlement');
  expect(stepsOf(await api.getTrade(trade.id))).not.toContain('PayoutSubmitted');
  return trade;
}

const expectOneTransfer = async (trade: Trade): Promise<void> => {
  const transfers = await transfersOf(stack(), trade.id);
  expect(transfers).toMatchObject([{ amount: 1_121_250, currency: 'usd' }]);
  expect(trade.payouts).toMatchObject([{ status: 'settled', transferId: transfers[0]?.id }]);
};

afterEach(() => {
  stack().stripe.control.clearFaults();
  stack().easypost.control.clearFaults();
  stack().stripe.control.setWebhookMode({ mode: 'normal' });
});

describe('a settlement that is killed between its transfer and its record', () => {
  it('pays once', async () => {
    const { id } = await killedAtTransfer(500);
    await expectOneTransfer(await stack().api.becomes(id, 'settled'));
  });

  it('pays once although Stripe has forgotten the key and says nothing by itself', async () => {
    const { stripe, api } = stack();
    stripe.control.setWebhookMode({ mode: 'drop', types: ['transfer.created'] });
    const { id } = await killedAtTransfer(200);
    await eventually(async () => expect(await transfersOf(stack(), id)).toHaveLength(1));
    expect(stripe.control.pruneIdempotencyKeys()).toBeGreaterThan(0);
    expect(stepsOf(await api.getTrade(id))).not.toContain('PayoutSubmitted');
    await eventually(async () =>
      expect(stepsOf(await api.getTrade(id))).toContain('PayoutSubmitted'),
    );
    const [dropped] = stripe.control.deliveries().filter(({ state }) => state === 'dropped');
    await stripe.control.resendEvent(dropped?.eventId ?? '');
    await expectOneTransfer(await api.becomes(id, 'settled'));
  });

  it('pays once although its successor comes while the transfer is still being made', async () => {
    const { id } = await killedAtTransfer(3_000);
    await expectOneTransfer(await stack().api.becomes(id, 'settled'));
  });
});

describe('a transfer whose answer is lost', () => {
  it.each([
    ['by a cut connection', { kind: 'reset_after_execution' }],
    ['by an error that Stripe goes on repeating', { kind: 'error_after_execution' }],
    ['by an error on the way', { kind: 'error_after_execution', remember: 'success' }],
  ] as const)('%s is made once', async (_, fault) => {
    const { api, stripe } = stack();
    const before = executedAtStripe(stack(), TRANSFERS);
    const { id } = await shippedTrade(stack(), { body });
    stripe.control.injectFault({ ...fault, method: 'POST', path: '/v1/transfers' });
    await api.act(id, 'accept');
    await expectOneTransfer(await api.becomes(id, 'settled'));
    expect(executedAtStripe(stack(), TRANSFERS)).toBe(before + 1);
  });
});

describe('a shipment that is killed between its call and its record', () => {
  it.each([
    ['it is made known to the carrier', 'POST /v2/shipments', '/v2/shipments'],
    ['its label is bought', 'POST /v2/shipments/:id/buy', '/v2/shipments/*/buy'],
  ])('has one label where that is when %s', async (_, route, path) => {
    const { api, stripe, easypost } = stack();
    const [before, labelsBefore] = [sentToEasyPost(route), labels()];
    easypost.control.injectFault({ kind: 'slow', method: 'POST', path, delayMs: 5_000 });
    const { id, payment } = await api.openTrade(body, newKey());
    stripe.control.pay(payment.paymentIntentId);
    await eventually(() => expect(sentToEasyPost(route)).toBe(before + 1));
    await kill('shipment');
    const trade = await api.becomes(id, 'in_fulfilment');
    expect(sentToEasyPost(route)).toBe(before + 1);
    expect(labels()).toBe(labelsBefore + 1);
    const shipment = await storedShipment(stack(), trade.shipments[0]?.id ?? '');
    expect(shipment.tracking_code).toBe(trackingNumberOf(trade));
  });
});

describe('a checkout that is killed while Stripe makes the payment intent', () => {
  it('opens one trade with one payment intent when it is asked again', async () => {
    const { api, stripe } = stack();
    const endpoint = 'POST /v1/payment_intents';
    const [before, executed] = [receivedAtStripe(endpoint), executedAtStripe(stack(), endpoint)];
    const path = '/v1/payment_intents';
    stripe.control.injectFault({ kind: 'slow', method: 'POST', path, delayMs: 300 });
    const key = newKey();
    const lost = api.postTrade(body, key);
    await eventually(() => expect(receivedAtStripe(endpoint)).toBe(before + 1));
    await kill('marketplace-api');
    expect((await lost).status).toBe(500);
    const { id, payment } = await eventually(() => api.openTrade(body, key));
    expect(await api.getTrade(id)).toMatchObject({ status: 'awaiting_payment' });
    expect(executedAtStripe(stack(), endpoint)).toBe(executed + 1);
    expect(payment.paymentIntentId).toMatch(/^pi_/);
  });
});

describe('trades under whose feet every worker dies, several times', () => {
  it('all settle, with one label and one transfer each', async () => {
    const { api, runtime } = stack();
    const [labelsBefore, transfersBefore] = [labels(), executedAtStripe(stack(), TRANSFERS)];
    const running = Promise.all(
      Array.from({ length: 4 }, async () => {
        const shipped = await shippedTrade(stack(), { body });
        deliver(stack(), shipped);
        return api.becomes(shipped.id, 'settled');
      }),
    );
    const rounds = Array.from({ length: 3 }, () => [...workerNames, 'router']).flat();
    for (const name of rounds) {
      await runtime.terminate(name);
      await api.call('/health', { method: 'GET' });
    }
    for (const trade of await running) await expectOneTransfer(trade);
    expect(labels()).toBe(labelsBefore + 4);
    expect(executedAtStripe(stack(), TRANSFERS)).toBe(transfersBefore + 4);
  });

  it('leaves balanced books and no dead letter', async () => {
    await quiet(stack());
    expect(isBalanced(await stack().trialBalance())).toBe(true);
    expect(await stack().deadLetters()).toBe(0);
  });
});
