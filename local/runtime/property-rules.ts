/**
 * What the local runtime does with one property of a hosted type: it uses it (`used`), it may ignore
 * it because nothing observable depends on it (`neutral`), or it does not honor it and says why. A
 * function decides by the value.
 */
type PropertyRule = 'used' | 'neutral' | Reason | ((value: unknown) => Reason | 'used');

type Reason = { readonly notHonored: string };
type PropertyRules = Readonly<Record<string, PropertyRule>>;

const notHonored = (reason: string): Reason => ({ notHonored: reason });

const all = (names: string, rule: PropertyRule): PropertyRules =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule]));

const permissions = notHonored('permissions are not enforced locally');

const table: PropertyRules = {
  ...all('TableName KeySchema AttributeDefinitions BillingMode ProvisionedThroughput', 'used'),
  ...all('GlobalSecondaryIndexes LocalSecondaryIndexes StreamSpecification', 'used'),
  ...all('PointInTimeRecoverySpecification DeletionProtectionEnabled SSESpecification', 'neutral'),
  ...all('Tags TableClass ContributorInsightsSpecification OnDemandThroughput Replicas', 'neutral'),
  ...all('WarmThroughput WriteProvisionedThroughputSettings', 'neutral'),
  ResourcePolicy: permissions,
  TimeToLiveSpecification: notHonored('items do not expire locally'),
};

const propertyRules: Readonly<Record<string, PropertyRules>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    ...all('QueueName VisibilityTimeout DelaySeconds MaximumMessageSize RedrivePolicy', 'used'),
    ...all('MessageRetentionPeriod ReceiveMessageWaitTimeSeconds', 'used'),
    ...all('ContentBasedDeduplication DeduplicationScope FifoThroughputLimit', 'used'),
    ...all('KmsMasterKeyId KmsDataKeyReusePeriodSeconds SqsManagedSseEnabled', 'neutral'),
    ...all('Tags RedriveAllowPolicy', 'neutral'),
    FifoQueue: notHonored('the local poller does not keep the order of message groups'),
  },
  'AWS::S3::Bucket': {
    ...all('BucketName NotificationConfiguration', 'used'),
    ...all('BucketEncryption OwnershipControls Tags', 'neutral'),
    PublicAccessBlockConfiguration: permissions,
    LifecycleConfiguration: notHonored('objects do not expire locally'),
    VersioningConfiguration: notHonored('objects have no earlier versions locally'),
  },
  'AWS::SecretsManager::Secret': {
    ...all('Name SecretString GenerateSecretString', 'used'),
    ...all('Description Tags KmsKeyId ReplicaRegions', 'neutral'),
  },
  'AWS::Lambda::Function': {
    ...all('FunctionName Code Handler Runtime Environment Timeout MemorySize', 'used'),
    ...all('ReservedConcurrentExecutions', 'used'),
    ...all('Role Description Tags Architectures LoggingConfig RuntimeManagementConfig', 'neutral'),
    ...all('SnapStart KmsKeyArn CodeSigningConfigArn RecursiveLoop EphemeralStorage', 'neutral'),
    Layers: notHonored('layers are not unpacked locally'),
    VpcConfig: notHonored('functions run on the network of this machine'),
    FileSystemConfigs: notHonored('no file system is mounted locally'),
    DeadLetterConfig: notHonored('failed asynchronous invocations are only logged locally'),
    TracingConfig: notHonored('nothing is traced locally'),
  },
  'AWS::Lambda::Version': all(
    'FunctionName Description CodeSha256 RuntimePolicy ProvisionedConcurrencyConfig',
    'neutral',
  ),
  'AWS::Lambda::Alias': {
    ...all('FunctionName FunctionVersion Name', 'used'),
    ...all('Description ProvisionedConcurrencyConfig', 'neutral'),
    RoutingConfig: notHonored('every alias runs the latest code locally'),
  },
  'AWS::Lambda::EventSourceMapping': {
    ...all('EventSourceArn FunctionName BatchSize MaximumBatchingWindowInSeconds', 'used'),
    ...all(
      'FunctionResponseTypes ScalingConfig Enabled StartingPosition DestinationConfig',
      'used',
    ),
    ...all('BisectBatchOnFunctionError MaximumRetryAttempts MaximumRecordAgeInSeconds', 'used'),
    ...all('Tags KmsKeyArn MetricsConfig LoggingConfig', 'neutral'),
    FilterCriteria: notHonored('the function receives every record locally'),
    ParallelizationFactor: notHonored('a shard is read one batch at a time locally'),
    TumblingWindowInSeconds: notHonored('windows are not aggregated locally'),
    ProvisionedPollerConfig: notHonored('each mapping has one poller locally'),
  },
  'AWS::ApiGatewayV2::Api': {
    Name: 'used',
    ProtocolType: (value) =>
      value === 'HTTP' ? 'used' : notHonored('only HTTP APIs are served locally'),
    ...all('Description Tags RouteSelectionExpression DisableExecuteApiEndpoint', 'neutral'),
    ...all('FailOnWarnings IpAddressType Version', 'neutral'),
    CorsConfiguration: notHonored('no CORS headers are added locally'),
  },
  'AWS::ApiGatewayV2::Stage': {
    ...all('ApiId AutoDeploy Description Tags', 'neutral'),
    StageName: (value) =>
      value === '$default' ? 'used' : notHonored('served at the root locally'),
    DefaultRouteSettings: notHonored('requests are not throttled locally'),
    RouteSettings: notHonored('requests are not throttled locally'),
    AccessLogSettings: notHonored('no access log is written locally'),
  },
  'AWS::ApiGatewayV2::Route': {
    ...all('ApiId RouteKey Target', 'used'),
    OperationName: 'neutral',
    AuthorizationType: (value) =>
      value === 'NONE' ? 'used' : notHonored('routes are open locally: authorizers are not called'),
  },
  'AWS::ApiGatewayV2::Integration': {
    ...all('ApiId IntegrationType IntegrationUri', 'used'),
    ...all('Description IntegrationMethod ConnectionType', 'neutral'),
    PayloadFormatVersion: (value) =>
      value === '2.0' ? 'used' : notHonored('functions receive payload format 2.0 locally'),
  },
  'AWS::CloudFront::Distribution': {
    DistributionConfig: 'used',
    Tags: 'neutral',
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { ResponseHeadersPolicyConfig: 'used' },
  'AWS::CloudFront::Function': {
    FunctionCode: 'used',
    ...all('Name AutoPublish FunctionConfig Tags', 'neutral'),
  },
  'Custom::CDKBucketDeployment': {
    ...all('SourceObjectKeys DestinationBucketName DestinationBucketKeyPrefix', 'used'),
    ...all('SystemMetadata SourceMarkersConfig', 'used'),
    ...all('ServiceToken SourceBucketNames Prune RetainOnDelete OutputObjectKeys', 'neutral'),
    ...all('WaitForDistributionInvalidation', 'neutral'),
    SourceMarkers: notHonored('values that a deployment writes into files are not written locally'),
  },
  'AWS::Events::Rule': {
    ...all('Name ScheduleExpression EventPattern State Targets', 'used'),
    ...all('Description Tags EventBusName RoleArn', 'neutral'),
  },
  'AWS::Events::Rule Target': {
    ...all('Id Arn Input', 'used'),
    ...all('RetryPolicy DeadLetterConfig RoleArn', 'neutral'),
  },
  'AWS::Scheduler::Schedule': {
    ...all('Name ScheduleExpression State Target', 'used'),
    ...all('Description GroupName FlexibleTimeWindow KmsKeyArn', 'neutral'),
    ScheduleExpressionTimezone: (value) =>
      value === 'UTC' ? 'used' : notHonored('schedules run in UTC locally'),
  },
  'AWS::Scheduler::Schedule Target': {
    ...all('Arn Input', 'used'),
    ...all('RoleArn RetryPolicy DeadLetterConfig', 'neutral'),
  },
};

