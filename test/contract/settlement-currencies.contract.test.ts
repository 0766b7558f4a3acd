import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoSettlementCurrencies } from '../../src/adapters/dynamodb/settlement-currencies.ts';
import { inMemorySettlementCurrencies } from '../../src/adapters/in-memory/settlement-currencies.ts';
import { noteSettlementCurrency } from '../../src/process/note-settlement-currency.ts';
import { story } from '../support/builders.ts';
import { describeSettlementCurrencies } from '../support/describe-settlement-currencies.ts';
import { connect, recordOperations, scanItems, withDynamo } from '../support/dynamo.ts';
import { eventsTo } from '../unit/process/routed.ts';

const dynamo = withDynamo();
const inEuros = { settled: 'EUR', capturedAt: '2026-07-01T09:01:00.000Z' } as const;
const inDollars = { settled: 'USD', capturedAt: '2026-07-01T09:02:00.000Z' } as const;

/** The next command of that name is carried out, and the connection breaks before its answer. */
function loseAnswerOf(client: DynamoDBClient, commandName: string): void {
  let isLost = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (isLost || context.commandName !== commandName) return answer;
      isLost = true;
      throw Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
    },
    { step: 'deserialize', priority: 'low' },
  );
}

describeSettlementCurrencies('memory', async () => inMemorySettlementCurrencies());
describeSettlementCurrencies('DynamoDB', async () =>
  dynamoSettlementCurrencies(await dynamo().createTable('views')),
);

describe('the views table', () => {
  it('has one small item for each charged currency', async () => {
    const table = await dynamo().createTable('views');
    const note = noteSettlementCurrency({
      currencies: dynamoSettlementCurrencies(table),
      tell: () => {},
    });
    await note(eventsTo('projection', story.escrowFunded));
    expect(await scanItems(table)).toEqual([
      {
        pk: { S: 'settlement-currency#EUR' },
        sk: { S: 'known' },
        settled: { S: 'USD' },
        capturedAt: { S: story.escrowFunded.capturedAt },
        write: { S: expect.any(String) },
      },
    ]);
  });

  it('is read once for a charge that settles as ever, and not written', async () => {
    const { tableName } = await dynamo().createTable('views');
    const client = connect(dynamo().endpoint);
    const currencies = dynamoSettlementCurrencies({ client, tableName });
    const note = noteSettlementCurrency({ currencies, tell: () => {} });
    await note(eventsTo('projection', story.escrowFunded));
    const operations = recordOperations(client);
    await note(eventsTo('projection', story.escrowFunded));
    expect(operations).toEqual(['GetItem']);
    client.destroy();
  });
});

describe('a write whose answer is lost', () => {
  it('has put what it is sent again for, so the change is not lost with it', async () => {
    const { tableName } = await dynamo().createTable('views');
    const client = connect(dynamo().endpoint);
    const currencies = dynamoSettlementCurrencies({ client, tableName });
    await currencies.replace('EUR', { known: undefined, next: inEuros });
    loseAnswerOf(client, 'PutItemCommand');
    const operations = recordOperations(client);
    expect(await currencies.replace('EUR', { known: inEuros, next: inDollars })).toBe(true);
    expect(await currencies.find('EUR')).toEqual(inDollars);
    expect(operations).toEqual(['PutItem', 'GetItem', 'GetItem']);
    client.destroy();
  });
});
