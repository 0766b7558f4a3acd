import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { pascalCase, physicalName } from '../names.ts';

/** What a person of finance may be allowed: groups of the pool, spelled as the scopes of API keys are. */
export const SIGN_IN_GROUPS = {
  'finance:read': 'Sees what finance sees',
  'finance:post': 'Uploads statements, books movements, takes steps on breaks and debts',
  'finance:close': 'Closes, locks and reopens months',
} as const;

export type SignInProps = {
  readonly stage: string;
  /** Where the console is reached, which is where people come back to. */
  readonly consoleUrl: string;
  /** Whose people they are. */
  readonly marketplaceId: string;
};

/** A person is asked again at the latest after a working day. */
const SESSION = Duration.hours(10);
/** For so long a person keeps what a group gave them, after they left it. */
const TOKEN = Duration.minutes(15);

/**
 * The people of finance, by Cognito.
 *
 * Defaults: an operator invites, nobody signs up; a password of 14 characters of every kind and a
 * one-time code of an app, always; leaked passwords and risky sign-ins are refused; a forgotten password
 * by mail; the pool is protected from deletion and kept when the stack is deleted.
 *
 * The console is a public client: authorization code with PKCE only, tokens for 15 minutes, renewed for
 * 10 hours by a token that works once.
 */
export class SignIn extends Construct {
  readonly pool: cognito.UserPool;
  readonly client: cognito.UserPoolClient;
  private readonly marketplaceId: string;
  private readonly domainPrefix: string;

  constructor(scope: Construct, id: string, { stage, consoleUrl, marketplaceId }: SignInProps) {
    super(scope, id);
    this.marketplaceId = marketplaceId;
    this.pool = this.addPool(stage);
    // Unique in the region for all customers of AWS.
    this.domainPrefix = `${physicalName(stage, 'finance')}-${Aws.ACCOUNT_ID}`;
    this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: this.domainPrefix },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    for (const [groupName, description] of Object.entries(SIGN_IN_GROUPS)) {
      this.pool.addGroup(`${pascalCase(groupName.replace(':', '-'))}Group`, {
        groupName,
        description,
      });
    }
    this.client = this.addClient(`${consoleUrl}/console`);
    new cognito.CfnManagedLoginBranding(this, 'Look', {
      userPoolId: this.pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
  }

  /** Where people sign in, and where the console gets its tokens. */
  get origin(): string {
    return `https://${this.domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
  }

  /** What the page has to know. */
  get forPage() {
    return { origin: this.origin, clientId: this.client.userPoolClientId };
  }

  /** What a function has to know to believe a token, as its environment. */
  get variables() {
    return {
      SIGN_IN_POOL_ID: this.pool.userPoolId,
      SIGN_IN_CLIENT_ID: this.client.userPoolClientId,
      SIGN_IN_MARKETPLACE: this.marketplaceId,
    };
  }

  private addPool(stage: string): cognito.UserPool {
    return new cognito.UserPool(this, 'Default', {
      userPoolName: physicalName(stage, 'finance'),
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      mfa: cognito.Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 5,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      featurePlan: cognito.FeaturePlan.PLUS,
      standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addClient(address: string): cognito.UserPoolClient {
    return this.pool.addClient('Console', {
      generateSecret: false,
      // The least that Cognito takes, where a token that renews works once.
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID],
        callbackUrls: [address],
        logoutUrls: [address],
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: TOKEN,
      idTokenValidity: TOKEN,
      refreshTokenValidity: SESSION,
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
  }
}
