import { dynamoPartySeals } from '../../src/adapters/dynamodb/party-seals.ts';
import { dynamoPartyVault } from '../../src/adapters/dynamodb/party-vault.ts';
import { inMemoryPartySeals } from '../../src/adapters/in-memory/party-seals.ts';
import { inMemoryPartyVault } from '../../src/adapters/in-memory/party-vault.ts';
import { describePartySeals } from '../support/describe-party-seals.ts';
import { daniel, katrin } from '../support/describe-party-vault.ts';
import { putRaw, scanItems, type TestTable, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();
const secret = 'a-master-secret-of-forty-three-characters-000';
const optionsOf = (table: TestTable, masterSecret = secret) => ({
  ...{ ...table, masterSecret: async () => masterSecret },
});

describePartySeals('memory', async () => {
  const vault = inMemoryPartyVault();
  return { vault, seals: inMemoryPartySeals(vault) };
});
describePartySeals('DynamoDB', async () => {
  const options = optionsOf(await dynamo().createTable('vault'));
  return { vault: dynamoPartyVault(options), seals: dynamoPartySeals(options) };
});

describe('seals under the keys of the vault', () => {
  let table: TestTable;
  let closed: Uint8Array;
  const both = ['pty_1', 'pty_2'];

  beforeEach(async () => {
    table = await dynamo().createTable('vault');
    await dynamoPartyVault(optionsOf(table)).put('pty_1', katrin);
    await dynamoPartyVault(optionsOf(table)).put('pty_2', daniel);
    closed = (await dynamoPartySeals(optionsOf(table)).of(both)).close('k', Buffer.from('words'));
  });

  it('are not given under another master secret, which nothing is told of', async () => {
    const other = dynamoPartySeals(optionsOf(table, `another-${secret}`));
    await expect(other.of(both)).rejects.toMatchObject({
      ...{ code: 'vault.unreadable_party', retryable: false },
    });
  });

  it.each(both)('open nothing more once the key of %s was destroyed', async (partyId) => {
    const item = (await scanItems(table)).find(({ pk }) => pk?.S === partyId);
    const { key: _, ...erased } = item ?? {};
    await putRaw(table, erased);
    await expect(dynamoPartySeals(optionsOf(table)).of(both)).rejects.toMatchObject({
      ...{ code: 'vault.party_missing', fields: { partyId } },
    });
    const left = both.filter((one) => one !== partyId);
    const seal = await dynamoPartySeals(optionsOf(table)).of(left);
    expect(seal.open('k', closed)).toBeUndefined();
  });
});
