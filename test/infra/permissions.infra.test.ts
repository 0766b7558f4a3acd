import { functionNames, workerNames } from '../../lib/functions.ts';
import { pascalCase } from '../../lib/names.ts';
import { expectedGrants } from './expected-grants.ts';
import {
  listOf,
  referenceReader,
  resourcesOf,
  type Statement,
  synthesizeTemplates,
} from './templates.ts';

const templates = synthesizeTemplates({ settings: { alarmEmail: 'finance@example.com' } });
const read = referenceReader(templates);

/** Every statement of every policy anywhere in a template, with the resource that carries it. */
const statementsIn = (value: unknown, owner = ''): [string, Statement][] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'Statement'
      ? (child as Statement[]).map((statement): [string, Statement] => [owner, statement])
      : statementsIn(child, owner === '' && key !== 'Resources' ? key : owner),
  );
};

const { data, app, console: consoleTemplate, observability } = templates;
const statements = [data, app, consoleTemplate, observability].flatMap((template) =>
  statementsIn({ Resources: template.toJSON().Resources }),
);
const allowing = statements.filter(([, { Effect }]) => Effect === 'Allow');
const denying = statements.filter(([, { Effect }]) => Effect === 'Deny');

/** What one function may do: `action on resource`, in alphabetical order. */
const grantsOf = (name: string) =>
  allowing
    .filter(([owner]) => owner === `${pascalCase(name)}RoleDefaultPolicy`)
    .flatMap(([, { Action, Resource }]) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource).map((resource) => `${action} on ${read(resource)}`),
      ),
    )
    .sort();

describe('policies', () => {
  it('are found', () => {
    expect(allowing.length).toBeGreaterThan(functionNames.length * 2);
  });

  it('allow no action by wildcard', () => {
    const actions = allowing.flatMap(([, { Action }]) => listOf(Action));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('allow nothing on a wildcard resource but the objects of a bucket', () => {
    const resources = allowing.flatMap(([, { Resource }]) => listOf(Resource ?? []));
    const wild = resources.filter((resource) => JSON.stringify(resource).includes('*'));
    expect([...new Set(wild.map(read))]).toEqual([
      'StatementFiles.Arn/*',
      'PaperFiles.Arn/*',
      'Files.Arn/*',
      // What CDK uploads in a deployment, for CDK's own function.
      'arn:AWS::Partition:s3:::cdk-hnb659fds-assets-AWS::AccountId-AWS::Region/*',
    ]);
  });

  it('never allow by exclusion', () => {
    const keys = allowing.flatMap(([, statement]) => Object.keys(statement));
    expect(keys).not.toContain('NotAction');
    expect(keys).not.toContain('NotResource');
  });

  it('use a wildcard only to deny: plain HTTP on queues, topic and buckets, rewriting on events and papers', () => {
    const reasons = denying.map(([owner, { Action }]) =>
      owner === 'EventsTable' ? 'append only' : listOf(Action).join(),
    );
    expect([...new Set(reasons)].sort()).toEqual([
      ...['append only', 's3:*', 's3:PutObject', 'sns:Publish', 'sqs:*'],
    ]);
  });

  it('are all written here: no role has one that AWS manages', () => {
    const roles = [app, consoleTemplate].flatMap((one) => resourcesOf(one, 'AWS::IAM::Role'));
    expect(roles).toHaveLength(functionNames.length + 1);
    for (const [, { Properties }] of roles) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(read(Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service)).toBe(
        'lambda.amazonaws.com',
      );
    }
  });
});

describe.each(functionNames)('%s', (name) => {
  it('may do what it needs and nothing else', () => {
    expect(grantsOf(name)).toEqual(expectedGrants[name].flat().sort());
  });

  it('may only read and append events', () => {
    const onEvents = grantsOf(name).filter((grant) => grant.endsWith(' on EventsTable.Arn'));
    const allowed = ['dynamodb:PutItem on EventsTable.Arn', 'dynamodb:Query on EventsTable.Arn'];
    expect(onEvents.filter((grant) => !allowed.includes(grant))).toEqual([]);
  });
});

describe.each([
  ['StripeSecret', ['marketplace-api', 'stripe-webhook', 'payments', 'settlement', 'stripe-sweep']],
  ['EasypostSecret', ['shipping-api', 'carrier-webhook', 'shipment', 'poll']],
  [
    'VaultSecret',
    [
      'marketplace-api',
      'payouts-api',
      'papers',
      'payments',
      'shipment',
      'finance-api',
      'statements',
    ],
  ],
  ['CarriersSecret', ['shipping-api', 'carrier-webhook', 'shipment', 'poll']],
  ['LinksSecret', ['marketplace-api', 'tracking-page', 'papers']],
])('%s', (secret, readers) => {
  it(`is read by ${readers.join(', ')} only`, () => {
    const grant = `secretsmanager:GetSecretValue on ${secret}`;
    expect(functionNames.filter((name) => grantsOf(name).includes(grant))).toEqual(readers);
  });
});

describe('the bucket of papers', () => {
  it('is opened to the function that issues them only', () => {
    const grants = functionNames.filter((name) =>
      grantsOf(name).some((grant) => grant.includes(' on PaperFiles')),
    );
    expect(grants).toEqual(['papers']);
  });
});

describe.each(workerNames)('%s queue', (name) => {
  it('is consumed by its own worker only', () => {
    const grant = `sqs:ReceiveMessage on ${pascalCase(name)}Queue.Arn`;
    expect(functionNames.filter((other) => grantsOf(other).includes(grant))).toEqual([name]);
  });
});
