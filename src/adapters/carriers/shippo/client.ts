import { type CarrierClient, createCarrierClient, isName } from '../http.ts';
import { isObject } from '../json-value.ts';

export type ShippoClientOptions = {
  readonly apiKey: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
};

const DEFAULT_BASE_URL = 'https://api.goshippo.com';

/** Older versions answer labels in another shape. */
const API_VERSION = '2018-02-08';

/** Shippo's REST API under a token. */
export const createShippoClient = ({
  apiKey,
  baseUrl = DEFAULT_BASE_URL,
  ...options
}: ShippoClientOptions): CarrierClient =>
  createCarrierClient({
    ...options,
    name: 'Shippo',
    baseUrl,
    headers: () => ({
      authorization: `ShippoToken ${apiKey}`,
      'shippo-api-version': API_VERSION,
    }),
    readError,
  });

/**
 * Shippo complains by field, `{ "items": ["This field is required."] }` or
 * `{ "address_to": { "zip": ["…"] } }`, or in a sentence, `{ "detail": "…" }`; neither has a code. Only
 * the fields' names are kept.
 */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const fields = isObject(body)
    ? Object.entries(body)
        .flatMap(([name, complaint]) =>
          isObject(complaint) ? Object.keys(complaint).map((inner) => `${name}.${inner}`) : [name],
        )
        .filter(isName)
    : [];
  const isField = fields.length > 0 && !fields.includes('detail');
  return { code: isField ? 'INVALID' : 'REFUSED', fields: isField ? fields.slice(0, 10) : [] };
};
