import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { dynamoStatementVault } from '../../src/adapters/dynamodb/statement-vault.ts';
import { inMemoryStatementStore } from '../../src/adapters/in-memory/statement-store.ts';
import { storedStatement } from '../../src/reconciliation/stored-statement.ts';
import { describeStatementStore } from '../support/describe-statement-store.ts';
import { scanItems, textOf, withDynamo } from '../support/dynamo.ts';
import { readSample } from '../unit/bank/reading.ts';

const dynamo = withDynamo();

describeStatementStore('memory', async () => inMemoryStatementStore());
describeStatementStore('DynamoDB', async () =>
  dynamoStatementStore(await dynamo().createTable('reconciliation')),
);

const masterSecret = async () => 'a-master-secret-of-forty-three-characters-000';
const origin = { fileId: 'fil_1', receivedAt: '2026-07-01T06:00:00.000Z' };

const sample = () => {
  const [statement] = readSample('camt053-two-accounts.xml').statements;
  if (statement === undefined) throw new Error('The sample has no statement.');
  return storedStatement(statement, origin);
};

describe('the lines of a statement', () => {
  it('come out of the vault as they went in, and stay what they were first', async () => {
    const { head, pages } = sample();
    const table = await dynamo().createTable('vault');
    const vault = dynamoStatementVault({ ...table, masterSecret });
    await vault.put(head.statementId, 1, pages[0] ?? []);
    await vault.put(head.statementId, 1, []);
    expect(await vault.get(head.statementId, 1)).toEqual(pages[0]);
  });

  it('name nobody in any table', async () => {
    const { head, pages } = sample();
    const [vaultTable, table] = await Promise.all([
      dynamo().createTable('vault'),
      dynamo().createTable('reconciliation'),
    ]);
    await dynamoStatementVault({ ...vaultTable, masterSecret }).put(
      head.statementId,
      1,
      pages[0] ?? [],
    );
    await dynamoStatementStore(table).putStatement(head);
    const stored = textOf([...(await scanItems(vaultTable)), ...(await scanItems(table))]);
    expect(stored).not.toMatch(/Beispiel|Seller A|DE02120300000000202051/);
    expect(stored).toContain('DE75512108001245126199');
  });

  it.each([
    ['are not there', 'statement.lines_missing'],
    ['do not open', 'statement.lines_unreadable'],
  ])('that %s are an error with a code, which no retry helps', async (why, code) => {
    const table = await dynamo().createTable('vault');
    const { head, pages } = sample();
    if (why === 'do not open') {
      const other = async () => 'another-master-secret-of-forty-three-characters';
      const vault = dynamoStatementVault({ ...table, masterSecret: other });
      await vault.put(head.statementId, 1, pages[0] ?? []);
    }
    const vault = dynamoStatementVault({ ...table, masterSecret });
    await expect(vault.get(head.statementId, 1)).rejects.toMatchObject({ code, retryable: false });
  });
});
