import { carrierUnavailable } from '../../../shipment/ports.ts';
import { isObject } from '../json-value.ts';

/** What EasyPost answered: an object, or its refusal by status and code. */
export type EasyPostAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      /** Names of the fields EasyPost complains of, never their values. */
      readonly fields: readonly string[];
    };

export type EasyPostClient = {
  get(path: string): Promise<EasyPostAnswer>;
  post(path: string, body: unknown): Promise<EasyPostAnswer>;
};

export type EasyPostClientOptions = {
  readonly apiKey: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
};

const DEFAULT_BASE_URL = 'https://api.easypost.com/v2';

/** Refusals after which a label may exist all the same: their carrier did not answer in time. */
const UNKNOWN_OUTCOME_CODES: ReadonlySet<string> = new Set([
  'SHIPMENT.POSTAGE.TIMED_OUT',
  'SHIPMENT.POSTAGE.NO_RESPONSE',
  'SHIPMENT.PURCHASE.IN_PROGRESS',
]);

/**
 * EasyPost's REST API by plain `fetch`: HTTP Basic with the key as user, JSON both ways. The
 * official SDK does the same four calls in 351 KB, superagent included.
 *
 * It never tries again by itself: whether a call may be repeated is for its caller to decide.
 *
 * @throws `CarrierUnavailableError`: `carrier.unknown_outcome` for timeouts, broken connections,
 * 5xx and answers that can't be read; `carrier.rate_limited` for 429; `carrier.account_refused`
 * for 401, 402 and 403.
 */
export const createEasyPostClient = (options: EasyPostClientOptions): EasyPostClient => ({
  get: (path) => call(options, { method: 'GET', path }),
  post: (path, body) => call(options, { method: 'POST', path, body: JSON.stringify(body) }),
});

type Call = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string };

const call = async (options: EasyPostClientOptions, request: Call): Promise<EasyPostAnswer> => {
  const { status, body } = await send(options, request);
  if (status >= 200 && status < 300) {
    if (!isObject(body)) throw unknownOutcome(request, { status });
    return { kind: 'ok', body };
  }
  if (status === 429) {
    throw carrierUnavailable('carrier.rate_limited', {
      message: 'EasyPost asks to slow down.',
      fields: { status: '429' },
    });
  }
  const { code, fields } = readError(body);
  if (status === 401 || status === 402 || status === 403) {
    throw carrierUnavailable('carrier.account_refused', {
      message: `EasyPost refused the account: ${status} ${code}.`,
      fields: { status: String(status), easypostCode: code },
    });
  }
  const isKnown = status >= 400 && status < 500 && status !== 408;
  if (!isKnown || UNKNOWN_OUTCOME_CODES.has(code)) throw unknownOutcome(request, { status, code });
  return { kind: 'refused', status, code, fields };
};

const send = async (
  {
    apiKey,
    baseUrl = DEFAULT_BASE_URL,
    timeoutMs,
    fetch = globalThis.fetch,
  }: EasyPostClientOptions,
  request: Call,
): Promise<{ status: number; body: unknown }> => {
  const { method, path, body } = request;
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw unknownOutcome(request, {}, error);
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
  { method, path }: Call,
  answer: { readonly status?: number; readonly code?: string },
  cause?: unknown,
): Error =>
  carrierUnavailable('carrier.unknown_outcome', {
    message: `${method} ${path} got no usable answer from EasyPost.`,
    fields: {
      ...(answer.status === undefined ? {} : { status: String(answer.status) }),
      ...(answer.code === undefined ? {} : { easypostCode: answer.code }),
    },
    cause,
  });

/** EasyPost's `{ error: { code, message, errors: [{ field }] } }`, without its free text. */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : {};
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  const fields = Array.isArray(errors)
    ? errors.map((entry) => (isObject(entry) ? entry['field'] : undefined)).filter(isName)
    : [];
  return { code: isName(code) ? code : 'UNKNOWN', fields: fields.slice(0, 10) };
};

const isName = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z][\w.[\]-]{0,79}$/.test(value);
