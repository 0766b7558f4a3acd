import type { SiteFolder, SiteModel } from './model.ts';
import type { HostedResource } from './template-resource.ts';

type Behavior = {
  readonly TargetOriginId?: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly FunctionAssociations?: readonly {
    readonly EventType: string;
    readonly FunctionARN: string;
  }[];
};

type Distribution = {
  readonly DefaultCacheBehavior?: Behavior;
  readonly Origins?: readonly { readonly Id: string; readonly DomainName: string }[];
};

type HeadersPolicy = {
  readonly CustomHeadersConfig?: {
    readonly Items: readonly { readonly Header: string; readonly Value: string }[];
  };
  readonly SecurityHeadersConfig?: {
    readonly ContentSecurityPolicy?: { readonly ContentSecurityPolicy: string };
    readonly ContentTypeOptions?: object;
    readonly FrameOptions?: { readonly FrameOption: string };
    readonly ReferrerPolicy?: { readonly ReferrerPolicy: string };
    readonly StrictTransportSecurity?: { readonly AccessControlMaxAgeSec: number };
  };
};

/** The sites of an assembly: each distribution whose first origin is a bucket that a deployment fills. */
export const readSites = (resources: readonly HostedResource[]): SiteModel[] => {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return ofType('AWS::CloudFront::Distribution').flatMap(({ logicalId, property }) => {
    const { DefaultCacheBehavior: behavior = {}, Origins = [] } = (property('DistributionConfig') ??
      {}) as Distribution;
    const domain = Origins.find(({ Id }) => Id === behavior.TargetOriginId)?.DomainName ?? '';
    const folders = ofType('Custom::CDKBucketDeployment')
      .filter((one) => domain.startsWith(`${one.property('DestinationBucketName')}.s3.`))
      .flatMap(foldersOf);
    if (folders.length === 0) return [];
    const policy = ofType('AWS::CloudFront::ResponseHeadersPolicy').find(
      ({ ref }) => ref === behavior.ResponseHeadersPolicyId,
    );
    const onRequest = behavior.FunctionAssociations?.find(
      ({ EventType }) => EventType === 'viewer-request',
    );
    const code = ofType('AWS::CloudFront::Function').find(
      ({ arn }) => arn === onRequest?.FunctionARN,
    );
    return [
      {
        logicalId,
        folders,
        headers: headersOf(
          (policy?.property('ResponseHeadersPolicyConfig') ?? {}) as HeadersPolicy,
        ),
        onRequest: code && String(code.property('FunctionCode')),
      },
    ];
  });
};

const foldersOf = ({ stack, property }: HostedResource): readonly SiteFolder[] => {
  const metadata = (property('SystemMetadata') ?? {}) as Readonly<Record<string, string>>;
  return ((property('SourceObjectKeys') ?? []) as readonly string[]).flatMap((key) => {
    const directory = stack.assetPaths.get(key);
    const prefix = String(property('DestinationBucketKeyPrefix') ?? '');
    const cacheControl = metadata['cache-control'];
    return directory === undefined ? [] : [{ directory, prefix, cacheControl }];
  });
};

const headersOf = ({
  CustomHeadersConfig,
  SecurityHeadersConfig: security = {},
}: HeadersPolicy): Readonly<Record<string, string>> => {
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions } = security;
  const { ReferrerPolicy, StrictTransportSecurity } = security;
  const known: Readonly<Record<string, string | undefined>> = {
    'content-security-policy': ContentSecurityPolicy?.ContentSecurityPolicy,
    'x-content-type-options': ContentTypeOptions && 'nosniff',
    'x-frame-options': FrameOptions?.FrameOption,
    'referrer-policy': ReferrerPolicy?.ReferrerPolicy,
    'strict-transport-security':
      StrictTransportSecurity && `max-age=${StrictTransportSecurity.AccessControlMaxAgeSec}`,
  };
  const custom = CustomHeadersConfig?.Items ?? [];
  return Object.fromEntries([
    ...Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ...custom.map(({ Header, Value }): [string, string] => [Header.toLowerCase(), Value]),
  ]);
};
