import { carrierUnavailable } from '../../shipment/ports.ts';
import { isObject } from './json-value.ts';

/** What a carrier answered: an object, or its refusal by status and code. */
export type CarrierAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      /** Names of the fields that the carrier complains of, never their values. */
      readonly fields: readonly string[];
    };

export type CarrierClient = {
  get(path: string): Promise<CarrierAnswer>;
  post(path: string, body: unknown): Promise<CarrierAnswer>;
  /** An answer without a body is an empty one. */
  delete(path: string): Promise<CarrierAnswer>;
};

export type CarrierClientOptions = {
  /** The carrier's name, for people: `EasyPost`. */
  readonly name: string;
  /** A trailing slash does not matter. */
  readonly baseUrl: string;
  /** Authorization, and what else every call carries. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
  /** The code and the field names of a refusal, without its free text. */
  readonly readError: (body: unknown) => {
    readonly code: string;
    readonly fields: readonly string[];
  };
  /** Refusals after which a label may exist all the same: their carrier did not answer in time. */
  readonly unknownOutcomeCodes?: ReadonlySet<string>;
};

/**
 * A carrier's REST API by plain `fetch`, JSON both ways.
 *
 * It never tries again by itself: whether a call may be repeated is for its caller to decide.
 *
 * @throws `CarrierUnavailableError`: `carrier.unknown_outcome` for timeouts, broken connections,
 * 5xx and answers that can't be read; `carrier.rate_limited` for 429; `carrier.account_refused`
 * for 401, 402 and 403.
 */
export const createCarrierClient = (options: CarrierClientOptions): CarrierClient => ({
  get: (path) => call(options, { method: 'GET', path }),
  post: (path, body) => call(options, { method: 'POST', path, body: JSON.stringify(body) }),
  delete: (path) => call(options, { method: 'DELETE', path }),
});

type Call = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: string;
};

const call = async (options: CarrierClientOptions, request: Call): Promise<CarrierAnswer> => {
  const { name, readError, unknownOutcomeCodes = NONE } = options;
  const { status, body: read } = await send(options, request);
  const body = read === undefined && request.method === 'DELETE' ? {} : read;
  if (status >= 200 && status < 300) {
    if (!isObject(body)) throw unknownOutcome(name, request, { status });
    return { kind: 'ok', body };
  }
  if (status === 429) {
    throw carrierUnavailable('carrier.rate_limited', {
      message: `${name} asks to slow down.`,
      fields: { status: '429' },
    });
  }
  const { code, fields } = readError(body);
  if (status === 401 || status === 402 || status === 403) {
    throw carrierUnavailable('carrier.account_refused', {
      message: `${name} refused the account: ${status} ${code}.`,
      fields: { status: String(status), carrierCode: code },
    });
  }
  const isKnown = status >= 400 && status < 500 && status !== 408;
  if (!isKnown || unknownOutcomeCodes.has(code)) {
    throw unknownOutcome(name, request, { status, code });
  }
  return { kind: 'refused', status, code, fields };
};

const NONE: ReadonlySet<string> = new Set();

const send = async (
  { name, baseUrl, headers, timeoutMs, fetch = globalThis.fetch }: CarrierClientOptions,
  request: Call,
): Promise<{ status: number; body: unknown }> => {
  const { method, path, body } = request;
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...headers(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw unknownOutcome(name, request, {}, error);
  }
};

/** Undefined for text that is not JSON, such as a proxy's error page. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The path of a request holds ids only, so it may be logged. */
const unknownOutcome = (
  name: string,
  { method, path }: Call,
  answer: { readonly status?: number; readonly code?: string },
  cause?: unknown,
): Error =>
  carrierUnavailable('carrier.unknown_outcome', {
    message: `${method} ${path} got no usable answer from ${name}.`,
    fields: {
      ...(answer.status === undefined ? {} : { status: String(answer.status) }),
      ...(answer.code === undefined ? {} : { carrierCode: answer.code }),
    },
    cause,
  });

/** A code or a field's name, as it may be logged: never free text. */
export const isName = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z][\w.[\]-]{0,79}$/.test(value);
