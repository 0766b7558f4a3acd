import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { inMemoryBankAccountVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import { nameAccount } from '../../../src/process/name-account.ts';
import { endToEndIdFor } from '../../../src/settlement/bank-references.ts';
import { marketplaceId, sample } from '../../support/builders.ts';
import { settlementDesk } from '../settlement/desk.ts';

const payoutAccountId = 'bank_hanbit_optics';
const account = sample(BankAccount, 'marketplace/bank-account');
const another = { ...account, holderName: `${account.holderName} Two` };

async function setUp() {
  const desk = settlementDesk({ payoutAccountId });
  const vault = inMemoryBankAccountVault();
  let requests = 0;
  const name = async (named: BankAccount, bankAccounts = vault) => {
    requests += 1;
    const { sellers, now } = desk.ports;
    await nameAccount(
      { sellers, now, bankAccounts },
      { marketplaceId, payoutAccountId, requestId: `req_${requests}` },
      named,
    );
    await desk.takeAll();
  };
  const references = () =>
    desk.records
      .flatMap(({ events }) => events)
      .flatMap((event) =>
        event.type === 'PayoutAccountRegistered' ? [event.accountReference] : [],
      );
  return { desk, vault, name, references };
}

describe('A bank account that a seller names', () => {
  it('is in the vault under a reference of its own, which the seller has from then on', async () => {
    const { vault, name, references } = await setUp();
    await name(account);
    await name(another);
    const [first = '', second = ''] = references();
    expect(await vault.get(first)).toEqual(account);
    expect(await vault.get(second)).toEqual(another);
    expect(second).not.toBe(first);
  });

  it('and names again keeps its reference, whatever order its fields come in: nothing changes', async () => {
    const { desk, name, references } = await setUp();
    await name(account);
    const before = desk.records.length;
    await name(Object.fromEntries(Object.entries(account).toReversed()) as BankAccount);
    expect(references()).toHaveLength(1);
    expect(desk.records).toHaveLength(before);
  });

  it('is another one where the vault has the former no more, and none where it does not answer', async () => {
    const { vault, name, references } = await setUp();
    await name(account);
    await name(account, { ...vault, get: inMemoryBankAccountVault().get });
    expect(references()).toHaveLength(2);
    const get = async () => {
      throw new CodedError({ code: 'vault.down', message: 'No answer.', retryable: true });
    };
    await expect(name(account, { ...vault, get })).rejects.toMatchObject({ code: 'vault.down' });
    expect(references()).toHaveLength(2);
  });

  it('does not bring a payout that its bank refused to that very account once more', async () => {
    const { desk, name } = await setUp();
    await name(account);
    const payoutId = desk.release(1, 448_500n);
    await desk.takeAll();
    const batchId = desk.records
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === 'PayoutInstructionAdded' ? [event.batchId] : []));
    await desk.deadline('batch_cutoff', batchId[0] ?? '');
    await desk.consume({
      ...{ kind: 'bank_payout_outcome', version: 1, payoutId, messageId: 'statement#1' },
      endToEndId: endToEndIdFor(payoutId, 1),
      outcome: { kind: 'failed', code: 'AC01', bookedAt: desk.clock.at },
    });
    await desk.takeAll();
    desk.advance(86_400);
    await name(account);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    await name(another);
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'submitted', transferId: endToEndIdFor(payoutId, 2) },
    });
  });
});
