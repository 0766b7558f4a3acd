import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type SitePorts, serveTrackingPage } from '../../console/tracking/site.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { linkKeys } from '../_shared/links.ts';
import { framesOf, logger } from '../_shared/observe.ts';
import { rawBodyOf } from '../_shared/request.ts';
import { functionStack } from '../_shared/stack.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({ EVENTS_TABLE: text, LINKS_SECRET_ARN: text });

const ports: SitePorts = {
  stores: eventStores(dynamoDb(), environment.EVENTS_TABLE),
  keys: linkKeys(environment.LINKS_SECRET_ARN),
  now,
  report: (error) => logger.error('A page failed.', { frames: framesOf(error) }),
};

/** The buyer's tracking page. */
export const handler = functionStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
  (event) =>
    serveTrackingPage(ports, {
      route: event.routeKey,
      token: event.pathParameters?.['token'] ?? '',
      query: event.queryStringParameters ?? {},
      headers: event.headers,
      body: rawBodyOf(event),
    }),
);
