import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DataTable } from '../constructs/data-table.ts';
import { FileBucket } from '../constructs/file-bucket.ts';
import { OperatorSecret } from '../constructs/operator-secret.ts';
import { ReadableStack } from '../constructs/readable-stack.ts';
import { SignIn, type SignInProps } from '../constructs/sign-in.ts';

/** Grants on items of one table, spelled as the DynamoDB actions they are. */
const actions = {
  get: 'dynamodb:GetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  /** Puts and deletes, many at once. */
  batch: 'dynamodb:BatchWriteItem',
} as const;

/** A financial year and the month after it, in which it is closed. */
const STATEMENT_FILE_DAYS = 400;

export type DataStackProps = {
  readonly stage: string;
  /** For how many days issued papers are kept. */
  readonly paperRetentionDays: number;
  /** Where the people of finance sign in, if they do. */
  readonly signIn?: Omit<SignInProps, 'stage'> | undefined;
};

/**
 * Everything that outlives a deployment: the tables, the secrets, the buckets of statements and of issued
 * papers and the people of finance, in a stack of their own that is protected from termination, so that no change to the code can take the
 * books along.
 */
export class DataStack extends ReadableStack {
  readonly events: DataTable;
  readonly views: DataTable;
  readonly vault: DataTable;
  readonly rates: DataTable;
  readonly quotes: DataTable;
  readonly access: DataTable;
  readonly reconciliation: DataTable;
  readonly statementFiles: FileBucket;
  readonly paperFiles: FileBucket;
  readonly stripeSecret: OperatorSecret;
  readonly easypostSecret: OperatorSecret;
  readonly carriersSecret: OperatorSecret;
  readonly vaultSecret: OperatorSecret;
  readonly linksSecret: OperatorSecret;
  /** Undefined where people come with API keys only. */
  readonly signIn: SignIn | undefined;

  constructor(scope: Construct, { stage, paperRetentionDays, signIn }: DataStackProps) {
    super(scope, 'data', {
      stage,
      terminationProtection: true,
      description:
        'Tradelane: event records, read models, personal data, rates, quotes, keys and secrets',
    });
    this.events = new DataTable(this, 'EventsTable', {
      binding: 'EVENTS',
      partitionKey: 'pk',
      sortKey: 'sk',
      readActions: [actions.query],
      writeActions: [actions.put],
      appendOnly: true,
    });
    this.views = new DataTable(this, 'ViewsTable', {
      binding: 'VIEWS',
      partitionKey: 'pk',
      sortKey: 'sk',
      indexes: { byStatus: { partitionKey: 'statusKey', sortKey: 'openedAt' } },
      readActions: [actions.get, actions.query],
      writeActions: [actions.put, actions.batch],
    });
    this.vault = new DataTable(this, 'VaultTable', {
      binding: 'VAULT',
      partitionKey: 'pk',
      readActions: [actions.get],
      writeActions: [actions.put],
    });
    this.rates = new DataTable(this, 'RatesTable', {
      binding: 'RATES',
      partitionKey: 'pk',
      sortKey: 'sk',
      readActions: [actions.get, actions.query],
      writeActions: [actions.put],
    });
    this.quotes = new DataTable(this, 'QuotesTable', {
      binding: 'QUOTES',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLiveAttribute: 'forgetAt',
      readActions: [actions.query],
      writeActions: [actions.put],
    });
    this.access = new DataTable(this, 'AccessTable', {
      binding: 'ACCESS',
      partitionKey: 'pk',
      readActions: [actions.get],
      writeActions: [],
    });
    this.reconciliation = reconciliationTable(this);
    this.statementFiles = statementFiles(this);
    this.paperFiles = paperFiles(this, paperRetentionDays);
    this.stripeSecret = new OperatorSecret(this, 'StripeSecret', {
      binding: 'STRIPE',
      description:
        'Stripe: {"secretKey", "webhookSecrets": [current, previous?], "connectWebhookSecrets"?}',
      placeholder: { webhookSecrets: [] },
      generatedKey: 'secretKey',
    });
    const { easypost, carriers } = carrierSecrets(this);
    this.easypostSecret = easypost;
    this.carriersSecret = carriers;
    const { vault, links } = ownSecrets(this);
    this.vaultSecret = vault;
    this.linksSecret = links;
    this.signIn = signIn && new SignIn(this, 'SignIn', { stage, ...signIn });
    this.addOutputs();
  }

