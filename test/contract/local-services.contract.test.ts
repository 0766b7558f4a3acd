import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';
import { type SqsServer, startSqsServer } from '../../local/aws/sqs-server.ts';
import { eventually } from '../support/eventually.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

const common = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

const resources = {
  Given: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'given' } },
  Templated: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'templated', SecretString: '{"of":"the template"}' },
  },
  Generated: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: 'generated',
      GenerateSecretString: {
        SecretStringTemplate: '{"hooks":[]}',
        GenerateStringKey: 'key',
        PasswordLength: 43,
      },
    },
  },
  Empty: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'empty' } },
  Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
  Events: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  StreamMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Events', 'StreamArn'] },
      FunctionName: { Ref: 'taker' },
    },
  },
  QueueMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
      FunctionName: { Ref: 'taker' },
    },
  },
};

const functions = {
  taker: 'exports.handler = async ({ Records }) => console.log(JSON.stringify(Records));',
};

describe('a secret', () => {
  let fixture: StartedFixture;
  let secrets: SecretsManagerClient;

  beforeAll(async () => {
    fixture = await startFixture({
      resources,
      functions,
      options: { secrets: (name, logicalId) => (name === 'given' ? `of ${logicalId}` : undefined) },
    });
    const endpoint = fixture.runtime.endpoints.secretsManager;
    secrets = new SecretsManagerClient({ ...common, endpoint });
  });

  afterAll(async () => {
    secrets.destroy();
    await fixture.stop();
  });

  const readSecret = async (SecretId: string) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;

  it('has the value that the caller gives, by name or ARN', async () => {
    const { ARN = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: 'given' }));
    expect([await readSecret('given'), await readSecret(ARN)]).toEqual(['of Given', 'of Given']);
  });

  it('has else the value that the template gives or generates', async () => {
    expect(await readSecret('templated')).toBe('{"of":"the template"}');
    expect(JSON.parse((await readSecret('generated')) ?? '')).toEqual({
      hooks: [],
      key: expect.stringMatching(/^[A-Za-z0-9]{43}$/),
    });
  });

  it.each(['empty', 'unknown'])('that is %s is not found', async (name) => {
    await expect(readSecret(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('the embedded SQS', () => {
  it('names its queues by the address it listens on, and listens on this machine only', async () => {
    const server = await startSqsServer();
    const sqs = new SQSClient({ ...common, endpoint: server.endpoint });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    expect(server.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(QueueUrl).toBe(`${server.endpoint}/000000000000/jobs`);
    expect([found.QueueUrl, QueueUrls]).toEqual([QueueUrl, [QueueUrl]]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
    sqs.destroy();
    await server.stop();
  });
});

describe('endpoints that the environment names', () => {
  let dynamodb: DynamoDbServer;
  let sqs: SqsServer;

  beforeAll(async () => {
    dynamodb = await startDynamoDbServer();
    sqs = await startSqsServer();
  });

  afterAll(() => Promise.all([dynamodb.stop(), sqs.stop()]));

  it('are used instead of embedded servers, again and again, and are left running', async () => {
    const processEnvironment = {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    };
    const tables = new DynamoDBClient({ ...common, endpoint: dynamodb.endpoint });
    for (const run of ['first', 'second']) {
      const fixture = await startFixture({ resources, functions, options: { processEnvironment } });
      expect(fixture.runtime.endpoints).toMatchObject({
        dynamodb: dynamodb.endpoint,
        dynamodbStreams: dynamodb.endpoint,
        sqs: sqs.endpoint,
      });
      const Item = { pk: { S: run } };
      await tables.send(new PutItemCommand({ TableName: 'app-Events', Item }));
      await eventually(() =>
        expect(JSON.stringify(fixture.written('taker'))).toContain(`"Keys":{"pk":{"S":"${run}"}}`),
      );
      await fixture.stop();
    }
    expect((await tables.send(new ListTablesCommand({}))).TableNames).toEqual(['app-Events']);
    tables.destroy();
  });
});

describe('a start that fails', () => {
  it('says why', async () => {
    const broken = { Table: { ...resources.Events, Properties: { KeySchema: { Ref: 'No' } } } };
    await expect(startFixture({ resources: broken })).rejects.toThrow(
      'app refers to No, which it does not have',
    );
  });

  it('refuses a port that is taken', async () => {
    const server = await startSqsServer();
    const port = Number(new URL(server.endpoint).port);
    await expect(startFixture({ resources, functions, options: { port } })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await server.stop();
  });
});
