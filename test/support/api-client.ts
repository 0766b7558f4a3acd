import type { EscrowStatus } from '../../src/escrow/state.ts';
import type { TradeView } from '../../src/process/trade-view.ts';
import { eventually } from './eventually.ts';

/** What is left of a value after JSON: bigints are decimal strings there. */
type Json<T> = T extends bigint
  ? string
  : T extends readonly (infer Element)[]
    ? Json<Element>[]
    : T extends object
      ? { [Name in keyof T]: Json<T[Name]> }
      : T;

/** A trade as the API answers it. */
export type Trade = Json<TradeView>;

export type OpenedTrade = Trade & {
  readonly payment: {
    readonly provider: string;
    readonly paymentIntentId: string;
    readonly clientSecret: string;
  };
};

/** A problem as RFC 9457 has it, with the product's own members. */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
};

export type Answer<Body = unknown> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
};

export type Call = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
  /** A header of undefined is not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

export type ApiClient = {
  readonly call: (path: string, call?: Call) => Promise<Answer>;
  readonly postTrade: (body: unknown, idempotencyKey: string) => Promise<Answer>;
  /** Opens a trade, which must succeed. */
  readonly openTrade: (body: unknown, idempotencyKey: string) => Promise<OpenedTrade>;
  readonly getTrade: (tradeId: string) => Promise<Trade>;
  readonly act: (tradeId: string, action: 'accept' | 'cancel') => Promise<Answer>;
  /** Asks until the trade has that status. */
  readonly becomes: (tradeId: string, status: EscrowStatus) => Promise<Trade>;
};

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

const contentOf = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  isRaw(body) ? body : JSON.stringify(body);

const present = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
  );

/** The HTTP API as a marketplace with that key calls it. */
export function apiClient({
  url,
  apiKey,
}: {
  readonly url: string;
  readonly apiKey: string;
}): ApiClient {
  const call = async (path: string, { method = 'POST', body, headers = {} }: Call = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: present({
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      }),
      ...(body === undefined ? {} : { body: contentOf(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  };

  const postTrade = (body: unknown, idempotencyKey: string) =>
    call('/v1/trades', { body, headers: { 'idempotency-key': idempotencyKey } });

  const getTrade = async (tradeId: string): Promise<Trade> => {
    const { status, body } = await call(`/v1/trades/${tradeId}`, { method: 'GET' });
    if (status !== 200) throw new Error(`GET of ${tradeId} answered ${status}.`);
    return body as Trade;
  };

  return {
    call,
    postTrade,
    getTrade,
    openTrade: async (body, idempotencyKey) => {
      const answer = await postTrade(body, idempotencyKey);
      if (answer.status === 201) return answer.body as OpenedTrade;
      throw new Error(`No trade was opened: ${JSON.stringify(answer.body)}`);
    },
    act: (tradeId, action) => call(`/v1/trades/${tradeId}/${action}`),
    becomes: (tradeId, wanted) =>
      eventually(
        async () => {
          const trade = await getTrade(tradeId);
          if (trade.status === wanted) return trade;
          throw new Error(`${tradeId} is ${trade.status}, not ${wanted}.`);
        },
        { everyMs: 20 },
      ),
  };
}
