import { koreanAccount, koreanTrade } from '../../local/cli/scenarios/korean-trade.ts';
import { camt053 } from '../../local/sandboxes/bank/camt053.ts';
import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { type ApiClient, apiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { deliver, quiet } from './journey.ts';

const stack = withStack({
  ...{ payoutBatchWindowSeconds: 1, inspectionPeriodSeconds: 1, deadlinesEveryMs: 250 },
});
const ACCOUNT = 'bank_breaks';

type Break = { readonly id: string; readonly kind: string; readonly right: readonly string[] };
type Payment = {
  endToEndId: string;
  payoutId: string;
  tradeId: string;
  amount: { amountMinor: string };
};

let finance: ApiClient;
let colleague: ApiClient;
let tradeId: string;
let payment: Payment;

const get = async <T>(path: string): Promise<T> =>
  (await finance.call(path, { method: 'GET' })).body as T;

const financeKey = async (): Promise<ApiClient> => {
  const scopes = ['finance:read', 'finance:post'];
  return apiClient({
    url: stack().url,
    apiKey: await stack().addApiKey(LOCAL_MARKETPLACE, scopes),
  });
};

/** A trade whose seller is paid by a file for the bank, until that file is closed. */
async function tradeForTheBank(): Promise<void> {
  const { api, stripe, url, apiKey } = stack();
  const put = await fetch(`${url}/v1/payout-accounts/${ACCOUNT}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(koreanAccount),
  });
  expect(put.status).toBe(200);
  const body = { ...koreanTrade(ACCOUNT), inspectionPeriodSeconds: 0 };
  const { inspectionPeriodSeconds: _, ...request } = body;
  const trade = await api.openTrade(JSON.parse(JSON.stringify(request, asText)), newKey());
  tradeId = trade.id;
  stripe.control.pay(trade.payment.paymentIntentId);
  deliver(stack(), await api.becomes(tradeId, 'in_fulfilment'));
  payment = await eventually(async () => {
    const { data } = await get<{ data: { id: string; status: string }[] }>('/v1/payout-batches');
    const [batch] = data.filter(({ status }) => status === 'closed');
    const { payments } = await get<{ payments: Payment[] }>(`/v1/payout-batches/${batch?.id}`);
    expect(payments).toHaveLength(1);
    return payments[0] as Payment;
  });
}

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

const breaks = async (query = ''): Promise<readonly Break[]> =>
  (await get<{ data: Break[] }>(`/v1/breaks${query}`)).data;

const act = (id: string, step: string, body: object, by = finance) =>
  by.call(`/v1/breaks/${id}/${step}`, { body });

beforeAll(async () => {
  finance = await financeKey();
  colleague = await financeKey();
  await tradeForTheBank();
  const statement = camt053({
    ...{ iban: 'NL91ABNA0417164300', currency: 'KRW', sequence: 1, openingMinor: 90_000_000n },
    date: new Date().toISOString().slice(0, 10),
    movements: [
      {
        ...{ reference: 'B1', endToEndId: payment.endToEndId },
        amountMinor: -BigInt(payment.amount.amountMinor),
      },
      { reference: 'B2', amountMinor: -3_000n, text: 'Account fee' },
      { reference: 'B3', amountMinor: 450_000n, text: 'Rechnung 99' },
    ],
  });
  const headers = { 'content-type': 'application/xml' };
  expect((await finance.call('/v1/statements', { body: statement, headers })).status).toBe(202);
  await eventually(async () => expect(await breaks()).toHaveLength(2));
});

describe('a statement', () => {
  it('confirms the payout that it debits: nobody else says so', async () => {
    const trade = await stack().api.becomes(tradeId, 'settled');
    expect(trade.payouts).toMatchObject([{ status: 'settled', rail: 'bank_file' }]);
  });

  it('leaves what nobody expects as breaks, with their age and items', async () => {
    const found = await breaks('?status=open&kind=unexpected&age=0-1');
    expect(found).toHaveLength(2);
    for (const { id, right } of found) {
      expect(await get(`/v1/breaks/${id}`)).toMatchObject({
        ...{ id, status: 'open', kind: 'unexpected' },
        items: [{ id: right[0], side: 'right', status: 'open' }],
        history: [{ type: 'BreakRaised' }],
      });
    }
    expect(await breaks('?kind=missing')).toEqual([]);
    expect(await breaks('?age=60%2B')).toEqual([]);
  });

  it('books the credit to suspense, so that the bank account in the books is the bank’s', async () => {
    await eventually(async () => {
      const day = new Date().toISOString().slice(0, 10);
      const { entries } = await get<{ entries: object[] }>(
        `/v1/ledger/entries?account=2900&currency=KRW&day=${day}`,
      );
      expect(entries).toMatchObject([{ kind: 'receipt_suspended', amountMinor: '-450000' }]);
    });
  });
});

describe('the ledger', () => {
  type Page = { entries: object[]; next: string | null; debitMinor: string; creditMinor: string };
  const path = () =>
    `/v1/ledger/entries?account=2100&currency=KRW&day=${new Date().toISOString().slice(0, 10)}`;

  it('lists what was booked on an account, page by page as at once', async () => {
    const { next, ...whole } = await get<Page>(path());
    expect(whole.entries.length).toBeGreaterThan(1);
    expect(next).toBeNull();
    const entries: object[] = [];
    for (let from = `${path()}&limit=1`; ; ) {
      const page = await get<Page>(from);
      expect(page).toMatchObject({ debitMinor: whole.debitMinor, creditMinor: whole.creditMinor });
      entries.push(...page.entries);
      if (page.next === null) break;
      from = `${path()}&limit=1&after=${encodeURIComponent(page.next)}`;
    }
    expect(entries).toEqual(whole.entries);
  });

  it('refuses a page that no answer led to, and a balance of days ahead', async () => {
    expect(await get(`${path()}&after=2`)).toMatchObject({
      ...{ status: 400, code: 'request.invalid', errors: [{ pointer: 'query:after' }] },
    });
    expect(await get('/v1/ledger/trial-balance?asOf=9999-12-31&basis=occurred')).toMatchObject({
      status: 400,
      code: 'ledger.day_ahead',
    });
  });
});

describe('the chain (P15)', () => {
  it('leads from the order to the bank line, and from the line back to the order', async () => {
    const chain = await get<{
      charge: { chargeId: string };
      payouts: { bank: { matchedWith: { id: string }[] } }[];
    }>(`/v1/trades/${tradeId}/chain`);
    expect(chain).toMatchObject({
      ...{ tradeId, order: { reference: 'PO-2026-000231' } },
      charge: { chargeId: expect.stringMatching(/^ch_/), provider: { status: 'open' } },
      payouts: [
        {
          ...{ rail: 'bank_file', settled: true, endToEndId: payment.endToEndId },
          bank: { status: 'matched' },
        },
      ],
    });
    const [line] = chain.payouts[0]?.bank.matchedWith ?? [];
    expect(await get(`/v1/bank-lines/${line?.id}/chain`)).toMatchObject({
      ...{ lineId: line?.id, tradeIds: [tradeId], payoutIds: [payment.payoutId] },
      line: { about: { statementId: expect.stringMatching(/^stm_/) } },
    });
  });

  it('is not there for what is not there', async () => {
    for (const [path, code] of [
      ['/v1/trades/trd_none/chain', 'trade.not_found'],
      ['/v1/bank-lines/lin_none/chain', 'bank_line.not_found'],
      ['/v1/breaks/brk_none', 'break.not_found'],
    ] as const) {
      const answer = await finance.call(path, { method: 'GET' });
      expect(answer).toMatchObject({ status: 404, body: { code } });
    }
  });
});

describe('a step on a break', () => {
  const breakOf = async (reference: string): Promise<Break> => {
    for (const one of await breaks()) {
      const { items } = await get<{ items: { amount: { amountMinor: string } }[] }>(
        `/v1/breaks/${one.id}`,
      );
      if (items[0]?.amount.amountMinor === reference) return one;
    }
    throw new Error(`There is no break of ${reference}.`);
  };

  it('is refused without a reason, and by who may only read', async () => {
    const { id } = await breakOf('-3000');
    expect(await act(id, 'explain', { reason: '' })).toMatchObject({
      ...{ status: 400, body: { code: 'request.invalid', errors: [{ pointer: '/reason' }] } },
    });
    expect(await act(id, 'explain', { reason: 'A fee.' }, stack().api)).toMatchObject({
      ...{ status: 403, body: { code: 'api_key.scope_missing' } },
    });
    expect(await act('brk_none', 'explain', { reason: 'A fee.' })).toMatchObject({
      ...{ status: 404, body: { code: 'break.not_found' } },
    });
  });

  it('above one person’s limit waits for a second one, who is not the first', async () => {
    const { id } = await breakOf('-3000');
    expect(await act(id, 'assign', { assignee: 'user_jun', reason: 'Bank fees.' })).toMatchObject({
      ...{ status: 200, body: { status: 'open', assignee: 'user_jun' } },
    });
    expect(await act(id, 'write-off', { reason: 'The account’s fee.' })).toMatchObject({
      ...{ status: 200, body: { status: 'write_off_proposed' } },
    });
    expect(await act(id, 'approve', { reason: 'Agreed.' })).toMatchObject({
      ...{ status: 409, body: { code: 'break.same_person' } },
    });
    const approved = await act(id, 'approve', { reason: 'Agreed.' }, colleague);
    expect(approved).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await act(id, 'explain', { reason: 'Too late.' })).toMatchObject({
      ...{ status: 409, body: { code: 'break.resolved' } },
    });
  });

  it('sends back what is nobody’s, and the books follow', async () => {
    const { id, right } = await breakOf('450000');
    const sent = await act(id, 'send-back', { reason: 'Not an order of ours.' });
    expect(sent).toMatchObject({ status: 200, body: { resolution: 'sent_back' } });
    await eventually(async () => {
      expect(await get(`/v1/bank-lines/${right[0]}/chain`)).toMatchObject({
        line: { status: 'closed' },
      });
    });
    await quiet(stack());
    await eventually(async () => {
      const { accounts, balanced } = await get<{
        balanced: boolean;
        accounts: { account: string; currency: string; balanceMinor: string }[];
      }>('/v1/ledger/trial-balance');
      expect(balanced).toBe(true);
      const ofBank = accounts.filter(({ currency }) => currency === 'KRW');
      expect(ofBank.find(({ account }) => account === '2900')?.balanceMinor).toBe('0');
      expect(ofBank.find(({ account }) => account === '5500')?.balanceMinor).toBe('3000');
    });
    expect(await breaks()).toEqual([]);
    expect(await breaks('?status=resolved')).toHaveLength(2);
    expect(await stack().deadLetters()).toBe(0);
  });
});
