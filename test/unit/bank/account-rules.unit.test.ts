import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { bankAccountOffenses } from '../../../src/adapters/bank/account-rules.ts';
import { Debtor } from '../../../src/adapters/bank/debtor.ts';
import { isIban } from '../../../src/adapters/bank/iban.ts';
import { batchFile } from '../../../src/adapters/bank/pain001/batch-file.ts';
import { money } from '../../../src/money/money.ts';
import { endToEndIdFor, messageIdOf, uetrFor } from '../../../src/settlement/bank-references.ts';
import type { Instruction } from '../../../src/settlement/batch.ts';
import { sample } from '../../support/builders.ts';

const account = sample(BankAccount, 'marketplace/bank-account');
const { accountNumber: _, ...withoutNumber } = account;
const iban = 'NL91ABNA0417164300';

const offensesOf = (changed: BankAccount) =>
  bankAccountOffenses(changed).map(({ pointer, code }) => `${pointer} ${code}`);

describe('An IBAN', () => {
  it.each([iban, 'DE89370400440532013000', 'GB29NWBK60161331926819'])('%s is one', (text) => {
    expect(isIban(text)).toBe(true);
  });

  it.each(['NL91ABNA0417164301', 'NL91 ABNA 0417 1643 00', 'nl91abna0417164300', '', 'NL91'])(
    '"%s" is none',
    (text) => {
      expect(isIban(text)).toBe(false);
    },
  );
});

describe('A bank account', () => {
  it('that banks take has nothing against it', () => {
    expect(offensesOf(account)).toEqual([]);
    expect(offensesOf({ ...withoutNumber, iban })).toEqual([]);
  });

  it('names every field that no bank takes', () => {
    expect(offensesOf(withoutNumber)).toEqual(['/iban one_of_two']);
    expect(offensesOf({ ...account, iban })).toEqual(['/iban one_of_two']);
    expect(
      offensesOf({
        ...{ ...withoutNumber, iban: 'NL91ABNA0417164301', holderName: 'カタカナ' },
        address: { ...account.address, town: 'กรุงเทพ' },
      }),
    ).toEqual(['/iban check_digits', '/latinName latin_name_required', '/address/town not_latin']);
  });

  it('of a name without a rule is taken with its Latin name', () => {
    expect(offensesOf({ ...account, holderName: 'カタカナ', latinName: 'Katakana KK' })).toEqual(
      [],
    );
  });
});

const batchId = 'batch_20260709_krw_3t7vme0k5rw9_1';
const payer = Debtor.parse({ ...withoutNumber, iban });
const instructionOf = (number: number) => ({
  ...{ payoutId: `payout_${number}_delivery`, tradeId: `trd_${number}`, attempt: 1 },
  endToEndId: endToEndIdFor(`payout_${number}_delivery`, 1),
  uetr: uetrFor(`payout_${number}_delivery`, 1),
  ...{ accountReference: `bka_${number}`, amount: money('KRW', 15_210_000n) },
  addedAt: '2026-07-09T08:22:03.000Z',
});
const batchOf = (...numbers: [number, ...number[]]) => ({
  ...{ status: 'closed' as const, batchId, closesAt: '2026-07-09T09:22:03.000Z' },
  ...{ closedAt: '2026-07-09T09:22:04.000Z', executionDate: '2026-07-10' },
  instructions: numbers.map(instructionOf) as [Instruction, ...Instruction[]],
});
/** Accounts 2, 3 and 4 were registered when the rules were fewer. */
const old: Readonly<Record<string, BankAccount>> = {
  bka_2: { ...account, latinName: ' ' },
  bka_3: { ...account, address: { ...account.address, town: '/' } },
  bka_4: { ...account, holderName: 'Ъ', accountNumber: '//' },
};
const dropped: ReadonlySet<string> = new Set();
const accountOf = async (reference: string) => old[reference] ?? account;

