import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { entriesQuery, trialBalanceQuery } from '../../../functions/ledger-api/query.ts';
import { problemFrom } from './requests.ts';

const asked = (queryStringParameters: Readonly<Record<string, string>>): APIGatewayProxyEventV2 =>
  ({ queryStringParameters }) as unknown as APIGatewayProxyEventV2;

describe('What is asked of the entries of an account', () => {
  const day = { account: '2100', currency: 'USD', day: '2026-07-01' };
  const key = '2026-07-01T09:00:01.000Z#escrow#trd_1#4#0#1';

  it('is 500 from the first on, or as many from one on as it says', () => {
    expect(entriesQuery(asked(day))).toEqual({ ...day, limit: 500 });
    expect(entriesQuery(asked({ ...day, after: key, limit: '7' }))).toEqual({
      ...{ ...day, after: key, limit: 7 },
    });
  });

  it.each([
    ['limit', '0'],
    ['limit', '501'],
    ['limit', 'all'],
    ['after', 'next'],
    ['after', key.replace('07-01', '07-02')],
  ])('does not fit with %s=%s', (name, value) => {
    expect(problemFrom(() => entriesQuery(asked({ ...day, [name]: value })))).toMatchObject({
      ...{ status: 400, code: 'request.invalid', errors: [{ pointer: `query:${name}` }] },
    });
  });
});

describe('What is asked of the trial balance', () => {
  const now = new Date('2026-07-31T23:59:59Z');

  it('is as it was booked, today, or up to a day', () => {
    expect(trialBalanceQuery(asked({}), now)).toEqual({ asOf: '2026-07-31', basis: 'booked' });
    expect(trialBalanceQuery(asked({ asOf: '2026-06-30', basis: 'occurred' }), now)).toEqual({
      ...{ asOf: '2026-06-30', basis: 'occurred' },
    });
  });

  it('may be of the day that has begun somewhere already', () => {
    expect(trialBalanceQuery(asked({ asOf: '2026-08-01' }), now).asOf).toBe('2026-08-01');
  });

  it.each(['2026-08-02', '9999-12-31'])('is refused for %s, which is ahead', (asOf) => {
    expect(problemFrom(() => trialBalanceQuery(asked({ asOf }), now))).toMatchObject({
      ...{ status: 400, code: 'ledger.day_ahead' },
    });
  });

  it.each(['2026-02-30', '31.07.2026'])('does not fit with asOf=%s', (asOf) => {
    expect(problemFrom(() => trialBalanceQuery(asked({ asOf }), now))).toMatchObject({
      ...{ status: 400, code: 'request.invalid', errors: [{ pointer: 'query:asOf' }] },
    });
  });
});