  private get tables(): readonly DataTable[] {
    const { events, views, vault, rates, quotes, access, reconciliation } = this;
    return [events, views, vault, rates, quotes, access, reconciliation];
  }

  /**
   * For operators under a readable name, and for the app stack whether or not it uses them today:
   * an export that came and went with its use could not be removed in the deployment that stops
   * using it, because data is deployed first.
   */
  private addOutputs() {
    for (const { node, table } of this.tables) {
      new CfnOutput(this, `${node.id}Name`, { value: table.tableName });
      this.exportValue(table.tableName);
      this.exportValue(table.tableArn);
    }
    this.exportValue(this.events.streamArn);
    for (const { node, bucket } of [this.statementFiles, this.paperFiles]) {
      new CfnOutput(this, `${node.id}Name`, { value: bucket.bucketName });
      this.exportValue(bucket.bucketName);
      this.exportValue(bucket.bucketArn);
    }
    for (const { node, secret } of this.secrets) {
      new CfnOutput(this, `${node.id}Arn`, { value: secret.secretArn });
      this.exportValue(secret.secretArn);
    }
  }

  private get secrets(): readonly OperatorSecret[] {
    const { stripeSecret, easypostSecret, carriersSecret, vaultSecret, linksSecret } = this;
    return [stripeSecret, easypostSecret, carriersSecret, vaultSecret, linksSecret];
  }
}

/** EasyPost's also buys labels; what the other carriers' webhooks are signed with is kept as one. */
const carrierSecrets = (scope: Construct) => ({
  easypost: new OperatorSecret(scope, 'EasypostSecret', {
    binding: 'EASYPOST',
    description: 'EasyPost: {"apiKey", "webhookSecrets": [current, previous?]}',
    placeholder: { webhookSecrets: [] },
    generatedKey: 'apiKey',
  }),
  carriers: new OperatorSecret(scope, 'CarriersSecret', {
    binding: 'CARRIERS',
    description: 'Carriers: {"webhookSecrets": {"<carrier>": [current, previous?]}}',
    placeholder: {},
    generatedKey: 'unused',
  }),
});

/** Those that no provider knows of: the random keys that Secrets Manager makes are used as they are. */
const ownSecrets = (scope: Construct) => ({
  vault: new OperatorSecret(scope, 'VaultSecret', {
    binding: 'VAULT',
    description: 'Vault: {"masterKey"}. Losing it loses every name and address in the vault',
    placeholder: {},
    generatedKey: 'masterKey',
  }),
  links: new OperatorSecret(scope, 'LinksSecret', {
    binding: 'LINKS',
    description:
      'Links: {"signingKey", "previousSigningKey"?}. A new key without the previous one ends every link',
    placeholder: {},
    generatedKey: 'signingKey',
  }),
});
const reconciliationTable = (scope: Construct) =>
  new DataTable(scope, 'ReconciliationTable', {
    binding: 'RECONCILIATION',
    partitionKey: 'pk',
    sortKey: 'sk',
    readActions: [actions.get, actions.query],
    writeActions: [actions.put, actions.batch],
  });

const statementFiles = (scope: Construct) =>
  new FileBucket(scope, 'StatementFiles', {
    binding: 'STATEMENTS',
    keptFor: Duration.days(STATEMENT_FILE_DAYS),
    filled: 'uploads',
  });

const paperFiles = (scope: Construct, days: number) =>
  new FileBucket(scope, 'PaperFiles', {
    binding: 'PAPERS',
    keptFor: Duration.days(days),
    // Not the numbers of issues, which stay: src/process/paper-archive.ts.
    expiringPrefix: 'papers/',
    filled: 'write-once',
  });
