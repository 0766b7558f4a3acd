import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export type OperatorSecretProps = {
  /** The secret as the functions know it: `STRIPE` becomes their `STRIPE_SECRET_ARN`. */
  readonly binding: string;
  readonly description: string;
  /** The fields beside the generated one, with values that authorize nothing. */
  readonly placeholder: Readonly<Record<string, unknown>>;
  /** The field that Secrets Manager fills with random characters at creation. */
  readonly generatedKey: string;
};

/**
 * A secret that CloudFormation creates and an operator fills.
 *
 * Defaults: a JSON string whose one field is 43 random letters and digits (256 bits) made by Secrets
 * Manager, so no value is ever in a template; kept when the stack is deleted. Until the real value is
 * put, a provider refuses the random key and an empty list of webhook secrets verifies nothing, so
 * the product is closed, not open. The vault's master key needs no operator: the random one is used.
 *
 * Put the real value once, and again at each rotation, with the ARN from the stack's outputs:
 *
 * @example
 * aws secretsmanager put-secret-value --secret-id <StripeSecretArn> \
 *   --secret-string '{"secretKey":"sk_live_…","webhookSecrets":["whsec_new","whsec_previous"]}'
 */
export class OperatorSecret extends Construct {
  readonly secret: secretsmanager.Secret;
  readonly binding: string;

  constructor(scope: Construct, id: string, props: OperatorSecretProps) {
    super(scope, id);
    this.binding = props.binding;
    this.secret = new secretsmanager.Secret(this, 'Default', {
      description: props.description,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(props.placeholder),
        generateStringKey: props.generatedKey,
        passwordLength: 43,
        excludePunctuation: true,
      },
    });
  }
}
