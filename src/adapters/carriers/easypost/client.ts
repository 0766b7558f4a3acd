import { type CarrierAnswer, type CarrierClient, createCarrierClient, isName } from '../http.ts';
import { isObject } from '../json-value.ts';

export type EasyPostAnswer = CarrierAnswer;
export type EasyPostClient = CarrierClient;

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

/** EasyPost's REST API: HTTP Basic with the key as user. */
export const createEasyPostClient = ({
  apiKey,
  baseUrl = DEFAULT_BASE_URL,
  ...options
}: EasyPostClientOptions): EasyPostClient =>
  createCarrierClient({
    ...options,
    name: 'EasyPost',
    baseUrl,
    headers: () => ({ authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` }),
    readError,
    unknownOutcomeCodes: UNKNOWN_OUTCOME_CODES,
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
