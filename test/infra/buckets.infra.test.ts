import { type Resource, resourcesOf, synthesizeTemplates } from './templates.ts';

const { data } = synthesizeTemplates();
const buckets = resourcesOf(data, 'AWS::S3::Bucket');
const policies = resourcesOf(data, 'AWS::S3::BucketPolicy');

const bucketOf = (id: string): Resource => {
  const [, bucket] = buckets.find(([candidate]) => candidate === id) ?? [];
  if (bucket === undefined) throw new Error(`There is no ${id}.`);
  return bucket;
};

/** What the policy of a bucket denies, and on which condition. */
const deniedBy = (id: string): readonly unknown[] => {
  const [, policy] = policies.find(([candidate]) => candidate.startsWith(id)) ?? [];
  return (policy?.Properties.PolicyDocument.Statement ?? []).map(
    ({ Effect, Action, Principal, Condition }: Record<string, unknown>) => {
      expect(Principal).toEqual({ AWS: '*' });
      return [Effect, Action, Condition];
    },
  );
};

const refusesPlainText = [
  ['Deny', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
  ['Deny', 's3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
];

const expiresAfter = (days: number, of: { readonly Prefix?: string } = {}) => [
  {
    ...{ Id: 'expire', Status: 'Enabled', ExpirationInDays: days, ...of },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  },
];

describe.each(buckets)('%s', (_id, { Properties, DeletionPolicy, UpdateReplacePolicy }) => {
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

  it('is named by CloudFormation, and kept when the stack is deleted or the bucket replaced', () => {
    expect(Properties.BucketName).toBeUndefined();
    expect(DeletionPolicy).toBe('Retain');
    expect(UpdateReplacePolicy).toBe('Retain');
  });
});

describe('the bucket of statements', () => {
  const { Properties } = bucketOf('StatementFiles');

  it('refuses plain HTTP and old TLS to everyone', () => {
    expect(deniedBy('StatementFiles')).toEqual(refusesPlainText);
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
    expect(Properties.LifecycleConfiguration.Rules).toEqual(expiresAfter(400));
  });

  it('tells EventBridge of new files, without a function of CDK’s', () => {
    expect(Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });
});

describe('the bucket of issued papers', () => {
  const { Properties } = bucketOf('PaperFiles');

  it('refuses plain HTTP, old TLS and to replace a paper to everyone', () => {
    expect(deniedBy('PaperFiles')).toEqual([
      ...refusesPlainText,
      ['Deny', 's3:PutObject', { Null: { 's3:if-none-match': 'true' } }],
    ]);
  });

  it('is no business of browsers or of anybody who listens for new files', () => {
    expect(Properties.CorsConfiguration).toBeUndefined();
    expect(Properties.NotificationConfiguration).toBeUndefined();
  });

  it('forgets papers, but not which facts had which number, after ten years, or after as many days as the settings say', () => {
    expect(Properties.LifecycleConfiguration.Rules).toEqual(
      expiresAfter(3_653, { Prefix: 'papers/' }),
    );
    const particular = synthesizeTemplates({ settings: { paperRetentionDays: 2_000 } });
    const kept = resourcesOf(particular.data, 'AWS::S3::Bucket').map(([id, bucket]) => [
      ...[id, bucket.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays],
    ]);
    expect(kept).toEqual([
      ['StatementFiles', 400],
      ['PaperFiles', 2_000],
    ]);
  });
});
