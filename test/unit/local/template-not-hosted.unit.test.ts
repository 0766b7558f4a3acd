import { httpApi, httpRoute, lambdaFunction } from './assembly-fixture.ts';
import { read, table } from './read-fixture.ts';

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
