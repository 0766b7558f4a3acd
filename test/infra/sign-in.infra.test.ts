import { FINANCE_SCOPES } from '../../src/parties/person.ts';
import { onlyResource, referenceReader, resourcesOf, synthesizeTemplates } from './templates.ts';

const settings = { consoleUrl: 'https://finance.example', signInMarketplace: 'mkt_acme' };
const templates = synthesizeTemplates({ settings });
const read = referenceReader(templates);
const { data, app, console: site } = templates;

const only = (type: string) => onlyResource(data, type);

const origin = 'https://tradelane-test-finance-AWS::AccountId.auth.AWS::Region.amazoncognito.com';

describe('without a marketplace whose people sign in', () => {
  it('there is no Cognito, and the API takes keys only', () => {
    const plain = synthesizeTemplates();
    const text = [plain.data, plain.app, plain.console]
      .map((template) => JSON.stringify(template.toJSON()))
      .join();
    expect(text).not.toMatch(/AWS::Cognito|SIGN_IN|amazoncognito/);
  });
});

describe('the pool', () => {
  const { Properties, DeletionPolicy } = only('AWS::Cognito::UserPool');

  it('takes whom an operator invites, by a long password and a code of an app', () => {
    expect(Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
    expect(Properties.MfaConfiguration).toBe('ON');
    expect(Properties.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
    expect(Properties.Policies.PasswordPolicy).toMatchObject({
      ...{ MinimumLength: 14, RequireLowercase: true, RequireUppercase: true },
      ...{ RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 3 },
    });
    expect(Properties.UsernameConfiguration).toEqual({ CaseSensitive: false });
  });

  it('refuses leaked passwords and risky sign-ins', () => {
    expect(Properties.UserPoolTier).toBe('PLUS');
    expect(Properties.UserPoolAddOns).toEqual({ AdvancedSecurityMode: 'ENFORCED' });
  });

  it('outlives the stack', () => {
    expect(Properties.DeletionProtection).toBe('ACTIVE');
    expect(DeletionPolicy).toBe('Retain');
  });

  it('has a group for each scope of finance, and for no other', () => {
    const groups = resourcesOf(data, 'AWS::Cognito::UserPoolGroup').map(
      ([, { Properties: group }]) => group.GroupName,
    );
    expect(groups).toEqual(FINANCE_SCOPES);
  });
});

describe('the console as its client', () => {
  const { Properties } = only('AWS::Cognito::UserPoolClient');

  it('has no secret, comes by code, and goes back to the console alone', () => {
    expect(Properties).toMatchObject({
      ...{ GenerateSecret: false, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'] },
      CallbackURLs: ['https://finance.example/console'],
      LogoutURLs: ['https://finance.example/console'],
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(Properties.ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH']);
  });

  it('gets tokens for minutes, and renews them for a day by one that works once', () => {
    expect(Properties).toMatchObject({
      ...{ AccessTokenValidity: 15, IdTokenValidity: 15, RefreshTokenValidity: 600 },
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      ...{ EnableTokenRevocation: true, RefreshTokenRotation: { Feature: 'ENABLED' } },
    });
  });

  it('may talk to the pool, and is told where it is', () => {
    const headers = onlyResource(site, 'AWS::CloudFront::ResponseHeadersPolicy');
    const { ContentSecurityPolicy } =
      headers.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy;
    expect(read(ContentSecurityPolicy)).toContain(
      `connect-src 'self' https://StatementFiles.s3.AWS::Region.AWS::URLSuffix ${origin};`,
    );
    const [, [, page] = ['', { Properties: {} }]] = resourcesOf(
      site,
      'Custom::CDKBucketDeployment',
    );
    const written = page.Properties.SourceMarkers.flatMap((markers: object) =>
      Object.values(markers).map(read),
    );
    expect(written).toEqual(expect.arrayContaining(['SignInConsole']));
  });
});

describe("finance's functions", () => {
  it('believe the tokens of this pool and client, for this marketplace, and no other function does', () => {
    const believing = resourcesOf(app, 'AWS::Lambda::Function').flatMap(
      ([id, { Properties: one }]) => {
        const { SIGN_IN_POOL_ID, SIGN_IN_CLIENT_ID, SIGN_IN_MARKETPLACE } =
          one.Environment.Variables;
        if (SIGN_IN_POOL_ID === undefined) return [];
        return [[id, read(SIGN_IN_POOL_ID), read(SIGN_IN_CLIENT_ID), SIGN_IN_MARKETPLACE]];
      },
    );
    expect(believing).toEqual(
      ['LedgerApi', 'PayoutsApi', 'FinanceApi'].map((name) => [
        ...[`${name}Function`, 'SignIn', 'SignInConsole', 'mkt_acme'],
      ]),
    );
  });
});
