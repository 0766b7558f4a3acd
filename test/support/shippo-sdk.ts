import { Shippo } from 'shippo';
import { HTTPClient } from 'shippo/lib/http.js';

/** What the SDK sent, as JSON. */
export type Sent = { readonly path: string; readonly body: unknown };

/** Shippo's official SDK, pointed at a sandbox; it keeps what it sends, and refuses what it does not know. */
export function officialShippo({ url, apiKey }: { readonly url: string; readonly apiKey: string }) {
  const sent: Sent[] = [];
  const httpClient = new HTTPClient({
    fetcher: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      const { pathname } = new URL(request.url);
      sent.push({ path: pathname, body: text === '' ? undefined : JSON.parse(text) });
      return fetch(request);
    },
  });
  const sdk = new Shippo({ apiKeyHeader: `ShippoToken ${apiKey}`, serverURL: url, httpClient });
  return { sdk, sent };
}
