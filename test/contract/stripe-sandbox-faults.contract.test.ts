import { headerOf, refusal, sdk, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox();

const params = { amount: 100, currency: 'usd', destination: 'acct_sandbox_faulty' };
const call = { method: 'POST', path: '/v1/transfers' };

beforeAll(async () => {
  await running().stripe.paymentIntents.create({
    ...{ amount: 1_000_000, currency: 'usd', payment_method_types: ['card'] },
    ...{ payment_method: 'pm_card_visa', confirm: true },
  });
});

/** How many transfers exist in a group: what really happened, whatever the caller was told. */
async function made(transfer_group: string): Promise<number> {
  return (await running().stripe.transfers.list({ transfer_group })).data.length;
}

async function inject(fault: object): Promise<void> {
  const body = JSON.stringify({ ...call, ...fault });
  const response = await fetch(`${running().sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    body,
  });
  expect(response.status).toBe(200);
}

function transfer(transfer_group: string) {
  return running().stripe.transfers.create(
    { ...params, transfer_group },
    { idempotencyKey: `key-${transfer_group}` },
  );
}

describe('a call that runs into a fault', () => {
  it('was carried out when a 500 follows it, and the key remembers the 500', async () => {
    await inject({ kind: 'error_after_execution' });
    expect(await refusal(transfer('failed'))).toMatchObject({
      ...{ statusCode: 500, type: 'StripeAPIError' },
    });
    expect(await made('failed')).toBe(1);
    const again = await refusal(transfer('failed'));
    expect(again.statusCode).toBe(500);
    expect(again.headers?.['idempotent-replayed']).toBe('true');
    expect(await made('failed')).toBe(1);
  });

  it('is answered as it went when the 500 came from in between', async () => {
    await inject({ kind: 'error_after_execution', remember: 'success' });
    await refusal(transfer('between'));
    expect((await transfer('between')).object).toBe('transfer');
    expect(await made('between')).toBe(1);
  });

  it('was not carried out when the connection is reset before', async () => {
    await inject({ kind: 'reset_before_execution' });
    expect((await refusal(transfer('reset-before'))).type).toBe('StripeConnectionError');
    expect(await made('reset-before')).toBe(0);
  });

  it('was carried out when the connection is reset after', async () => {
    await inject({ kind: 'reset_after_execution' });
    expect((await refusal(transfer('reset-after'))).type).toBe('StripeConnectionError');
    expect(await made('reset-after')).toBe(1);
    expect((await transfer('reset-after')).object).toBe('transfer');
    expect(await made('reset-after')).toBe(1);
  });

  it('was carried out when it took longer than the caller waited', async () => {
    await inject({ kind: 'slow', delayMs: 150 });
    const impatient = running().stripe.transfers.create(
      { ...params, transfer_group: 'slow' },
      { idempotencyKey: 'key-slow', timeout: 50 },
    );
    expect((await refusal(impatient)).type).toBe('StripeConnectionError');
    expect((await refusal(transfer('slow'))).code).toBe('idempotency_key_in_use');
    await eventually(async () => expect(await made('slow')).toBe(1));
    expect((await transfer('slow')).object).toBe('transfer');
  });
});

describe('a call that Stripe does not carry out yet', () => {
  it('is told to come back when the object is locked, and nothing is remembered', async () => {
    await inject({ kind: 'lock_timeout' });
    const refused = await refusal(transfer('locked'));
    expect(refused).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
    expect(refused.headers?.['stripe-should-retry']).toBe('true');
    expect((await transfer('locked')).object).toBe('transfer');
  });

  it('conflicts as often as it is told to', async () => {
    await inject({ kind: 'conflict', times: 2 });
    expect((await refusal(transfer('conflict'))).statusCode).toBe(409);
    expect((await refusal(transfer('conflict'))).statusCode).toBe(409);
    expect((await transfer('conflict')).object).toBe('transfer');
  });
});

describe('a call that the SDK may repeat', () => {
  it('gets the answer that was lost', async () => {
    const { sandbox } = running();
    await inject({ kind: 'reset_after_execution' });
    const persistent = sdk(sandbox);
    const made = await persistent.transfers.create(
      { ...params, transfer_group: 'persistent' },
      { idempotencyKey: 'key-persistent', maxNetworkRetries: 2 },
    );
    expect(headerOf(made, 'idempotent-replayed')).toBe('true');
  });
});

describe('an idempotency key', () => {
  it('is held while the first request with it is carried out', async () => {
    await inject({ kind: 'slow', delayMs: 50 });
    const outcomes = await Promise.allSettled([transfer('twice'), transfer('twice')]);
    const codes = outcomes.map((each) => (each.status === 'rejected' ? each.reason.code : 'made'));
    expect(codes.sort()).toEqual(['idempotency_key_in_use', 'made']);
    expect(await made('twice')).toBe(1);
  });

  it('has at most 255 characters', async () => {
    const long = running().stripe.transfers.create(params, { idempotencyKey: 'k'.repeat(256) });
    expect((await refusal(long)).statusCode).toBe(400);
  });
});

describe('the controls', () => {
  it('describe themselves, and refuse what they do not take', async () => {
    const { url } = running().sandbox;
    const description = await (await fetch(`${url}/_sandbox`)).json();
    expect(description).toMatchObject({
      api: expect.arrayContaining(['POST /v1/transfers']),
      controls: expect.arrayContaining([expect.objectContaining({ path: '/_sandbox/faults' })]),
    });
    const body = JSON.stringify({ kind: 'meteor' });
    const refused = await fetch(`${url}/_sandbox/faults`, { method: 'POST', body });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });
});

/** Tries an expectation again until it holds, for an effect that no answer announces. */
async function eventually(expectation: () => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    const held = await expectation().then(
      () => true,
      () => false,
    );
    if (held) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expectation();
}
