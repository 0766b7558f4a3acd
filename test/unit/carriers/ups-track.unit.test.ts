import answer from '../../../events/inbound/ups/track-response.json' with { type: 'json' };
import { trackUps } from '../../../src/adapters/carriers/ups/track.ts';

const number = '1Z999AA10000000018';

const upsAnswering = (status: number, body: unknown) => {
  const calls: { url: string; headers: unknown }[] = [];
  const port = trackUps({
    ...{ clientId: 'client', clientSecret: 'secret-of-the-client', timeoutMs: 1_000 },
    baseUrl: 'http://127.0.0.1:9/',
    fetch: async (url, init) => {
      calls.push({ url: String(url), headers: init?.headers });
      return String(url).endsWith('/security/v1/oauth/token')
        ? Response.json({ access_token: 'token_1' })
        : Response.json(body, { status });
    },
  });
  return { port, calls };
};

describe('A parcel that UPS is asked about', () => {
  it('is told of by its whole history, under its number', async () => {
    const { port, calls } = upsAnswering(200, answer);
    const told = await port.track(number);
    expect(told).toMatchObject({ trackerId: number, trackingNumber: number });
    const statuses = told?.scans.map(({ status }) => status);
    expect(statuses).toEqual(expect.arrayContaining(['picked_up', 'out_for_delivery']));
    expect(calls.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:9/security/v1/oauth/token',
      `http://127.0.0.1:9/api/track/v1/details/${number}?locale=en_US&returnSignature=false`,
    ]);
    expect(calls.at(-1)?.headers).toMatchObject({ authorization: 'Bearer token_1' });
  });

  it('is not there where UPS does not know its number, and has no scans of another', async () => {
    const errors = [{ code: 'TW0001', message: 'Tracking Information Not Found' }];
    const unknown = upsAnswering(404, { response: { errors } });
    expect(await unknown.port.track(number)).toBeUndefined();
    const warned = { trackResponse: { shipment: [{ warnings: errors }] } };
    const { port } = upsAnswering(200, warned);
    expect(await port.track(number)).toMatchObject({ scans: [] });
    expect(await upsAnswering(200, answer).port.track('1ZOTHER')).toMatchObject({ scans: [] });
  });

  it.each([
    [429, 'carrier.rate_limited'],
    [503, 'carrier.unknown_outcome'],
    [403, 'carrier.account_refused'],
  ])('is asked about again after %i', async (status, code) => {
    const { port } = upsAnswering(status, {});
    await expect(port.track(number)).rejects.toMatchObject({ code, retryable: true });
  });
});
