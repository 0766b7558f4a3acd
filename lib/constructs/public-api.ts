import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';

/**
 * What one request leaves in the access log: which route, how it ended, how long it took. No path,
 * query, header, address or body, because those can name a person or a trade.
 */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
};

/**
 * The HTTP API that marketplaces and providers call.
 *
 * Defaults: one stage at the root of the URL, deployed automatically; 1,000 requests a second with
 * bursts of 2,000, which is 40 trades a second with all their webhooks; JSON access logs without
 * payloads, kept for 90 days; no CORS, because its callers are servers.
 */
export class PublicApi extends Construct {
  readonly api: apigateway.HttpApi;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: string }) {
    super(scope, id);
    this.api = new apigateway.HttpApi(this, 'Default', {
      apiName: physicalName(stage, 'api'),
      createDefaultStage: false,
    });
    const accessLogs = new logs.LogGroup(this, 'AccessLogs', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new apigateway.HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: {
        destination: new apigateway.LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }
}
