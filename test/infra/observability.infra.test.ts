import { functionNames, workerNames } from '../../lib/functions.ts';
import { type Resource, resourcesOf, synthesizeTemplates } from './templates.ts';

const { app, observability } = synthesizeTemplates({ settings: { alarmEmail: 'ops@example.com' } });
const alarms = resourcesOf(observability, 'AWS::CloudWatch::Alarm');
const queueNames = resourcesOf(app, 'AWS::SQS::Queue').map(
  ([, { Properties }]) => Properties.QueueName as string,
);
const deployedFunctions = resourcesOf(app, 'AWS::Lambda::Function').map(
  ([, { Properties }]) => Properties.FunctionName as string,
);

const alarmsOn = (metricName: string, dimension: string): Resource['Properties'][] =>
  alarms
    .map(([, { Properties }]) => Properties)
    .filter(({ MetricName }) => MetricName === metricName)
    .filter(({ Dimensions }) => Dimensions[0].Value === dimension);

describe.each(queueNames.filter((name) => name.endsWith('-dead-letter')))('%s', (name) => {
  it('alarms at its first message', () => {
    expect(alarmsOn('ApproximateNumberOfMessagesVisible', name)).toEqual([
      expect.objectContaining({
        Namespace: 'AWS/SQS',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      }),
    ]);
  });
});

describe.each(queueNames.filter((name) => !name.endsWith('-dead-letter')))('%s', (name) => {
  it('alarms when its oldest message waits', () => {
    expect(alarmsOn('ApproximateAgeOfOldestMessage', name)).toEqual([
      expect.objectContaining({
        Namespace: 'AWS/SQS',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 900,
      }),
    ]);
  });
});

describe.each(deployedFunctions)('%s', (name) => {
  it('alarms when it keeps crashing', () => {
    expect(alarmsOn('Errors', name)).toHaveLength(1);
  });
});

describe('alarms', () => {
  it('go off when the router is behind', () => {
    expect(alarmsOn('IteratorAge', 'tradelane-test-router')).toEqual([
      expect.objectContaining({ Namespace: 'AWS/Lambda', Threshold: 300_000 }),
    ]);
  });

  it('go off when the clock stops, which reports nothing', () => {
    expect(alarmsOn('Invocations', 'tradelane-test-deadlines')).toEqual([
      expect.objectContaining({
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
      }),
    ]);
  });

  it.each(['stripe-webhook', 'carrier-webhook'])('go off when %s refuses signatures', (service) => {
    const onService = alarms
      .map(([, { Properties }]) => Properties)
      .filter(({ Dimensions }) =>
        Dimensions.some(({ Value }: { Value: string }) => Value === service),
      );
    expect(onService).toEqual([
      expect.objectContaining({
        Namespace: 'Tradelane',
        MetricName: 'WebhookRejected',
        Statistic: 'Sum',
        Dimensions: [{ Name: 'service', Value: service }],
      }),
    ]);
  });

  it('go off when a deadline was acted on late', () => {
    expect(alarmsOn('OldestDeadlineDelay', 'deadlines')).toEqual([
      expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Maximum', Threshold: 900 }),
    ]);
  });

  it('go off when a publication of rates was missed', () => {
    expect(alarmsOn('MissedRateDays', 'rates')).toEqual([
      expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Maximum', Threshold: 1 }),
    ]);
  });

  it('go off when a parcel is silent for too long', () => {
    expect(alarmsOn('ShipmentSilent', 'projection')).toEqual([
      expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Sum', Threshold: 1 }),
    ]);
  });

  it.each([['LabelRefused'], ['PickupUncertain'], ['SettlementCurrencyChanged']])(
    'go off for a %s',
    (event) => {
      expect(alarmsOn(event, 'projection')).toEqual([
        expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Sum', Threshold: 1 }),
      ]);
    },
  );

  it('go off when clients’ money is not covered, or nobody tests it', () => {
    expect(alarmsOn('SafeguardingShortfall', 'safeguarding')).toEqual([
      expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Maximum', Threshold: 1 }),
    ]);
    expect(alarmsOn('Invocations', 'tradelane-test-safeguarding')).toEqual([
      expect.objectContaining({
        ComparisonOperator: 'LessThanThreshold',
        Period: 86_400,
        TreatMissingData: 'breaching',
      }),
    ]);
  });
});

describe('all alarms', () => {
  it.each([
    ...['HoldLimitNear', 'HoldLimitForced'],
    ...['ChargebackEvidenceNear', 'ChargebackUnanswered'],
  ])('go off at %s', (metricName) => {
    expect(alarmsOn(metricName, 'projection')).toEqual([
      expect.objectContaining({ Namespace: 'Tradelane', Statistic: 'Sum', Threshold: 1 }),
    ]);
  });

  it('are these and no others', () => {
    const perQueue = 2 * workerNames.length + 1;
    expect(alarms).toHaveLength(perQueue + functionNames.length + 16);
  });

  it.each(alarms)('%s says what to look at, and tells someone', (_id, { Properties }) => {
    expect(Properties.AlarmDescription.length).toBeGreaterThan(20);
    expect(Properties.AlarmName).toMatch(/^tradelane-test-[a-z-]+$/);
    expect(Properties.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
    expect(Properties.OKActions).toEqual([{ Ref: 'AlarmTopic' }]);
  });

  it('need no topic where nobody is to be told', () => {
    const silent = synthesizeTemplates().observability;
    silent.resourceCountIs('AWS::SNS::Topic', 0);
    silent.allResourcesProperties('AWS::CloudWatch::Alarm', {});
    expect(resourcesOf(silent, 'AWS::CloudWatch::Alarm')).toHaveLength(alarms.length);
  });
});

describe('dashboard', () => {
  it('shows every alarm', () => {
    const [[, dashboard]] = resourcesOf(observability, 'AWS::CloudWatch::Dashboard') as [
      [string, Resource],
    ];
    const body = JSON.stringify(dashboard.Properties.DashboardBody);
    expect(alarms.filter(([id]) => !body.includes(`"${id}"`))).toEqual([]);
  });
});

describe('observability stack', () => {
  it('knows the app stack by names only, so that neither blocks the other', () => {
    expect(JSON.stringify(observability.toJSON())).not.toContain('Fn::ImportValue');
  });
});
