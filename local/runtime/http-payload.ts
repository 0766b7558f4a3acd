import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { MatchedRoute } from './http-routes.ts';

/** A request that has been read. */
export type GatewayRequest = {
  readonly message: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
  readonly matched: MatchedRoute;
  readonly accountId: string;
  readonly receivedAtMs: number;
};

export type GatewayResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
};

const textTypes = new Set([
  'application/json',
  'application/xml',
  'application/javascript',
  'application/x-www-form-urlencoded',
]);

/** Whether a body of this content type reaches the function as text; every other is base64. */
export const isText = (contentType: string | undefined): boolean => {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || textTypes.has(type);
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const pad = (value: number) => String(value).padStart(2, '0');

/** `12/Mar/2020:19:03:58 +0000` */
const commonLogTime = (ms: number): string => {
  const date = new Date(ms);
  const day = `${pad(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${date.toISOString().slice(11, 19)} +0000`;
};

const joined = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '');

/** Lower-cased names, repeated headers joined by commas; cookies are told apart. */
const headersOf = ({ headersDistinct }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersDistinct)
      .filter(([name]) => name !== 'cookie')
      .map(([name, values]) => [name, joined(values)]),
  );

const queryOf = ({ searchParams }: URL): Record<string, string> =>
  Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).join(',')]),
  );

const bodyOf = (body: Buffer, contentType: string | undefined) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !isText(contentType);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
};

const unlessEmpty = <T extends object>(name: string, value: T) =>
  Object.keys(value).length === 0 ? {} : { [name]: value };

/** The event of an HTTP API, payload format 2.0. */
export const toHttpEvent = (request: GatewayRequest): Record<string, unknown> => {
  const { message, url, matched, accountId, receivedAtMs } = request;
  const { route, pathParameters } = matched;
  const headers = headersOf(message);
  const cookies = joined(message.headers.cookie).split('; ').filter(Boolean);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...unlessEmpty('cookies', cookies),
    headers,
    ...unlessEmpty('queryStringParameters', queryOf(url)),
    requestContext: {
      accountId,
      apiId: route.apiId,
      domainName: message.headers.host ?? '',
      domainPrefix: route.apiId,
      http: {
        method: message.method,
        path: url.pathname,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: message.socket.remoteAddress ?? '',
        userAgent: message.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(receivedAtMs),
      timeEpoch: receivedAtMs,
    },
    ...unlessEmpty('pathParameters', pathParameters),
    ...bodyOf(request.body, message.headers['content-type']),
  };
};

/** `{ "message": "…" }`, as API Gateway answers by itself. */
export const gatewayMessage = (statusCode: number, message: string): GatewayResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

export const internalServerError = gatewayMessage(500, 'Internal Server Error');

type FunctionAnswer = {
  readonly statusCode: unknown;
  readonly headers?: Record<string, unknown> | null;
  readonly multiValueHeaders?: Record<string, unknown[]> | null;
  readonly cookies?: string[] | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
};

const answeredHeaders = ({ headers, multiValueHeaders, cookies }: FunctionAnswer) => {
  const single = Object.entries(headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  const several = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [
    name.toLowerCase(),
    values.map(String),
  ]);
  return {
    'content-type': 'text/plain;charset=UTF-8',
    ...Object.fromEntries([...single, ...several]),
    ...(cookies ? { 'set-cookie': cookies } : {}),
  };
};

/**
 * The response that an answer of a function stands for. An answer without a status code is itself
 * the JSON body of a 200; one that is malformed is a 500.
 */
export const toHttpResponse = (payload: unknown): GatewayResponse => {
  const isObject = typeof payload === 'object' && payload !== null;
  if (!isObject || !('statusCode' in payload)) {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(text),
    };
  }
  const answer = payload as FunctionAnswer;
  const { body = '', isBase64Encoded } = answer;
  const statusCode = Number(answer.statusCode);
  const isStatus = Number.isInteger(statusCode) && statusCode >= 100 && statusCode <= 599;
  if (!isStatus || (typeof body !== 'string' && body !== null)) return internalServerError;
  return {
    statusCode,
    headers: answeredHeaders(answer),
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};
