import { readAssembly } from '../../../local/runtime/assembly.ts';
import { httpApi, httpRoute, lambdaFunction } from './assembly-fixture.ts';
import { read, table } from './read-fixture.ts';

const dataStack = {
  Resources: { Events: table(), Stripe: { Type: 'AWS::SecretsManager::Secret', Properties: {} } },
  Outputs: {
    EventsName: { Value: { Ref: 'Events' }, Export: { Name: 'data:EventsName' } },
    EventsStream: {
      Value: { 'Fn::GetAtt': ['Events', 'StreamArn'] },
      Export: { Name: { 'Fn::Sub': `\${AWS::StackName}:EventsStream` } },
    },
  },
};

const withEnvironment = (Variables: object) =>
  lambdaFunction('router', { Environment: { Variables } });

const variablesOf = (Variables: object, others: object = {}) =>
  read({
    stacks: {
      data: dataStack,
      app: { Resources: { Router: withEnvironment(Variables), ...others } },
    },
    assets: { router: '' },
  }).functions[0]?.environment;

describe('an intrinsic', () => {
  it('is replaced by what CloudFormation would put there', () => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic' }, Jobs: { Type: 'AWS::SQS::Queue' } };
    const variables = {
      REGION: { Ref: 'AWS::Region' },
      JOINED: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] },
      SUBSTITUTED: { 'Fn::Sub': `x-\${Jobs.QueueName}-\${!Literal}-\${AWS::Partition}` },
      WITH_VARIABLES: { 'Fn::Sub': [`\${Word}!`, { Word: { Ref: 'AWS::StackName' } }] },
      SELECTED: { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] },
      ARN: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
      ABSENT: { Ref: 'AWS::NoValue' },
    };
    expect(variablesOf(variables, topic)).toEqual({
      REGION: 'eu-central-1',
      JOINED: 'a-000000000000',
      SUBSTITUTED: `x-app-Jobs-\${Literal}-aws`,
      WITH_VARIABLES: 'app!',
      SELECTED: 'b',
      ARN: 'arn:aws:sqs:eu-central-1:000000000000:app-Jobs',
    });
  });

  it('reaches the exports of another stack', () => {
    expect(
      variablesOf({
        TABLE: { 'Fn::ImportValue': 'data:EventsName' },
        STREAM: { 'Fn::ImportValue': 'data:EventsStream' },
      }),
    ).toEqual({
      TABLE: 'data-Events',
      STREAM: 'arn:aws:dynamodb:eu-central-1:000000000000:table/data-Events/stream/assumed',
    });
  });

  it.each([
    [{ 'Fn::GetAZs': '' }, 'app uses Fn::GetAZs, which only AWS can evaluate'],
    [{ 'Fn::ImportValue': 'nothing' }, 'app imports nothing, which no stack exports'],
    [{ Ref: 'Nothing' }, 'app refers to Nothing, which it does not have'],
  ])('that cannot be replaced stops the reading: %j', (value, message) => {
    expect(() => variablesOf({ VALUE: value })).toThrow(message);
  });
});

describe('a table, a queue, a function or a secret', () => {
  it('is read with what it takes to make it', () => {
    const model = read({
      stacks: {
        data: dataStack,
        app: {
          Resources: {
            Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
            Jobs: {
              Type: 'AWS::SQS::Queue',
              Properties: {
                VisibilityTimeout: 180,
                RedrivePolicy: {
                  deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
                  maxReceiveCount: 10,
                },
              },
            },
            Router: lambdaFunction('router', { Timeout: 30, ReservedConcurrentExecutions: 5 }),
          },
        },
      },
      assets: { router: '' },
    });
    expect(model.tables[0]?.definition).toEqual({
      TableName: 'data-Events',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    expect(model.queues[1]).toMatchObject({
      name: 'app-Jobs',
      attributes: { VisibilityTimeout: '180' },
      redrive: {
        deadLetterArn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
        maxReceiveCount: 10,
      },
    });
    expect(model.functions[0]).toMatchObject({
      name: 'router',
      handler: 'index.handler',
      timeoutSeconds: 30,
      memoryMegabytes: 128,
      reservedConcurrency: 5,
      assetPath: expect.stringMatching(/asset\.router$/),
    });
    expect(model.secrets[0]?.arn).toMatch(/:secret:data-Stripe-[0-9a-f]{6}$/);
  });
});

describe('a name that the template leaves open', () => {
  it('is made of stack and logical id, within what AWS allows', () => {
    const { queues } = read({
      stacks: {
        app: {
          Resources: {
            Ordered: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
            ['Long'.repeat(25)]: { Type: 'AWS::SQS::Queue' },
          },
        },
      },
    });
    expect(queues.map(({ name }) => name)).toEqual(['app-Ordered.fifo', 'Long'.repeat(20)]);
  });
});

describe('a trigger', () => {
  it('is read with the function that it starts, whatever the function is called by', () => {
    const model = read({
      stacks: {
        data: dataStack,
        app: {
          Resources: {
            Router: lambdaFunction('router'),
            Live: {
              Type: 'AWS::Lambda::Alias',
              Properties: { FunctionName: { Ref: 'Router' }, FunctionVersion: '1', Name: 'live' },
            },
            Api: httpApi,
            ...httpRoute('Get', 'GET /trades/{id}', 'Router'),
            Mapping: {
              Type: 'AWS::Lambda::EventSourceMapping',
              Properties: {
                EventSourceArn: { 'Fn::ImportValue': 'data:EventsStream' },
                FunctionName: { Ref: 'Live' },
                BisectBatchOnFunctionError: true,
                MaximumRetryAttempts: 3,
                StartingPosition: 'TRIM_HORIZON',
              },
            },
            Nightly: {
              Type: 'AWS::Events::Rule',
              Properties: {
                ScheduleExpression: 'cron(0 3 * * ? *)',
                Targets: [{ Id: 'Target', Arn: { Ref: 'Live' }, Input: '{"night":true}' }],
              },
            },
          },
        },
      },
      assets: { router: '' },
    });
    expect(model.routes).toEqual([
      { routeKey: 'GET /trades/{id}', functionName: 'router', apiId: 'app-Api' },
    ]);
    expect(model.streamMappings).toEqual([
      {
        logicalId: 'Mapping',
        functionName: 'router',
        sourceArn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/data-Events/stream/assumed',
        batchSize: 100,
        batchingWindowSeconds: 0,
        reportsBatchItemFailures: false,
        startingPosition: 'TRIM_HORIZON',
        bisectsOnError: true,
        maxRetryAttempts: 3,
      },
    ]);
    expect(model.schedules).toEqual([
      expect.objectContaining({ functionName: 'router', input: { night: true } }),
    ]);
  });
});

describe('a directory without an assembly', () => {
  it('is refused, and says what to do', () => {
    expect(() => readAssembly('/nowhere')).toThrow('synthesize the app first');
  });
});
