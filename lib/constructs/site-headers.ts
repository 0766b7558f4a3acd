import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';

export type SiteHeadersProps = {
  readonly stage: string;
  readonly name: string;
  /** Whom the page's script may talk to beside its own origin. */
  readonly connectsTo: readonly string[];
};

/**
 * What every answer of a site carries.
 *
 * Defaults: a page runs its own script with its own style, and talks to its own origin and those that
 * are named: nothing inline, nothing from elsewhere, no frame, no form that is sent without the script.
 * HTTPS for a year, no guessing of types, no address told to others, no search engine.
 */
export class SiteHeaders extends Construct {
  readonly policy: cloudfront.ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { stage, name, connectsTo }: SiteHeadersProps) {
    super(scope, id);
    this.policy = new cloudfront.ResponseHeadersPolicy(this, 'Default', {
      // CloudFront has one namespace for all regions of an account.
      responseHeadersPolicyName: `${physicalName(stage, name)}-${Aws.REGION}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(connectsTo),
          override: true,
        },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'x-robots-tag', value: 'noindex, nofollow', override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }
}

const contentSecurityPolicy = (connectsTo: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["connect-src 'self'", ...connectsTo].join(' '),
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
