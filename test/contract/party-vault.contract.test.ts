import { dynamoPartyVault } from '../../src/adapters/dynamodb/party-vault.ts';
import type { Item } from '../../src/adapters/dynamodb/record-item.ts';
import { inMemoryPartyVault } from '../../src/adapters/in-memory/party-vault.ts';
import { daniel, describePartyVault, katrin } from '../support/describe-party-vault.ts';
import { putRaw, scanItems, type TestTable, textOf, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();
const secret = 'a-master-secret-of-forty-three-characters-000';
const vaultOn = (table: TestTable, masterSecret = secret) =>
  dynamoPartyVault({ ...table, masterSecret: async () => masterSecret });

describePartyVault('memory', async () => inMemoryPartyVault());
describePartyVault('DynamoDB', async () => vaultOn(await dynamo().createTable('vault')));

/** Every word of a profile that could name its person. */
const wordsOf = (profile: object): readonly string[] =>
  Object.values(profile)
    .flatMap((value) => (typeof value === 'object' ? wordsOf(value) : String(value).split(/\W+/)))
    .filter((word) => word.length > 3);

describe('what the vault table holds', () => {
  let table: TestTable;
  beforeEach(async () => {
    table = await dynamo().createTable('vault');
    await vaultOn(table).put('pty_1', katrin);
  });

  const storedItem = async (partyId = 'pty_1'): Promise<Item> => {
    const item = (await scanItems(table)).find(({ pk }) => pk?.S === partyId);
    if (item === undefined) throw new Error(`${partyId} is not stored.`);
    return item;
  };

  const unreadable = { code: 'vault.unreadable_party', retryable: false };

  it('is no word of the profile', async () => {
    const text = textOf(await scanItems(table));
    expect(wordsOf(katrin).filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain(Buffer.from(katrin.name).toString('base64').slice(0, 12));
  });

  it('differs each time, though the profile is the same', async () => {
    await vaultOn(table).put('pty_2', katrin);
    const [one, other] = [await storedItem('pty_1'), await storedItem('pty_2')];
    expect(one['key']).not.toEqual(other['key']);
    expect(one['profile']).not.toEqual(other['profile']);
  });

  it('opens under its own master secret only', async () => {
    const other = vaultOn(table, 'another-master-secret-of-forty-three-characters');
    await expect(other.get('pty_1')).rejects.toMatchObject(unreadable);
    expect(await vaultOn(table).get('pty_1')).toEqual(katrin);
  });

  it.each(['key', 'profile'])('opens no more once a bit of its %s is changed', async (name) => {
    const item = await storedItem();
    for (const at of [0, 12, 28, -1]) {
      const bytes = Buffer.from(item[name]?.B ?? []);
      const index = at < 0 ? bytes.length + at : at;
      bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      await putRaw(table, { ...item, [name]: { B: bytes } });
      await expect(vaultOn(table).get('pty_1')).rejects.toMatchObject(unreadable);
    }
  });

  it.each(['key', 'profile'])('opens no more once its %s is cut short', async (name) => {
    const item = await storedItem();
    for (const length of [1, 12, 20, 28]) {
      const B = Buffer.from(item[name]?.B ?? []).subarray(0, length);
      await putRaw(table, { ...item, [name]: { B } });
      await expect(vaultOn(table).get('pty_1')).rejects.toMatchObject(unreadable);
    }
  });

  it('opens under its own id only: nobody is shown as somebody else', async () => {
    await putRaw(table, { ...(await storedItem()), pk: { S: 'pty_2' } });
    await expect(vaultOn(table).get('pty_2')).rejects.toMatchObject(unreadable);
  });

  it('says nothing of the person where it does not open', async () => {
    const wrong = vaultOn(table, 'another-master-secret-of-forty-three-characters');
    const error = (await wrong.get('pty_1').catch((thrown: unknown) => thrown)) as Error;
    const text = `${error.message} ${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`;
    expect(wordsOf(katrin).filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain('another-master-secret');
  });

  it('is erased with its key: the party is missing, and stays missing when put again', async () => {
    const { key: _, ...shredded } = await storedItem();
    await putRaw(table, shredded);
    const missing = { code: 'vault.party_missing', retryable: false };
    await expect(vaultOn(table).get('pty_1')).rejects.toMatchObject(missing);
    await vaultOn(table).put('pty_1', daniel);
    await expect(vaultOn(table).get('pty_1')).rejects.toMatchObject(missing);
  });
});