describe('The file of a closed batch', () => {
  it('names the batch, and pays the accounts that it refers to', async () => {
    const file = await batchFile(batchOf(1), {
      ...{ payer, dropped },
      account: async (reference) => ({ ...account, accountNumber: `of-${reference}` }),
    });
    expect(messageIdOf(batchId)).toBe('BATCH-20260709-KRW-3T7VME0K5RW9-1');
    const text = file.kind === 'written' ? file.text : '';
    expect(text).toContain('<MsgId>BATCH-20260709-KRW-3T7VME0K5RW9-1</MsgId>');
    expect(text).toContain('<CreDtTm>2026-07-09T09:22:04.000Z</CreDtTm>');
    expect(text).toContain('<Id>of-bka_1</Id>');
    expect(text).toContain('<Ustrd>Payout for trade trd-1</Ustrd>');
    expect(text).toContain('<ChrgBr>SHAR</ChrgBr>');
  });
});

describe('The file of a batch with accounts that no payment can be written to', () => {
  it('is refused with the payouts whose accounts would leave an element empty', async () => {
    const file = await batchFile(batchOf(1, 2, 3, 4), { payer, dropped, account: accountOf });
    const detailOf = (payoutId: string, fields: string) =>
      `${payoutId}: its account has nothing that a bank reads at ${fields}.`;
    const errors = [
      { pointer: '/payments/1', detail: detailOf('payout_2_delivery', '/holderName') },
      { pointer: '/payments/2', detail: detailOf('payout_3_delivery', '/address/town') },
      {
        pointer: '/payments/3',
        detail: detailOf('payout_4_delivery', '/holderName, /accountNumber'),
      },
    ].map((error) => ({ ...error, code: 'account_unwritable' }));
    expect(file).toEqual({
      ...{ kind: 'refused', code: 'batch.account_unwritable', errors },
      detail: `No file can be written with these payments. ${errors.map(({ detail }) => detail).join(' ')}`,
    });
  });

  it('leaves exactly those payments out where that is asked for', async () => {
    const sources = { payer, dropped, account: accountOf, withoutUnwritable: true };
    const without = await batchFile(batchOf(1, 2, 3, 4, 5), sources);
    expect(without).toEqual(await batchFile(batchOf(1, 5), { payer, dropped, account: accountOf }));
    expect(without).toMatchObject({ kind: 'written' });
  });

  it('is refused where nothing would be left', async () => {
    const sources = { payer, dropped, account: accountOf, withoutUnwritable: true };
    expect(await batchFile(batchOf(2), sources)).toMatchObject({ kind: 'refused' });
  });
});

describe('The file of a batch of which payments are paid otherwise', () => {
  const without = (...numbers: readonly number[]) => ({
    payer,
    dropped: new Set(numbers.map((number) => instructionOf(number).endToEndId)),
  });
  const kept = { payer, dropped, account: accountOf };

  it('holds, counts and adds up the others alone', async () => {
    const file = await batchFile(batchOf(1, 5, 6), { ...kept, ...without(5) });
    expect(file).toEqual(await batchFile(batchOf(1, 6), kept));
    const text = file.kind === 'written' ? file.text : '';
    expect(text).not.toContain(instructionOf(5).endToEndId);
    expect(text.match(/<NbOfTxs>2<.NbOfTxs>/g)).toHaveLength(2);
    expect(text.match(/<CtrlSum>30420000<.CtrlSum>/g)).toHaveLength(2);
  });

  it('asks for none of their accounts, and counts what can not be written by its place', async () => {
    const asked: string[] = [];
    const account = async (reference: string) => {
      asked.push(reference);
      return accountOf(reference);
    };
    const file = await batchFile(batchOf(2, 1, 3), { ...without(2), account });
    expect(file).toMatchObject({ kind: 'refused', errors: [{ pointer: '/payments/2' }] });
    expect(asked).toEqual(['bka_1', 'bka_3']);
  });

  it('is none where nothing is left', async () => {
    const file = await batchFile(batchOf(1, 2), { ...kept, ...without(1, 2) });
    expect(file).toMatchObject({ kind: 'refused', code: 'batch.nothing_left' });
  });
});
