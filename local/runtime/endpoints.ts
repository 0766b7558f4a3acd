import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startDynamoDbServer } from '../aws/dynamodb-server.ts';
import { type ObjectListener, startS3Server } from '../aws/s3-server.ts';
import { type LocalSecret, startSecretsServer } from '../aws/secrets-server.ts';
import { startSqsServer } from '../aws/sqs-server.ts';
import type { Credentials } from './lambda-environment.ts';

export type Endpoints = {
  readonly dynamodb: string;
  readonly dynamodbStreams: string;
  readonly s3: string;
  readonly sqs: string;
  readonly secretsManager: string;
};

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

export type Services = {
  readonly endpoints: Endpoints;
  /** Calls the listener when a stream has records; a server outside of this process never does. */
  readonly onRecord?: (listener: (streamArn: string) => void) => () => void;
  /** Calls the listener when a bucket has a new object. */
  readonly onObject: (listener: ObjectListener) => void;
  readonly stop: () => Promise<void>;
};

export type ServiceSettings = {
  readonly region: string;
  readonly secrets: readonly LocalSecret[];
  readonly processEnvironment: ProcessEnvironment;
  readonly streamShards: number;
};

const nothingToStop = async () => undefined;

/** The endpoint that somebody set for a service, spelled as the SDKs spell it. */
const outsideEndpoint = (environment: ProcessEnvironment, service: string): string | undefined =>
  environment[`AWS_ENDPOINT_URL_${service}`] ?? environment['AWS_ENDPOINT_URL'];

const startDynamoDb = async ({ region, processEnvironment, streamShards }: ServiceSettings) => {
  const outside = outsideEndpoint(processEnvironment, 'DYNAMODB');
  if (outside === undefined) {
    const server = await startDynamoDbServer({ region, shardCount: streamShards });
    const { endpoint, onRecord, stop } = server;
    return { endpoint, streamsEndpoint: endpoint, onRecord, stop };
  }
  const streamsEndpoint = processEnvironment['AWS_ENDPOINT_URL_DYNAMODB_STREAMS'] ?? outside;
  return { endpoint: outside, streamsEndpoint, stop: nothingToStop };
};

const startSqs = ({ region, processEnvironment }: ServiceSettings) => {
  const outside = outsideEndpoint(processEnvironment, 'SQS');
  return outside === undefined
    ? startSqsServer({ region })
    : { endpoint: outside, stop: nothingToStop };
};

/**
 * Opens the services that functions call: embedded servers, or those that the standard variables
 * `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL_SQS` and `AWS_ENDPOINT_URL` name. Secrets are always
 * served from here, because only here is it known what they hold, and objects too, because only here
 * can it be seen that one is new.
 */
export const startServices = async (settings: ServiceSettings): Promise<Services> => {
  const [dynamodb, sqs, secrets, s3] = await Promise.all([
    startDynamoDb(settings),
    startSqs(settings),
    startSecretsServer(settings.secrets),
    startS3Server(),
  ]);
  return {
    endpoints: {
      dynamodb: dynamodb.endpoint,
      dynamodbStreams: dynamodb.streamsEndpoint,
      s3: s3.endpoint,
      sqs: sqs.endpoint,
      secretsManager: secrets.endpoint,
    },
    onObject: s3.onObject,
    ...(dynamodb.onRecord === undefined ? {} : { onRecord: dynamodb.onRecord }),
    stop: async () => {
      await Promise.all([dynamodb.stop(), sqs.stop(), secrets.stop(), s3.stop()]);
    },
  };
};

/**
 * The credentials for the endpoints in force. Embedded servers take any; a server that somebody set
 * gets theirs.
 */
export const credentialsFor = (environment: ProcessEnvironment): Credentials => {
  const isOutside = ['DYNAMODB', 'SQS'].some(
    (service) => outsideEndpoint(environment, service) !== undefined,
  );
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  return isOutside && accessKeyId !== undefined && secretAccessKey !== undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId: 'local', secretAccessKey: 'local' };
};

export type Clients = {
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly destroy: () => void;
};

/** The SDK clients that the runtime itself uses, with room for one long poll per queue. */
export const createClients = (
  endpoints: Endpoints,
  common: { readonly region: string; readonly credentials: Credentials },
): Clients => {
  const requestHandler = { httpAgent: { keepAlive: true, maxSockets: 500 } };
  const dynamodb = new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb, requestHandler });
  const streams = new DynamoDBStreamsClient({
    ...common,
    endpoint: endpoints.dynamodbStreams,
    requestHandler,
  });
  const sqs = new SQSClient({ ...common, endpoint: endpoints.sqs, requestHandler });
  const s3 = new S3Client({ ...common, endpoint: endpoints.s3, requestHandler });
  return {
    dynamodb,
    streams,
    s3,
    sqs,
    destroy: () => {
      s3.destroy();
      dynamodb.destroy();
      streams.destroy();
      sqs.destroy();
    },
  };
};
