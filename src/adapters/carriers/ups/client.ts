import { randomUUID } from 'node:crypto';
import { carrierUnavailable } from '../../../shipment/ports.ts';
import { type CarrierClient, createCarrierClient, isName } from '../http.ts';
import { at, objectsIn, text } from '../json-value.ts';

export type UpsAccount = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
};

const DEFAULT_BASE_URL = 'https://onlinetools.ups.com';

/** UPS's API under a token of its own, by client credentials. */
export async function upsClient(account: UpsAccount): Promise<CarrierClient> {
  const token = await tokenOf(account);
  return createCarrierClient({
    ...shared(account),
    headers: () => ({
      authorization: `Bearer ${token}`,
      transid: randomUUID(),
      transactionsrc: 'tradelane',
    }),
  });
}

const shared = ({ baseUrl = DEFAULT_BASE_URL, timeoutMs, fetch }: UpsAccount) => ({
  ...(fetch === undefined ? {} : { fetch }),
  ...{ name: 'UPS', baseUrl, timeoutMs, readError },
});

/** A form, which is how OAuth asks; tokens last four hours, and few calls are made with one. */
async function tokenOf(account: UpsAccount): Promise<string> {
  const { clientId, clientSecret } = account;
  const send = account.fetch ?? globalThis.fetch;
  const client = createCarrierClient({
    ...shared({
      ...account,
      fetch: (url, init) =>
        send(url, {
          ...init,
          headers: { ...init?.headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: 'grant_type=client_credentials',
        }),
    }),
    headers: () => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    }),
  });
  const answer = await client.post('security/v1/oauth/token', {});
  const token = answer.kind === 'ok' ? text(answer.body['access_token'], 8_000) : '';
  if (token !== '') return token;
  throw carrierUnavailable('carrier.account_refused', { message: 'UPS gave no token.' });
}

/** `{ response: { errors: [{ code, message }] } }` */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const code = objectsIn(at(body, 'response', 'errors'))
    .map((error) => `UPS.${text(error['code'], 40)}`)
    .find(isName);
  return { code: code ?? 'REFUSED', fields: [] };
};
