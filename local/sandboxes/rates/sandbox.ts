import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { lastPublication } from '../../../src/platform/target-calendar.ts';
import { listenOnLoopback, sendJson } from '../http.ts';

export type RatesSandbox = {
  readonly ecbUrl: string;
  readonly indicativeUrl: string;
  readonly stop: () => Promise<void>;
};

const SAMPLE_DATE = '2026-06-30';
const ECB_PATH = '/stats/eurofxref/eurofxref-daily.xml';
const INDICATIVE_PATH = '/v1/currencies/eur.json';

const sample = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../events/inbound', name), 'utf8');

/**
 * The publishers of rates, on loopback: the ECB's daily file and the second source's, with the
 * figures of the samples under the date of the day whose rates are due, so that quotes are the same
 * every day and never stale.
 */
export async function startRatesSandbox(now: () => Date = () => new Date()): Promise<RatesSandbox> {
  const ecb = sample(`ecb/${SAMPLE_DATE}.xml`);
  const indicative = sample(`currency-api/${SAMPLE_DATE}.json`);
  const today = (file: string): string => file.replace(SAMPLE_DATE, lastPublication(now()));
  const server = await listenOnLoopback({
    port: 0,
    handle: async ({ url }, response) => {
      if (url === ECB_PATH) send(response, 'application/xml', today(ecb));
      else if (url === INDICATIVE_PATH) send(response, 'application/json', today(indicative));
      else sendJson(response, { status: 404, body: { message: 'No rates here.' } });
    },
    onError: (_error, response) => response.destroy(),
  });
  return {
    ecbUrl: server.url + ECB_PATH,
    indicativeUrl: server.url + INDICATIVE_PATH,
    stop: server.stop,
  };
}

function send(response: ServerResponse, contentType: string, text: string): void {
  response.writeHead(200, { 'content-type': contentType });
  response.end(text);
}
