import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { DataStack } from '../../lib/stacks/data-stack.ts';
import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { dynamoPartyVault } from '../../src/adapters/dynamodb/party-vault.ts';
import { dynamoQuoteStore } from '../../src/adapters/dynamodb/quote-store.ts';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { dynamoRecordStore } from '../../src/adapters/dynamodb/record-store.ts';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../src/adapters/in-memory/view-store.ts';
import { laneItem } from '../support/describe-lane-store.ts';
import { katrin } from '../support/describe-party-vault.ts';
import { offeredQuote } from '../support/describe-quote-store.ts';
import { statementFile, statementHead } from '../support/describe-statement-store.ts';
import {
  connect,
  recordOperations,
  type TableKind,
  type TestTable,
  tableDefinitions,
  withDynamo,
} from '../support/dynamo.ts';
import { runWholeTrade } from '../support/whole-trade.ts';
import { bundledDay } from '../unit/fx/rate-days.ts';

const settings = { stage: 'test', paperRetentionDays: 365 };
const data = new DataStack(new App({ analyticsReporting: false }), settings);
const tables = Object.entries(Template.fromStack(data).findResources('AWS::DynamoDB::Table'));

/** CloudFormation says of a stream only what it shows. */
const definitionOf = (kind: TableKind) => {
  const { StreamSpecification: stream, ...definition } = { ...tableDefinitions[kind] } as Record<
    string,
    unknown
  >;
  if (stream === undefined) return definition;
  return { ...definition, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
};

describe('the tables that these tests create', () => {
  it.each(Object.keys(tableDefinitions) as TableKind[])(
    '%s is as the CDK app defines it',
    (kind) => {
      const prefix = `${kind[0]?.toUpperCase()}${kind.slice(1)}Table`;
      const [, table] = tables.find(([logicalId]) => logicalId.startsWith(prefix)) ?? [];
      expect(table?.['Properties']).toMatchObject(definitionOf(kind));
    },
  );

  it('are all that there are', () => {
    expect(tables).toHaveLength(Object.keys(tableDefinitions).length);
  });
});

/** Uses an adapter as the product does, every method of it. */
const uses: Record<TableKind, (table: TestTable) => Promise<unknown>> = {
  events: (table) => wholeTrade({ events: table }),
  views: async (table) => {
    const views = dynamoViewStore(table);
    await wholeTrade({ views: table });
    await views.listTrades({ marketplaceId: 'mkt_1', status: 'settled', limit: 1 });
    await views.listPostings({ account: '1100', currency: 'USD', day: '2026-11-23' });
    await views.listSlices('2026-11-23');
  },
  vault: async (table) => {
    const vault = dynamoPartyVault({ ...table, masterSecret: async () => 'a master secret' });
    await vault.put('pty_1', katrin);
    await vault.get('pty_1');
  },
  rates: async (table) => {
    const rates = dynamoRatesStore(table);
    await rates.putIfAbsent(bundledDay);
    await rates.get(bundledDay.rateDate);
    await rates.latest();
  },
  quotes: async (table) => {
    const quotes = dynamoQuoteStore({ ...table, retentionSeconds: 1 });
    await quotes.putIfAbsent(offeredQuote());
    await quotes.get(offeredQuote().id);
    await quotes.claim(offeredQuote().id, 'trd_1');
  },
  access: (table) => dynamoApiKeys(table).find('tl_test_one'),
  reconciliation: async (table) => {
    const statements = dynamoStatementStore(table);
    await statements.putFile(statementFile());
    await statements.putStatement(statementHead());
    await statements.getStatement('stm_1');
    await statements.listStatements({ limit: 1 });
    const lanes = dynamoLaneStore(table);
    await lanes.addItems([laneItem('a')]);
    await lanes.listWork('bank_out', { today: '2026-06-29', limit: 1 });
  },
};

const wholeTrade = ({ events, views }: { events?: TestTable; views?: TestTable }) =>
  runWholeTrade({
    escrows: events === undefined ? inMemoryRecordStore() : dynamoRecordStore(events),
    shipments: events === undefined ? inMemoryRecordStore() : dynamoRecordStore(events),
    payouts: events === undefined ? inMemoryRecordStore() : dynamoRecordStore(events),
    views: views === undefined ? inMemoryViewStore() : dynamoViewStore(views),
  });

describe('an adapter', () => {
  const dynamo = withDynamo();

  it.each(Object.keys(tableDefinitions) as TableKind[])(
    'of %s asks for exactly the operations that its functions may be granted',
    async (kind) => {
      const { endpoint, createTable } = dynamo();
      const { tableName } = await createTable(kind);
      const client = connect(endpoint);
      const operations = recordOperations(client);
      await uses[kind]({ client, tableName });
      client.destroy();
      const { readActions, writeActions } = data[kind];
      const granted = [...readActions, ...writeActions].map((action) => action.split(':')[1]);
      expect([...new Set(operations)].sort()).toEqual(granted.toSorted());
    },
  );
});
