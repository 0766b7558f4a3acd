import { randomUUID } from 'node:crypto';
import { type CarrierClient, createCarrierClient } from '../http.ts';
import { isObject } from '../json-value.ts';

export type DhlExpressOptions = {
  readonly username: string;
  readonly password: string;
  /** The account that pays, as DHL numbers it. */
  readonly accountNumber: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly now: () => Date;
};

/** An account at DHL, and the time by which it is used. */
export type Desk = {
  readonly client: CarrierClient;
  readonly accountNumber: string;
  now(): Date;
};

/** The interface that 3.1.1 describes still calls itself so. */
const INTERFACE_VERSION = '3.1.0';

const DEFAULT_BASE_URL = 'https://express.api.dhl.com/mydhlapi';

/** The MyDHL API 3.1.1: HTTP Basic, and a reference of each message for DHL's support. */
export const createDhlExpressClient = ({
  username,
  password,
  baseUrl = DEFAULT_BASE_URL,
  timeoutMs,
  fetch,
}: DhlExpressOptions): CarrierClient =>
  createCarrierClient({
    ...(fetch === undefined ? {} : { fetch }),
    name: 'DHL Express',
    timeoutMs,
    baseUrl,
    headers: () => ({
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'message-reference': randomUUID(),
      'x-version': INTERFACE_VERSION,
    }),
    readError,
  });

/**
 * `{ title, detail, additionalDetails: ["…"] }`. Its sentences begin with a number, `8006: The …` or
 * name the field, `#/customerDetails/…: …`: the number becomes the code, the fields keep their paths.
 */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const { detail, additionalDetails } = isObject(body)
    ? (body as { detail?: unknown; additionalDetails?: unknown })
    : { detail: undefined, additionalDetails: undefined };
  const sentences = [detail, ...(Array.isArray(additionalDetails) ? additionalDetails : [])].filter(
    (sentence): sentence is string => typeof sentence === 'string',
  );
  const number = sentences.map((text) => /^(\d{3,6}):/.exec(text)?.[1]).find(Boolean);
  const fields = sentences
    .map((text) => /^#\/([\w/]{1,80}):/.exec(text)?.[1]?.replaceAll('/', '.'))
    .filter((field) => field !== undefined);
  return { code: number === undefined ? 'INVALID' : `DHL.${number}`, fields: fields.slice(0, 10) };
};
