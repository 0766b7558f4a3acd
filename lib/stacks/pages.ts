import type { Construct } from 'constructs';
import { HttpEndpoint, PRINTER_MEGABYTES } from '../constructs/http-endpoint.ts';
import { PAPER_ROUTES, TRACKING_PAGE_ROUTES } from '../routes.ts';
import type { ApiProps } from './apis.ts';

/** What people open in a browser by a link, added to the app stack. */
export const addPages = (scope: Construct, { context, data, api }: ApiProps): void => {
  new HttpEndpoint(scope, 'TrackingPage', {
    name: 'tracking-page',
    context,
    api,
    routes: TRACKING_PAGE_ROUTES,
  }).function
    .writes(data.events)
    .readsSecret(data.linksSecret);
  new HttpEndpoint(scope, 'Papers', {
    name: 'papers',
    context,
    memoryMegabytes: PRINTER_MEGABYTES,
    api,
    routes: PAPER_ROUTES,
  }).function
    .reads(data.events)
    .reads(data.vault)
    .keepsFiles(data.paperFiles)
    .readsSecret(data.linksSecret)
    .readsSecret(data.vaultSecret);
};
