import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DataTable } from '../constructs/data-table.ts';
import { OperatorSecret } from '../constructs/operator-secret.ts';
import { ReadableStack } from '../constructs/readable-stack.ts';

/** Grants on items of one table, spelled as the DynamoDB actions they are. */
const actions = {
  get: 'dynamodb:GetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  /** Puts and deletes, many at once. */
  batch: 'dynamodb:BatchWriteItem',
} as const;

/**
 * Everything that outlives a deployment: the six tables and the three secrets, in a stack of their
 * own that is protected from termination, so that no change to the code can take the books along.
 */
export class DataStack extends ReadableStack {
  readonly events: DataTable;
  readonly views: DataTable;
  readonly vault: DataTable;
  readonly rates: DataTable;
  readonly quotes: DataTable;
  readonly access: DataTable;
  readonly stripeSecret: OperatorSecret;
  readonly easypostSecret: OperatorSecret;
  readonly carriersSecret: OperatorSecret;
  readonly vaultSecret: OperatorSecret;

  constructor(scope: Construct, { stage }: { readonly stage: string }) {
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
    this.vaultSecret = new OperatorSecret(this, 'VaultSecret', {
      binding: 'VAULT',
      description: 'Vault: {"masterKey"}. Losing it loses every name and address in the vault',
      placeholder: {},
      generatedKey: 'masterKey',
    });
    this.addOutputs();
  }

  private get tables(): readonly DataTable[] {
    return [this.events, this.views, this.vault, this.rates, this.quotes, this.access];
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
    const { stripeSecret, easypostSecret, carriersSecret, vaultSecret } = this;
    for (const { node, secret } of [stripeSecret, easypostSecret, carriersSecret, vaultSecret]) {
      new CfnOutput(this, `${node.id}Arn`, { value: secret.secretArn });
      this.exportValue(secret.secretArn);
    }
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
