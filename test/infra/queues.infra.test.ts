import { listOf, referenceReader, resourcesOf, synthesizeTemplates } from './templates.ts';

const templates = synthesizeTemplates();
const { app } = templates;
const read = referenceReader(templates);
const queues = resourcesOf(app, 'AWS::SQS::Queue');
const mappings = resourcesOf(app, 'AWS::Lambda::EventSourceMapping');
const functions = new Map(resourcesOf(app, 'AWS::Lambda::Function'));

const isDeadLetterQueue = ([id]: [string, unknown]) => id.endsWith('DeadLetterQueue');
const deadLetterQueues = queues.filter(isDeadLetterQueue);
const workQueues = queues.filter((queue) => !isDeadLetterQueue(queue));

const consumerOf = (queueId: string) => {
  const [mapping] = mappings.filter(
    ([, { Properties }]) => read(Properties.EventSourceArn) === `${queueId}.Arn`,
  );
  return mapping?.[1].Properties;
};

describe('queues', () => {
  it('are one for each worker, and a dead-letter queue for each of them and the router', () => {
    const names = queues.map(([, { Properties }]) => Properties.QueueName).sort();
    const workers = [
      'conversion',
      'escrow',
      'matching',
      'payments',
      'poll',
      'projection',
      'reconciliation',
      'settlement',
      'shipment',
      'statements',
      'tracking',
    ];
    expect(names).toEqual(
      [...workers, ...[...workers, 'router'].map((name) => `${name}-dead-letter`)]
        .map((name) => `tradelane-test-${name}`)
        .sort(),
    );
  });

  it.each(queues)('%s is encrypted and refuses plain HTTP', (id, { Properties }) => {
    const policies = resourcesOf(app, 'AWS::SQS::QueuePolicy').filter(([, policy]) =>
      policy.Properties.Queues.map(read).includes(id),
    );
    expect(Properties.SqsManagedSseEnabled).toBe(true);
    const all = policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
    expect(all.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe.each(workQueues)('%s', (id, { Properties }) => {
  it('has its own dead-letter queue behind it, after ten tries', () => {
    const { deadLetterTargetArn, maxReceiveCount } = Properties.RedrivePolicy;
    expect(read(deadLetterTargetArn)).toBe(`${id.replace(/Queue$/, 'DeadLetterQueue')}.Arn`);
    expect(maxReceiveCount).toBe(10);
  });

  it('hides a message for at least six times the timeout of its consumer', () => {
    const consumer = functions.get(read(consumerOf(id).FunctionName));
    expect(Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * consumer?.Properties.Timeout);
  });

  it('is consumed in batches of ten at most, and no faster than its limit', () => {
    const { BatchSize, ScalingConfig } = consumerOf(id);
    expect(BatchSize).toBe(['StatementsQueue', 'MatchingQueue'].includes(id) ? 1 : 10);
    expect(ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
  });

  it('is shorter-lived than its dead letters, which keep their age', () => {
    expect(Properties.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });
});

describe.each(deadLetterQueues)('%s', (id, { Properties }) => {
  it('keeps what was given up for 14 days', () => {
    expect(Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  it('has no consumer and no redrive of its own', () => {
    expect(consumerOf(id)).toBeUndefined();
    expect(Properties.RedrivePolicy).toBeUndefined();
  });
});

describe('event source mappings', () => {
  it('are one for each worker and one for the router', () => {
    expect(mappings).toHaveLength(workQueues.length + 1);
  });

  it.each(mappings)('%s retries only what failed', (_id, { Properties }) => {
    expect(listOf(Properties.FunctionResponseTypes)).toEqual(['ReportBatchItemFailures']);
  });
});

describe('router', () => {
  const [, { Properties: mapping }] = mappings.find(([id]) => id === 'RouterMapping') ?? [
    '',
    { Properties: {} },
  ];

  it('reads the stream of the events table from its oldest record', () => {
    expect(read(mapping.EventSourceArn)).toBe('EventsTable.StreamArn');
    expect(mapping.StartingPosition).toBe('TRIM_HORIZON');
    expect(mapping.BatchSize).toBe(100);
  });

  it('bisects a failing batch and gives a poisonous record up', () => {
    expect(mapping.BisectBatchOnFunctionError).toBe(true);
    expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(mapping.MaximumRetryAttempts).toBeLessThanOrEqual(100);
  });

  it('gives up while the stream, which forgets after 24 hours, still holds the record', () => {
    expect(mapping.MaximumRecordAgeInSeconds).toBeGreaterThan(0);
    expect(mapping.MaximumRecordAgeInSeconds).toBeLessThanOrEqual(12 * 3600);
  });

  it('names on its dead-letter queue what it gave up', () => {
    expect(read(mapping.DestinationConfig.OnFailure.Destination)).toBe('RouterDeadLetterQueue.Arn');
  });
});
