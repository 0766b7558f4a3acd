import { createEasyPostClient } from '../../../src/adapters/carriers/easypost/client.ts';
import { isCodedError } from '../../../src/platform/errors.ts';

const answering = (status: number, body: string) => {
  const calls: { url: string; init: RequestInit | undefined }[] = [];
  const client = createEasyPostClient({
    apiKey: 'EZTKsandbox_unit',
    baseUrl: 'http://127.0.0.1:9/v2/',
    timeoutMs: 1_000,
    fetch: async (url, init) => {
      calls.push({ url: String(url), init });
      return new Response(body, { status });
    },
  });
  return { client, calls };
};

const failing = (error: Error) =>
  createEasyPostClient({
    ...{ apiKey: 'EZTKsandbox_unit', timeoutMs: 1_000 },
    fetch: () => Promise.reject(error),
  });

const thrownBy = async (call: Promise<unknown>) => {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!isCodedError(error)) throw new Error('Expected an error with a code.', { cause: error });
  return error;
};

describe('a call to EasyPost', () => {
  it('authenticates with the key as user and sends JSON', async () => {
    const { client, calls } = answering(201, '{"id":"shp_1"}');
    expect(await client.post('shipments', { shipment: {} })).toEqual({
      kind: 'ok',
      body: { id: 'shp_1' },
    });
    expect(calls[0]?.url).toBe('http://127.0.0.1:9/v2/shipments');
    expect(calls[0]?.init).toMatchObject({ method: 'POST', body: '{"shipment":{}}' });
    expect(calls[0]?.init?.headers).toMatchObject({
      authorization: `Basic ${btoa('EZTKsandbox_unit:')}`,
      'content-type': 'application/json',
    });
  });

  it('gives a refusal by its code and its fields, without its text', async () => {
    const error = {
      code: 'ADDRESS.VERIFY.FAILURE',
      message: 'No house number for Maria Muster',
      errors: [{ field: 'street1', message: 'Maria Muster' }, { field: 'not a name!' }, null],
    };
    const { client } = answering(422, JSON.stringify({ error }));
    expect(await client.get('shipments/shp_1')).toEqual({
      ...{ kind: 'refused', status: 422, code: 'ADDRESS.VERIFY.FAILURE', fields: ['street1'] },
    });
  });

  it.each([
    ['', 'UNKNOWN'],
    ['{"error":"text"}', 'UNKNOWN'],
    ['{"error":{"code":"Call Maria Muster at once"}}', 'UNKNOWN'],
  ])('gives a refusal that has no usable code (%s)', async (body, code) => {
    const { client } = answering(404, body);
    expect(await client.get('trackers/trk_1')).toMatchObject({
      kind: 'refused',
      status: 404,
      code,
    });
  });
});

describe('a call without a known outcome', () => {
  const timedOut = '{"error":{"code":"SHIPMENT.POSTAGE.TIMED_OUT"}}';
  const inProgress = '{"error":{"code":"SHIPMENT.PURCHASE.IN_PROGRESS"}}';

  it.each([
    [500, '{"error":{"code":"INTERNAL_SERVER_ERROR"}}'],
    [503, '<html>'],
    [408, '{}'],
    [302, ''],
    [422, timedOut],
    [422, inProgress],
    [200, '<html>'],
    [200, '[]'],
    [201, ''],
  ])('is one that was answered %d %s', async (status, body) => {
    const error = await thrownBy(answering(status, body).client.post('shipments', {}));
    expect(error).toMatchObject({ code: 'carrier.unknown_outcome', retryable: true });
  });

  it('is one whose connection broke or that took too long', async () => {
    for (const cause of [new TypeError('fetch failed'), new DOMException('…', 'TimeoutError')]) {
      const error = await thrownBy(failing(cause).get('shipments/shp_1'));
      expect(error).toMatchObject({ code: 'carrier.unknown_outcome', cause });
    }
  });
});

describe('a call that was not looked at', () => {
  it.each([
    [429, 'carrier.rate_limited'],
    [401, 'carrier.account_refused'],
    [402, 'carrier.account_refused'],
    [403, 'carrier.account_refused'],
  ])('is one that was answered %d', async (status, code) => {
    const { client } = answering(status, '{"error":{"code":"APIKEY.INACTIVE"}}');
    expect(await thrownBy(client.post('shipments', {}))).toMatchObject({ code, retryable: true });
  });

  it('never shows the key', async () => {
    const { client } = answering(401, '{"error":{"code":"APIKEY.INACTIVE"}}');
    const error = await thrownBy(client.get('shipments/shp_1'));
    expect(JSON.stringify([error.message, error.fields])).not.toContain('EZTKsandbox');
  });
});
