import type { BankAccount } from '../../events/marketplace/bank-account.v1.ts';
import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import { toJson } from '../../src/platform/json.ts';
import type { TradeView } from '../../src/process/trade-view.ts';

/** A value as it is after a trip through JSON: every bigint has become a decimal string. */
type AsJson<T> = T extends bigint
  ? string
  : T extends readonly (infer Member)[]
    ? readonly AsJson<Member>[]
    : T extends object
      ? { readonly [Key in keyof T]: AsJson<T[Key]> }
      : T;

/** The answer of `GET /v1/trades/{id}`. */
export type Trade = AsJson<TradeView>;

type Shipment = Trade['shipments'][number];

/** The shipment of a trade once it has its label; undefined before. */
export const labeledShipment = ({
  shipments: [shipment],
}: Pick<Trade, 'shipments'>): Extract<Shipment, { trackingNumber: string }> | undefined =>
  shipment !== undefined && 'trackingNumber' in shipment ? shipment : undefined;

/** The answer of `POST /v1/trades`. */
export type OpenedTrade = Trade & {
  readonly payment: { readonly paymentIntentId: string; readonly clientSecret: string };
};

/** A marketplace's backend: it knows the API and its key, and nothing else of Tradelane. */
export type Marketplace = {
  readonly openTrade: (body: CreateTrade, idempotencyKey: string) => Promise<OpenedTrade>;
  readonly getTrade: (tradeId: string) => Promise<Trade>;
  readonly cancelTrade: (tradeId: string) => Promise<Trade>;
  /** `POST /v1/trades/{tradeId}/{path}`: whatever else may be asked of a trade. */
  readonly ask: (tradeId: string, path: string, request?: Asked) => Promise<Trade>;
  /** Where a seller is paid by bank from now on. */
  readonly putAccount: (payoutAccountId: string, account: BankAccount) => Promise<void>;
};

type Asked = { readonly body?: object; readonly key?: string };

/** @throws from every call that is not answered 2xx, with the problem's own words. */
export function createMarketplace(api: {
  readonly url: string;
  readonly apiKey: string;
}): Marketplace {
  const call = async (
    endpoint: string,
    { body, ...headers }: { readonly body?: string; readonly 'idempotency-key'?: string } = {},
  ): Promise<unknown> => {
    const [method = '', path = ''] = endpoint.split(' ');
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${api.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${endpoint} was answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    openTrade: async (body, idempotencyKey) => {
      const headers = { 'idempotency-key': idempotencyKey };
      return (await call('POST /v1/trades', { body: toJson(body), ...headers })) as OpenedTrade;
    },
    getTrade: async (tradeId) => (await call(`GET /v1/trades/${tradeId}`)) as Trade,
    cancelTrade: async (tradeId) => (await call(`POST /v1/trades/${tradeId}/cancel`)) as Trade,
    ask: async (tradeId, path, { body, key } = {}) =>
      (await call(`POST /v1/trades/${tradeId}/${path}`, {
        ...(body === undefined ? {} : { body: toJson(body) }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      })) as Trade,
    putAccount: async (payoutAccountId, account) => {
      await call(`PUT /v1/payout-accounts/${payoutAccountId}`, { body: toJson(account) });
    },
  };
}
