import { readAssembly } from '../../../local/runtime/assembly.ts';
import type { Model } from '../../../local/runtime/model.ts';
import { readTemplate } from '../../../local/runtime/template.ts';
import {
  type AssemblyFixture,
  httpApi,
  httpRoute,
  lambdaFunction,
  writeAssembly,
} from './assembly-fixture.ts';

const environment = { region: 'eu-central-1', accountId: '000000000000' };

const read = (fixture: AssemblyFixture): Model => {
  const assembly = writeAssembly(fixture);
  try {
    return readTemplate(readAssembly(assembly.directory), { environment });
  } finally {
    assembly.remove();
  }
};

const table = (properties: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    ...properties,
  },
});

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

const notHosted = (Resources: object, assets: Record<string, string> = {}) =>
  read({ stacks: { app: { Resources } }, assets }).notHosted.map(
    ({ type, count, reason }) => `${count} ${type}: ${reason}`,
  );

describe('what is not hosted', () => {
  it('is named by type, with a reason and a count', () => {
    expect(
      notHosted({
        RoleA: { Type: 'AWS::IAM::Role' },
        RoleB: { Type: 'AWS::IAM::Role' },
        Alarm: { Type: 'AWS::CloudWatch::Alarm' },
        Machine: { Type: 'AWS::StepFunctions::StateMachine' },
      }),
    ).toEqual([
      '1 AWS::CloudWatch::Alarm: alarms and dashboards are shown by CloudWatch only',
      '2 AWS::IAM::Role: permissions are not enforced locally',
      '1 AWS::StepFunctions::StateMachine: the local runtime does not know this type',
    ]);
  });

  it('includes the properties of hosted types that have no effect', () => {
    expect(
      notHosted({
        Jobs: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, Novelty: 1 } },
        Items: table({
          TimeToLiveSpecification: { Enabled: true },
          DeletionProtectionEnabled: true,
        }),
      }),
    ).toEqual([
      '1 AWS::DynamoDB::Table TimeToLiveSpecification: items do not expire locally',
      '1 AWS::SQS::Queue FifoQueue: the local poller does not keep the order of message groups',
      '1 AWS::SQS::Queue Novelty: the local runtime does not know this property',
    ]);
  });
});

describe('what is not hosted of functions and triggers', () => {
  it('includes functions that cannot run here, and what would start them', () => {
    expect(
      notHosted({
        Python: lambdaFunction('python', { Runtime: 'python3.13' }),
        Elsewhere: lambdaFunction('elsewhere'),
        Api: httpApi,
        ...httpRoute('Get', 'GET /', 'Python'),
      }),
    ).toEqual([
      '1 AWS::ApiGatewayV2::Route: its function does not run here: python',
      '1 AWS::Lambda::Function Code: the code is not a file asset of the assembly',
      '1 AWS::Lambda::Function Runtime: only Node.js runs locally, not python3.13',
    ]);
  });

  it('includes triggers of a kind that is not polled, and filters', () => {
    const mapping = (EventSourceArn: unknown, properties: object = {}) => ({
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn, FunctionName: 'worker', ...properties },
    });
    const kinesis = 'arn:aws:kinesis:eu-central-1:000000000000:stream/clicks';
    expect(
      notHosted(
        {
          Worker: lambdaFunction('worker'),
          Jobs: { Type: 'AWS::SQS::Queue' },
          Clicks: mapping(kinesis),
          Filtered: mapping({ 'Fn::GetAtt': ['Jobs', 'Arn'] }, { FilterCriteria: {} }),
          Paused: mapping({ 'Fn::GetAtt': ['Jobs', 'Arn'] }, { Enabled: false }),
          Once: {
            Type: 'AWS::Scheduler::Schedule',
            Properties: {
              ScheduleExpression: 'at(2026-11-23T00:00:00)',
              Target: { Arn: 'worker' },
            },
          },
        },
        { worker: '' },
      ),
    ).toEqual([
      `1 AWS::Lambda::EventSourceMapping: only queues and table streams are polled locally: ${kinesis}`,
      '1 AWS::Lambda::EventSourceMapping: the template disables it',
      '1 AWS::Lambda::EventSourceMapping FilterCriteria: the function receives every record locally',
      '1 AWS::Scheduler::Schedule: this schedule is not understood locally: at(2026-11-23T00:00:00)',
    ]);
  });
});

describe('a directory without an assembly', () => {
  it('is refused, and says what to do', () => {
    expect(() => readAssembly('/nowhere')).toThrow('synthesize the app first');
  });
});
