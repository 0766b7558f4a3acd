import { runInNewContext } from 'node:vm';
import { CONSOLE_ADDRESS } from '../../lib/constructs/console-address.ts';
import { onlyResource, referenceReader, resourcesOf, synthesizeTemplates } from './templates.ts';

const templates = synthesizeTemplates();
const read = referenceReader(templates);
const { console: site } = templates;

const only = (type: string, from = site) => onlyResource(from, type);
const distribution = only('AWS::CloudFront::Distribution').Properties.DistributionConfig;
const behaviors = [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors];
const originOf = ({ TargetOriginId }: { TargetOriginId: string }) =>
  distribution.Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);

describe("the bucket of finance's console", () => {
  const { Properties, DeletionPolicy } = only('AWS::S3::Bucket');

  it('is public to nobody, encrypted, versioned, and kept', () => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    expect(Properties.OwnershipControls.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ]);
    expect(Properties.BucketEncryption).toBeDefined();
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(DeletionPolicy).toBe('Retain');
  });

  it('is read by this distribution alone, signed, and never in the clear', () => {
    const { Statement } = only('AWS::S3::BucketPolicy').Properties.PolicyDocument;
    const allowing = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowing).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
      }),
    ]);
    expect(read(allowing[0].Condition.StringEquals['AWS:SourceArn'])).toBe(
      'arn:AWS::Partition:cloudfront::AWS::AccountId:distribution/Distribution',
    );
    const conditions = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Deny').map(
      ({ Condition }: { Condition: unknown }) => Condition,
    );
    expect(conditions).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
    expect(only('AWS::CloudFront::OriginAccessControl').Properties).toMatchObject({
      OriginAccessControlConfig: {
        ...{ OriginAccessControlOriginType: 's3', SigningBehavior: 'always' },
        SigningProtocol: 'sigv4',
      },
    });
  });

  it('is filled by a function that may list and put there, and delete nothing', () => {
    const { Statement } = only('AWS::IAM::Policy').Properties.PolicyDocument;
    expect(Statement.flatMap(({ Action }: { Action: string | string[] }) => Action).sort()).toEqual(
      [
        ...['logs:CreateLogStream', 'logs:PutLogEvents'],
        ...['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
      ],
    );
    for (const [, { Properties: deployment }] of resourcesOf(site, 'Custom::CDKBucketDeployment')) {
      expect(deployment.Prune).toBe(false);
    }
  });

  it('gets files that are kept for ever first, and then the page, which is asked for each time', () => {
    const deployments = resourcesOf(site, 'Custom::CDKBucketDeployment');
    expect(
      deployments.map(([id, { Properties: deployment }]) => [
        ...[id, deployment.DestinationBucketKeyPrefix],
        deployment.SystemMetadata['cache-control'],
      ]),
    ).toEqual([
      ['FilesAssetsCustomResource', 'console/assets', 'public, max-age=31536000, immutable'],
      ['FilesPageCustomResource', 'console', 'no-cache'],
    ]);
    expect(deployments[1]?.[1].DependsOn).toContain('FilesAssetsCustomResource');
  });
});

describe('the distribution', () => {
  it('serves the bucket, and the API of the same stage under /v1', () => {
    expect(read(originOf(distribution.DefaultCacheBehavior).DomainName)).toBe(
      'Files.RegionalDomainName',
    );
    expect(
      distribution.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern),
    ).toEqual(['/v1/*']);
    const api = originOf(distribution.CacheBehaviors[0]);
    expect(read(api.DomainName)).toBe('Api.execute-api.AWS::Region.AWS::URLSuffix');
    expect(api.CustomOriginConfig).toMatchObject({
      ...{ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
  });

  it('takes no request in the clear, and no key that was sent so', () => {
    expect(behaviors.map(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'https-only',
    ]);
  });

  it('hands the API every header but the host, and keeps none of its answers', () => {
    const [api] = distribution.CacheBehaviors;
    // AWS's own policies, the same in every account.
    expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad'); // CachingDisabled
    expect(api.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac'); // AllViewerExceptHostHeader
    expect(api.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE']));
  });

  it('leaves the answers of the API as they are: no error page stands in for a 404', () => {
    expect(distribution.CustomErrorResponses).toBeUndefined();
    expect(distribution.CacheBehaviors[0].FunctionAssociations).toBeUndefined();
  });

  it('compresses files', () => {
    expect(distribution.DefaultCacheBehavior).toMatchObject({
      ...{ Compress: true, CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }, // CachingOptimized
    });
  });

  it('answers to a domain of its own by TLS 1.2 of 2021 at least', () => {
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b';
    const { console: named } = synthesizeTemplates({
      settings: {
        consoleUrl: 'https://finance.example',
        consoleCertificateArn: certificate,
      },
    });
    expect(
      only('AWS::CloudFront::Distribution', named).Properties.DistributionConfig,
    ).toMatchObject({
      Aliases: ['finance.example'],
      ViewerCertificate: {
        ...{ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only' },
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    });
    expect(named.findOutputs('ConsoleUrl')['ConsoleUrl']?.['Value']).toBe(
      'https://finance.example/console',
    );
    expect(distribution.Aliases).toBeUndefined();
  });
});

describe('every answer', () => {
  const policy = only('AWS::CloudFront::ResponseHeadersPolicy').Properties;
  const { SecurityHeadersConfig: security } = policy.ResponseHeadersPolicyConfig;

  it('has the security headers, of the page and of the API', () => {
    expect(behaviors.map(({ ResponseHeadersPolicyId }) => read(ResponseHeadersPolicyId))).toEqual([
      'Headers',
      'Headers',
    ]);
    expect(security).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
    });
  });

  it('lets the page run its own script, and talk to its own origin and the bucket of statements', () => {
    expect(read(security.ContentSecurityPolicy.ContentSecurityPolicy)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https://StatementFiles.s3.AWS::Region.AWS::URLSuffix; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
  });
});

describe('an address of the console', () => {
  const handler = runInNewContext(`${CONSOLE_ADDRESS}\nhandler`);
  const ask = (uri: string) => handler({ request: { method: 'GET', uri } });

  it.each(['/console', '/console/', '/console/breaks', '/console/breaks/brk_1'])(
    '%s is the page',
    (uri) => expect(ask(uri)).toMatchObject({ uri: '/console/index.html' }),
  );

  it.each(['/console/config.json', '/console/assets/app-0a1b.js', '/consoles', '/other'])(
    '%s is itself',
    (uri) => expect(ask(uri)).toMatchObject({ uri }),
  );

  it('leads to the console from the root', () => {
    expect(ask('/')).toMatchObject({
      ...{ statusCode: 302, headers: { location: { value: '/console' } } },
    });
  });
});
