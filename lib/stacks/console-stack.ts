import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Aws, CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ConsoleFolders } from '../console-app.ts';
import { CONSOLE_ADDRESS } from '../constructs/console-address.ts';
import { ReadableStack } from '../constructs/readable-stack.ts';
import type { ServiceContext } from '../constructs/service-function.ts';
import { SiteBucket } from '../constructs/site-bucket.ts';
import { SiteHeaders } from '../constructs/site-headers.ts';
import { physicalName } from '../names.ts';
import type { DataStack } from './data-stack.ts';

export type ConsoleStackProps = {
  readonly context: Pick<ServiceContext, 'stage' | 'settings'>;
  readonly data: DataStack;
  readonly api: HttpApi;
  readonly folders: ConsoleFolders;
};

/** A built file's name changes with its content. */
const KEPT_FOR = Duration.days(365);

/**
 * Finance's console: its files in a private bucket behind CloudFront, and the API under the same
 * address, so that the page asks nobody else. It holds nothing that a deployment does not bring.
 */
export class ConsoleStack extends ReadableStack {
  private readonly context: ConsoleStackProps['context'];

  constructor(scope: Construct, { context, data, api, folders }: ConsoleStackProps) {
    super(scope, 'console', {
      stage: context.stage,
      description: "Tradelane: finance's console by S3 and CloudFront",
    });
    this.context = context;
    const { signIn, statementFiles } = data;
    const headers = new SiteHeaders(this, 'Headers', {
      stage: context.stage,
      name: 'console',
      // Files that are too large for the API go straight into the bucket; tokens come from the pool.
      connectsTo: [statementFiles.origin, ...(signIn === undefined ? [] : [signIn.origin])],
    });
    const files = new SiteBucket(this, 'Files')
      .add('Assets', {
        sources: [Source.asset(folders.assets)],
        prefix: 'console/assets',
        cacheControl: [
          CacheControl.setPublic(),
          CacheControl.maxAge(KEPT_FOR),
          CacheControl.immutable(),
        ],
      })
      .add('Page', {
        sources: [
          Source.asset(folders.page),
          Source.jsonData('config.json', signIn === undefined ? {} : { signIn: signIn.forPage }),
        ],
        prefix: 'console',
        cacheControl: [CacheControl.noCache()],
      });
    const distribution = this.addDistribution({ files, headers, api });
    const origin = context.settings.consoleUrl ?? `https://${distribution.distributionDomainName}`;
    new CfnOutput(this, 'ConsoleUrl', { value: `${origin}/console` });
    new CfnOutput(this, 'DistributionDomainName', { value: distribution.distributionDomainName });
  }

  private addDistribution({
    files: { bucket },
    headers: { policy: responseHeadersPolicy },
    api,
  }: {
    readonly files: SiteBucket;
    readonly headers: SiteHeaders;
    readonly api: HttpApi;
  }): cloudfront.Distribution {
    // CloudFront has one namespace for all regions of an account.
    const name = `${physicalName(this.stage, 'console')}-${Aws.REGION}`;
    const address = new cloudfront.Function(this, 'Address', {
      functionName: name,
      code: cloudfront.FunctionCode.fromInline(CONSOLE_ADDRESS),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    const originAccessControl = new cloudfront.S3OriginAccessControl(this, 'Access', {
      originAccessControlName: name,
    });
    return new cloudfront.Distribution(this, 'Distribution', {
      comment: `${physicalName(this.stage, 'console')}: finance's console`,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      ...this.domain,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originId: 'files',
          originAccessControl,
        }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy,
        functionAssociations: [
          { function: address, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        '/v1/*': {
          origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
            originId: 'api',
            protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
          }),
          // No redirect: a key that was sent in the clear is not to work.
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy,
        },
      },
    });
  }

  /** Under its own domain CloudFront takes no policy for TLS: there it is what AWS sets. */
  private get domain(): Partial<cloudfront.DistributionProps> {
    const { consoleUrl, consoleCertificateArn } = this.context.settings;
    if (consoleUrl === undefined || consoleCertificateArn === undefined) return {};
    return {
      domainNames: [new URL(consoleUrl).hostname],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', consoleCertificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }
}
