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

const on = (resource: string, ...actions: string[]) =>
  actions.map((action) => `${action} on ${resource}`);

const logs = (name: string) =>
  on(`${pascalCase(name)}LogGroup.Arn`, 'logs:CreateLogStream', 'logs:PutLogEvents');
const counts = (queue: string) => on(`${queue}Queue.Arn`, 'sqs:GetQueueAttributes');
const sends = (name: string) => on(`${pascalCase(name)}Queue.Arn`, 'sqs:SendMessage');
const works = (name: string) => [
  ...logs(name),
  ...on(
    `${pascalCase(name)}Queue.Arn`,
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ),
  ...on(`${pascalCase(name)}DeadLetterQueue.Arn`, 'sqs:SendMessage'),
];
const readsSecret = (secret: string) => on(`${secret}Secret`, 'secretsmanager:GetSecretValue');

const readsEvents = on('EventsTable.Arn', 'dynamodb:Query');
const appendsEvents = [...readsEvents, ...on('EventsTable.Arn', 'dynamodb:PutItem')];
const readsViews = [
  ...on('ViewsTable.Arn', 'dynamodb:GetItem', 'dynamodb:Query'),
  ...on('ViewsTable.Arn/index/byStatus', 'dynamodb:Query'),
];
const writesViews = [
  ...readsViews,
  ...on('ViewsTable.Arn', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'),
];
const readsVault = on('VaultTable.Arn', 'dynamodb:GetItem');
const writesVault = [...readsVault, ...on('VaultTable.Arn', 'dynamodb:PutItem')];
const readsRates = on('RatesTable.Arn', 'dynamodb:GetItem', 'dynamodb:Query');
const writesRates = [...readsRates, ...on('RatesTable.Arn', 'dynamodb:PutItem')];
const writesQuotes = on('QuotesTable.Arn', 'dynamodb:Query', 'dynamodb:PutItem');
const readsFiles = on('StatementFiles.Arn/*', 's3:GetObject');
const addsFiles = on('StatementFiles.Arn/*', 's3:PutObject');
const readsReconciliation = on('ReconciliationTable.Arn', 'dynamodb:GetItem', 'dynamodb:Query');
const writesReconciliation = [
  ...readsReconciliation,
  ...on('ReconciliationTable.Arn', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'),
];
const readsAccess = on('AccessTable.Arn', 'dynamodb:GetItem');

const expected: Record<string, readonly (readonly string[])[]> = {
  'marketplace-api': [
    logs('marketplace-api'),
    appendsEvents,
    writesVault,
    readsRates,
    writesQuotes,
    readsAccess,
    readsSecret('Stripe'),
    readsSecret('Vault'),
    readsSecret('Links'),
  ],
  papers: [logs('papers'), readsEvents, readsVault, readsSecret('Links'), readsSecret('Vault')],
  'tracking-page': [logs('tracking-page'), appendsEvents, readsSecret('Links')],
  'payouts-api': [
    logs('payouts-api'),
    appendsEvents,
    writesVault,
    readsViews,
    readsAccess,
    readsSecret('Vault'),
  ],
  'shipping-api': [
    logs('shipping-api'),
    readsEvents,
    readsAccess,
    readsSecret('Easypost'),
    readsSecret('Carriers'),
  ],
  'stripe-webhook': [logs('stripe-webhook'), sends('payments'), readsSecret('Stripe')],
  'carrier-webhook': [
    logs('carrier-webhook'),
    sends('tracking'),
    readsSecret('Easypost'),
    readsSecret('Carriers'),
  ],
  router: [
    logs('router'),
    on(
      'EventsTable.StreamArn',
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ),
    on('RouterDeadLetterQueue.Arn', 'sqs:SendMessage'),
    sends('conversion'),
    sends('shipment'),
    sends('escrow'),
    sends('settlement'),
    sends('projection'),
    sends('payments'),
    sends('reconciliation'),
  ],
  payments: [
    works('payments'),
    appendsEvents,
    readsRates,
    readsVault,
    readsSecret('Stripe'),
    readsSecret('Vault'),
  ],
  tracking: [works('tracking'), appendsEvents, readsViews],
  conversion: [works('conversion'), appendsEvents, readsRates],
  shipment: [
    works('shipment'),
    appendsEvents,
    readsVault,
    readsSecret('Easypost'),
    readsSecret('Carriers'),
    readsSecret('Vault'),
  ],
  'ledger-api': [logs('ledger-api'), appendsEvents, readsViews, readsAccess],
  safeguarding: [logs('safeguarding'), appendsEvents, readsViews, readsReconciliation],
  escrow: [works('escrow'), appendsEvents],
  settlement: [works('settlement'), appendsEvents, readsSecret('Stripe')],
  projection: [works('projection'), readsEvents, writesViews],
  deadlines: [
    logs('deadlines'),
    writesViews,
    sends('escrow'),
    sends('settlement'),
    sends('payments'),
    sends('poll'),
  ],
  poll: [
    works('poll'),
    appendsEvents,
    writesViews,
    readsSecret('Easypost'),
    readsSecret('Carriers'),
  ],
  rates: [logs('rates'), writesRates],
  'finance-api': [
    logs('finance-api'),
    addsFiles,
    appendsEvents,
    readsViews,
    writesReconciliation,
    readsVault,
    readsRates,
    readsAccess,
    readsSecret('Vault'),
    ...['Projection', 'Reconciliation'].map(counts),
    ...[...workerNames.map(pascalCase), 'Router'].map((name) => counts(`${name}DeadLetter`)),
  ],
  statements: [
    works('statements'),
    readsFiles,
    writesReconciliation,
    writesVault,
    readsSecret('Vault'),
    sends('matching'),
  ],
  reconciliation: [
    works('reconciliation'),
    readsEvents,
    writesViews,
    writesReconciliation,
    sends('matching'),
  ],
  matching: [
    works('matching'),
    appendsEvents,
    writesReconciliation,
    sends('settlement'),
    sends('matching'),
  ],
  'matching-clock': [logs('matching-clock'), sends('matching')],
  'stripe-sweep': [logs('stripe-sweep'), sends('payments'), readsSecret('Stripe')],
};

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

  it('use a wildcard only to deny: plain HTTP on queues, topic and buckets, rewriting on events', () => {
    const reasons = denying.map(([owner, { Action }]) =>
      owner === 'EventsTable' ? 'append only' : listOf(Action).join(),
    );
    expect([...new Set(reasons)].sort()).toEqual([
      ...['append only', 's3:*', 'sns:Publish', 'sqs:*'],
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

describe.each(workerNames)('%s queue', (name) => {
  it('is consumed by its own worker only', () => {
    const grant = `sqs:ReceiveMessage on ${pascalCase(name)}Queue.Arn`;
    expect(functionNames.filter((other) => grantsOf(other).includes(grant))).toEqual([name]);
  });
});
