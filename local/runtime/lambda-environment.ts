import { randomUUID } from 'node:crypto';
import { devNull } from 'node:os';
import type { Endpoints } from './endpoints.ts';
import type { FunctionModel } from './model.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type LambdaEnvironmentSettings = {
  readonly region: string;
  readonly credentials: Credentials;
  readonly endpoints: Endpoints;
  /** Set for every function, over what the template says. */
  readonly overrides: Readonly<Record<string, string>>;
};

/**
 * The whole environment of a function: what the template gives it and what Lambda adds, with the SDK
 * pointed at the endpoints in force. Nothing of this process gets through, the shared AWS
 * configuration in the home directory included.
 */
export const lambdaEnvironment = (
  { name, assetPath, handler, memoryMegabytes, environment }: FunctionModel,
  { region, credentials, endpoints, overrides }: LambdaEnvironmentSettings,
): Record<string, string> => ({
  ...environment,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodbStreams,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${randomUUID().replaceAll('-', '')}`,
  LAMBDA_TASK_ROOT: assetPath,
  _HANDLER: handler,
  ...overrides,
});