const unknownProperty = 'the local runtime does not know this property';

/**
 * Why a property of a hosted type has no effect locally, or undefined where it has its effect or
 * nothing depends on it.
 */
export const reasonNotHonored = (
  type: string,
  property: string,
  value: unknown,
): string | undefined => {
  const rule = propertyRules[type]?.[property];
  if (rule === undefined) return unknownProperty;
  const decided = typeof rule === 'function' ? rule(value) : rule;
  return typeof decided === 'string' ? undefined : decided.notHonored;
};

const typeReasons: readonly (readonly [prefix: string, reason: string])[] = [
  ['AWS::IAM::', permissions.notHonored],
  ['AWS::SQS::QueuePolicy', permissions.notHonored],
  ['AWS::S3::BucketPolicy', permissions.notHonored],
  ['AWS::CloudFront::OriginAccessControl', permissions.notHonored],
  ['AWS::Lambda::LayerVersion', 'layers are not unpacked locally'],
  ['AWS::Lambda::Permission', permissions.notHonored],
  ['AWS::SecretsManager::ResourcePolicy', permissions.notHonored],
  ['AWS::CloudWatch::', 'alarms and dashboards are shown by CloudWatch only'],
  ['AWS::Logs::', 'functions write to the local log'],
  ['AWS::KMS::', 'nothing is encrypted at rest locally: tables and queues are in memory'],
  ['AWS::SNS::', 'nobody is notified locally'],
  ['AWS::Lambda::EventInvokeConfig', 'failed asynchronous invocations are only logged locally'],
  ['AWS::ApiGatewayV2::Authorizer', 'routes are open locally: authorizers are not called'],
  ['AWS::CloudFormation::Stack', 'nested stacks are not read'],
  ['AWS::CDK::Metadata', 'tells AWS how the template was made, and does nothing'],
  ['Custom::', 'custom resources run in a deployment only'],
];

/** Why a type is not hosted at all. */
export const reasonNotHosted = (type: string): string =>
  typeReasons.find(([prefix]) => type.startsWith(prefix))?.[1] ??
  'the local runtime does not know this type';

export const isHostedType = (type: string): boolean => type in propertyRules;
