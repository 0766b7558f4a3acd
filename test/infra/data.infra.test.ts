import { Match } from 'aws-cdk-lib/assertions';
import { resourcesOf, synthesizeTemplates } from './templates.ts';

const { data, stacks } = synthesizeTemplates();
const tables = resourcesOf(data, 'AWS::DynamoDB::Table');
const secrets = resourcesOf(data, 'AWS::SecretsManager::Secret');
const buckets = resourcesOf(data, 'AWS::S3::Bucket');

describe('data stack', () => {
  it('holds the seven tables, the five secrets and the two buckets, and nothing that can be thrown away', () => {
    expect(tables.map(([id]) => id).sort()).toEqual([
      'AccessTable',
      'EventsTable',
      'QuotesTable',
      'RatesTable',
      'ReconciliationTable',
      'VaultTable',
      'ViewsTable',
    ]);
    expect(secrets.map(([id]) => id).sort()).toEqual([
      'CarriersSecret',
      'EasypostSecret',
      'LinksSecret',
      'StripeSecret',
      'VaultSecret',
    ]);
    expect(Object.keys(data.toJSON().Resources)).toHaveLength(16);
  });

  it('is protected from termination', () => {
    const [dataStack] = stacks.filter((stack) => stack.stackName.endsWith('-data'));
    expect(dataStack?.terminationProtection).toBe(true);
  });

  it('exports every table, bucket and secret whether or not it is used', () => {
    const exported = Object.values(data.findOutputs('*')).filter(({ Export }) => Export);
    expect(exported).toHaveLength(2 * tables.length + 2 * buckets.length + secrets.length + 1);
  });
});

it('forgets quotes, and nothing else', () => {
  const forgetting = tables.filter(([, { Properties }]) => Properties.TimeToLiveSpecification);
  expect(forgetting.map(([id]) => id)).toEqual(['QuotesTable']);
  expect(forgetting[0]?.[1].Properties.TimeToLiveSpecification).toEqual({
    ...{ AttributeName: 'forgetAt', Enabled: true },
  });
});

describe.each(tables)('%s', (_id, { Properties, DeletionPolicy, UpdateReplacePolicy }) => {
  it('is kept when the stack is deleted or the table replaced', () => {
    expect(DeletionPolicy).toBe('Retain');
    expect(UpdateReplacePolicy).toBe('Retain');
  });

  it('is protected from deletion', () => {
    expect(Properties.DeletionProtectionEnabled).toBe(true);
  });

  it('can be restored to any second', () => {
    expect(Properties.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
  });

  it('is encrypted and pays by use', () => {
    expect(Properties.SSESpecification).toEqual({ SSEEnabled: true });
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
  });

  it('is named by CloudFormation, so that a restored one can take its place', () => {
    expect(Properties.TableName).toBeUndefined();
  });
});

describe('events table', () => {
  it('puts each new record on its stream', () => {
    data.hasResourceProperties('AWS::DynamoDB::Table', {
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    });
    expect(tables.filter(([, { Properties }]) => Properties.StreamSpecification)).toHaveLength(1);
  });

  it('refuses to update or delete a record, whoever asks', () => {
    data.hasResourceProperties('AWS::DynamoDB::Table', {
      StreamSpecification: Match.anyValue(),
      ResourcePolicy: {
        PolicyDocument: {
          Statement: [
            {
              Sid: 'AppendOnly',
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: [
                'dynamodb:BatchWriteItem',
                'dynamodb:DeleteItem',
                'dynamodb:PartiQLDelete',
                'dynamodb:PartiQLUpdate',
                'dynamodb:UpdateItem',
              ],
              Resource: '*',
              Condition: Match.absent(),
            },
          ],
        },
      },
    });
  });
});

describe('keys', () => {
  const keysOf = (schema: { AttributeName: string }[]) => schema.map((key) => key.AttributeName);

  it.each([
    ['EventsTable', ['pk', 'sk']],
    ['ViewsTable', ['pk', 'sk']],
    ['VaultTable', ['pk']],
    ['RatesTable', ['pk', 'sk']],
    ['AccessTable', ['pk']],
    ['ReconciliationTable', ['pk', 'sk']],
  ])('of %s are %j', (id, keys) => {
    const [, table] = tables.find(([candidate]) => candidate === id) ?? [];
    expect(keysOf(table?.Properties.KeySchema)).toEqual(keys);
  });

  it('of the index byStatus are the status and the time of opening', () => {
    const indexes = tables.flatMap(([, table]) => table.Properties.GlobalSecondaryIndexes ?? []);
    expect(indexes.map((index) => [index.IndexName, keysOf(index.KeySchema)])).toEqual([
      ['byStatus', ['statusKey', 'openedAt']],
    ]);
  });
});

describe.each(secrets)('%s', (_id, { Properties, DeletionPolicy }) => {
  it('has no value in the template', () => {
    expect(Properties.SecretString).toBeUndefined();
    const placeholder = JSON.parse(Properties.GenerateSecretString.SecretStringTemplate);
    expect(Object.values(placeholder).flat()).toEqual([]);
  });

  it('starts with 256 random bits', () => {
    const { PasswordLength, ExcludePunctuation } = Properties.GenerateSecretString;
    const alphabet = ExcludePunctuation ? 62 : 94;
    expect(PasswordLength * Math.log2(alphabet)).toBeGreaterThanOrEqual(256);
  });

  it('is kept when the stack is deleted', () => {
    expect(DeletionPolicy).toBe('Retain');
  });
});
