import { type FunctionName, workerNames } from '../../lib/functions.ts';
import { pascalCase } from '../../lib/names.ts';

const on = (resource: string, ...actions: string[]) =>
  actions.map((action) => `${action} on ${resource}`);

const logs = (name: string) =>
  on(`${pascalCase(name)}LogGroup.Arn`, 'logs:CreateLogStream', 'logs:PutLogEvents');
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
const counts = (queue: string) => on(`${queue}Queue.Arn`, 'sqs:GetQueueAttributes');
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
const keepsPapers = [
  ...on('PaperFiles.Arn/*', 's3:GetObject', 's3:PutObject'),
  // S3 tells that there is no such object only to those who may list.
  ...on('PaperFiles.Arn', 's3:ListBucket'),
];
const readsReconciliation = on('ReconciliationTable.Arn', 'dynamodb:GetItem', 'dynamodb:Query');
const writesReconciliation = [
  ...readsReconciliation,
  ...on('ReconciliationTable.Arn', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'),
];
const readsAccess = on('AccessTable.Arn', 'dynamodb:GetItem');

/** What each function may do, and nothing else. */
export const expectedGrants: Readonly<Record<FunctionName, readonly (readonly string[])[]>> = {
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
  papers: [
    logs('papers'),
    readsEvents,
    readsVault,
    keepsPapers,
    readsSecret('Links'),
    readsSecret('Vault'),
  ],
  'tracking-page': [logs('tracking-page'), appendsEvents, readsSecret('Links')],
  'payouts-api': [
    logs('payouts-api'),
    appendsEvents,
    writesVault,
    readsViews,
    readsReconciliation,
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
