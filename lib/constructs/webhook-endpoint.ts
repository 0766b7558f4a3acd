import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { HttpEndpoint } from './http-endpoint.ts';
import type { ServiceContext } from './service-function.ts';

export type WebhookEndpointProps = {
  readonly name: FunctionName;
  readonly context: ServiceContext;
  readonly api: HttpApi;
  readonly routes: readonly string[];
};

/**
 * A function that providers post to: it verifies, queues and answers.
 *
 * Defaults: those of `HttpEndpoint`, with a timeout of 10 s, since a provider gives up sooner and
 * sends again; and reserved concurrency where the stage sets it, which bounds what unsigned traffic
 * can cost and keeps it from starving the rest. It is not set unasked: a new AWS account has too
 * little concurrency to reserve any.
 */
export class WebhookEndpoint extends HttpEndpoint {
  constructor(scope: Construct, id: string, props: WebhookEndpointProps) {
    super(scope, id, {
      ...props,
      timeout: Duration.seconds(10),
      reservedConcurrency: props.context.settings.webhookReservedConcurrency,
    });
  }
}
