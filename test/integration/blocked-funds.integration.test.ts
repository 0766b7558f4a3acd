import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack();

let officer: string;
let colleague: string;
let tradeId: string;
beforeAll(async () => {
  tradeId = (await stack().api.openTrade(sampleTrade, newKey())).id;
  officer = await stack().addApiKey('mkt_local', ['compliance:read', 'compliance:write']);
  colleague = await stack().addApiKey('mkt_local', ['compliance:read', 'compliance:write']);
});

const call = async (
  path: string,
  apiKey: string,
  body?: object,
  method: 'GET' | 'POST' = 'POST',
) => {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const request = { method, headers, ...(body === undefined ? {} : { body }) };
  const answer = await stack().api.call(`/v1/trades/${tradeId}${path}`, request);
  return [answer.status, answer.body];
};

describe('a trade whose funds are blocked', () => {
  it('is blocked by those who may, under a case', async () => {
    const clerk = await stack().addApiKey('mkt_local', ['checkout']);
    expect(await call('/block', clerk, { caseId: 'case_1' })).toMatchObject([
      403,
      { code: 'api_key.scope_missing' },
    ]);
    expect(await call('/block', officer, { caseId: 'no spaces' })).toMatchObject([
      400,
      { errors: [{ pointer: '/caseId' }] },
    ]);
    expect(await call('/block', officer, { caseId: 'case_1' })).toMatchObject([
      200,
      { tradeId, status: 'blocked', caseId: 'case_1' },
    ]);
    expect(await call('/cancel', clerk)).toMatchObject([409, { code: 'escrow.funds_blocked' }]);
    const { body } = await stack().api.call(`/v1/trades/${tradeId}`, { method: 'GET' });
    expect(body).toMatchObject({ onHold: true, status: 'awaiting_payment' });
    expect(JSON.stringify(body)).not.toContain('case_1');
  });

  it('is let go by two persons', async () => {
    expect(await call('/unblock/approval', officer)).toMatchObject([
      409,
      { code: 'block.nothing_proposed' },
    ]);
    const ground = { ground: 'clearance', reference: 'CLR-1' };
    expect(await call('/unblock', officer, ground)).toMatchObject([
      200,
      { status: 'unblock_proposed', proposal: ground },
    ]);
    expect(await call('/unblock/approval', officer)).toMatchObject([
      409,
      { code: 'block.same_person' },
    ]);
    expect(await call('/unblock/approval', colleague)).toEqual([200, { tradeId, status: 'none' }]);
    expect(await call('/block', officer, undefined, 'GET')).toEqual([
      200,
      { tradeId, status: 'none' },
    ]);
  });
});
