import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { type ServiceContext, ServiceFunction } from './service-function.ts';

/** For functions that print: the letters of a long report, and the share of a core to set them with. */
export const PRINTER_MEGABYTES = 1_024;

export type HttpEndpointProps = {
  readonly name: FunctionName;
  readonly context: ServiceContext;
  readonly api: HttpApi;
  /** As the API's documentation spells them: `POST /v1/trades`. */
  readonly routes: readonly string[];
  readonly timeout?: Duration;
  /** As `ServiceFunction` has it. */
  readonly memoryMegabytes?: number;
  readonly reservedConcurrency?: number | undefined;
};

const parseRoute = (route: string) => {
  const [method, path] = route.split(' ');
  const known = Object.values(HttpMethod).find((candidate) => candidate === method);
  if (known === undefined || path === undefined) throw new Error(`Not a route: ${route}`);
  return { path, methods: [known] };
};

/**
 * A function behind routes of the HTTP API.
 *
 * Defaults: timeout 29 s, the longest that API Gateway waits; payload format 2.0; each route may
 * invoke this function on its own path only.
 */
export class HttpEndpoint extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: HttpEndpointProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Default', {
      name: props.name,
      context: props.context,
      timeout: props.timeout ?? Duration.seconds(29),
      reservedConcurrency: props.reservedConcurrency,
      memoryMegabytes: props.memoryMegabytes,
    });
    const integration = new HttpLambdaIntegration('Integration', this.function.function);
    for (const route of props.routes) {
      props.api.addRoutes({ ...parseRoute(route), integration });
    }
  }
}
