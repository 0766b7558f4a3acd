import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { HttpEndpoint } from '../constructs/http-endpoint.ts';
import type { ServiceContext } from '../constructs/service-function.ts';
import { LEDGER_ROUTES, MARKETPLACE_ROUTES, PAYOUT_ROUTES } from '../routes.ts';
import { variablesOf } from '../variables.ts';
import type { DataStack } from './data-stack.ts';

export type ApiProps = {
  readonly context: ServiceContext;
  readonly data: DataStack;
  readonly api: HttpApi;
};

/** What a marketplace's backend and finance call of trades, the ledger and payouts, added to the app stack. */
export const addApis = (scope: Construct, props: ApiProps): void => {
  addMarketplaceApi(scope, props);
  addLedgerApi(scope, props);
  addPayoutsApi(scope, props);
};

const addMarketplaceApi = (scope: Construct, { context, data, api }: ApiProps): void => {
  const { settings } = context;
  const variables = variablesOf(settings);
  new HttpEndpoint(scope, 'MarketplaceApi', {
    name: 'marketplace-api',
    context,
    api,
    routes: MARKETPLACE_ROUTES,
  }).function
    .writes(data.events)
    .writes(data.vault)
    .writes(data.quotes)
    .reads(data.rates)
    .reads(data.access)
    .readsSecret(data.stripeSecret)
    .readsSecret(data.vaultSecret)
    .configure({
      ...variables.fee,
      ...variables.margin,
      ...variables.quotes,
      ...variables.customs,
    })
    .configure({ ...variables.paymentWindow, ...variables.inspectionPeriod })
    .readsSecret(data.linksSecret)
    .configure({ ...variables.platformCountry, ...variables.trackingLinks })
    // Where people reach the pages.
    .configure({ PUBLIC_URL: settings.publicUrl ?? api.apiEndpoint })
    .configure(variables.corridors)
    .configure({ ...variables.serviceVersion, ...variables.stripeApi });
};

const addLedgerApi = (scope: Construct, { context, data, api }: ApiProps): void => {
  new HttpEndpoint(scope, 'LedgerApi', {
    name: 'ledger-api',
    context,
    api,
    routes: LEDGER_ROUTES,
  }).function
    .writes(data.events)
    .reads(data.views)
    .reads(data.access)
    .configure(data.signIn?.variables ?? {});
};

const addPayoutsApi = (scope: Construct, { context, data, api }: ApiProps): void => {
  const variables = variablesOf(context.settings);
  new HttpEndpoint(scope, 'PayoutsApi', {
    name: 'payouts-api',
    context,
    api,
    routes: PAYOUT_ROUTES,
  }).function
    .writes(data.events)
    .writes(data.vault)
    .reads(data.views)
    // What statements show of a payment that is said to be refused.
    .reads(data.reconciliation)
    .reads(data.access)
    .readsSecret(data.vaultSecret)
    .configure({ ...variables.payoutDebtor, ...variables.writeOffLimits })
    .configure(variables.corridors)
    .configure(data.signIn?.variables ?? {});
};
