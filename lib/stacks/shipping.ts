import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { HttpEndpoint } from '../constructs/http-endpoint.ts';
import type { ServiceContext } from '../constructs/service-function.ts';
import { SHIPPING_ROUTES } from '../routes.ts';
import { variablesOf } from '../variables.ts';
import type { DataStack } from './data-stack.ts';

export type ShippingProps = {
  readonly context: ServiceContext;
  readonly data: DataStack;
  readonly api: HttpApi;
};

/** What a marketplace asks carriers, added to the app stack: the one API that holds their keys. */
export const addShippingApi = (scope: Construct, { context, data, api }: ShippingProps): void => {
  const variables = variablesOf(context.settings);
  new HttpEndpoint(scope, 'ShippingApi', {
    name: 'shipping-api',
    context,
    api,
    routes: SHIPPING_ROUTES,
  }).function
    .reads(data.events)
    .reads(data.access)
    .readsSecret(data.easypostSecret)
    .readsSecret(data.carriersSecret)
    .configure({ ...variables.carrierApis, ...variables.labels });
};
