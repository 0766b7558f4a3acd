import { Match } from 'aws-cdk-lib/assertions';
import { type Resource, resourcesOf, synthesizeTemplates } from './templates.ts';

const { data, stacks } = synthesizeTemplates();
const tables = resourcesOf(data, 'AWS::DynamoDB::Table');
const secrets = resourcesOf(data, 'AWS::SecretsManager::Secret');

describe('data stack', () => {
  it('holds the seven tables, the five secrets and the bucket, and nothing that can be thrown away', () => {
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
    expect(Object.keys(data.toJSON().Resources)).toHaveLength(14);
  });

  it('is protected from termination', () => {
    const [dataStack] = stacks.filter((stack) => stack.stackName.endsWith('-data'));
    expect(dataStack?.terminationProtection).toBe(true);
  });

  it('exports every table and secret whether or not it is used', () => {
    const exported = Object.values(data.findOutputs('*')).filter(({ Export }) => Export);
    expect(exported).toHaveLength(2 * tables.length + secrets.length + 3);
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

describe('the bucket of statements', () => {
  const [[, bucket]] = resourcesOf(data, 'AWS::S3::Bucket') as [[string, Resource]];
  const { Properties, DeletionPolicy } = bucket;

  it('is encrypted, and nothing in it can be made public', () => {
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    expect(Properties.OwnershipControls.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ]);
  });

  it('refuses plain HTTP and old TLS to everyone', () => {
    const [[, policy]] = resourcesOf(data, 'AWS::S3::BucketPolicy') as [[string, Resource]];
    const conditions = policy.Properties.PolicyDocument.Statement.map(
      ({ Effect, Condition }: { Effect: string; Condition: object }) => [Effect, Condition],
    );
    expect(conditions).toEqual([
      ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['Deny', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    ]);
  });

  it('lets browsers put by a signed URL, and do nothing else', () => {
    expect(Properties.CorsConfiguration.CorsRules).toEqual([
      {
        ...{ AllowedMethods: ['PUT'], AllowedOrigins: ['*'], MaxAge: 3_600 },
        AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
      },
    ]);
  });

  it('forgets every file after 400 days, and an unfinished upload after one', () => {
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      {
        ...{ Id: 'expire', Status: 'Enabled', ExpirationInDays: 400 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ]);
  });

  it('tells EventBridge of new files, without a function of CDK’s', () => {
    expect(Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  it('is named by CloudFormation, and kept when the stack is deleted', () => {
    expect(Properties.BucketName).toBeUndefined();
    expect(DeletionPolicy).toBe('Retain');
  });
});
