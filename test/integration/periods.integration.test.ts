import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { addMonths, periodOf } from '../../src/ledger/months.ts';
import { type ApiClient, apiClient } from '../support/api-client.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack();
const current = periodOf(new Date().toISOString());
const previous = addMonths(current, -1);
const reason = 'All statements are in.';

let controller: ApiClient;
let colleague: ApiClient;

beforeAll(async () => {
  const key = async (...scopes: string[]) =>
    apiClient({ url: stack().url, apiKey: await stack().addApiKey(LOCAL_MARKETPLACE, scopes) });
  controller = await key('finance:read', 'finance:close');
  colleague = await key('finance:read', 'finance:close');
});

const get = (path: string) => controller.call(path, { method: 'GET' });
const act = (step: string, by = controller, period = previous) =>
  by.call(`/v1/periods/${period}/${step}`, { body: { reason } });

describe('a month of the books', () => {
  it('is listed with the twelve before it, all open', async () => {
    const { body } = await get('/v1/periods');
    const { data } = body as { data: { period: string; status: string }[] };
    expect(data[0]).toEqual({ period: current, status: 'open' });
    expect(data).toHaveLength(13);
  });

  it('that is not over shows why it can’t be closed, and is not', async () => {
    const { body } = await get(`/v1/periods/${current}`);
    expect(body).toMatchObject({
      ...{ period: current, status: 'open' },
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'period_ended', status: 'red' }),
        expect.objectContaining({ name: 'trial_balance', status: 'green' }),
      ]),
    });
    expect(await act('soft-close', controller, current)).toMatchObject({
      ...{ status: 409, body: { code: 'period.not_ended' } },
    });
  });

  it('is closed step by step, and opened again by two persons only', async () => {
    expect(await act('lock')).toMatchObject({ body: { code: 'period.cannot_lock_open' } });
    expect(await act('soft-close')).toMatchObject({ body: { status: 'soft_closed' } });
    expect(await act('lock')).toMatchObject({
      status: 200,
      body: { status: 'locked', snapshot: { snapshotSha256: expect.stringMatching(/^\w{64}$/) } },
    });
    expect(await act('reopen')).toMatchObject({ status: 200, body: { status: 'locked' } });
    expect(await act('reopen/approve')).toMatchObject({ body: { code: 'period.same_person' } });
    expect(await act('reopen/approve', colleague)).toMatchObject({ body: { status: 'open' } });
  });

  it('has reports, as JSON, CSV and PDF', async () => {
    const report = `/v1/periods/${previous}/reports/trial-balance`;
    expect((await get(report)).body).toMatchObject({ report: 'trial-balance', rows: [] });
    const reader = await stack().addApiKey(LOCAL_MARKETPLACE, ['finance:read']);
    const accept = { accept: 'application/pdf', 'accept-language': 'ko-KR' };
    for (const [path, language] of [
      [report, 'ko'],
      [`${report}?format=pdf&lang=en`, 'en'],
    ]) {
      const headers = { authorization: `Bearer ${reader}`, ...accept };
      const answer = await fetch(`${stack().url}${path}`, { headers });
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      expect(pdf).toContain(`/Lang (${language})`);
    }
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    expect((await fetch(`${stack().url}${report}?format=csv`, { headers })).status).toBe(403);
  });

  it.each([
    ['/v1/periods/2026-13', 404, 'period.not_found'],
    ['/v1/periods/2999-01', 404, 'period.not_found'],
    ['/v1/periods/2026-01/reports/nothing', 404, 'report.not_found'],
    ['/v1/periods/2026-01/reports/fees?format=xls', 400, 'request.invalid'],
  ])('%s is answered with %i', async (path, status, code) => {
    expect(await get(path)).toMatchObject({ status, body: { code } });
  });

  it('is closed by no key without the scope', async () => {
    expect(await act('soft-close', stack().api)).toMatchObject({
      ...{ status: 403, body: { code: 'api_key.scope_missing' } },
    });
  });
});
