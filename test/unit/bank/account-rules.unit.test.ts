import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { bankAccountOffenses } from '../../../src/adapters/bank/account-rules.ts';
import { Debtor } from '../../../src/adapters/bank/debtor.ts';
import { isIban } from '../../../src/adapters/bank/iban.ts';
import { batchFile } from '../../../src/adapters/bank/pain001/batch-file.ts';
import { money } from '../../../src/money/money.ts';
import { endToEndIdFor, messageIdOf, uetrFor } from '../../../src/settlement/bank-references.ts';
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

describe('The file of a closed batch', () => {
  it('names the batch, and pays the accounts that it refers to', async () => {
    const batchId = 'batch_20260709_krw_3t7vme0k5rw9_1';
    const instruction = {
      ...{ payoutId: 'payout_1_delivery', tradeId: 'trd_1', attempt: 1 },
      endToEndId: endToEndIdFor('payout_1_delivery', 1),
      uetr: uetrFor('payout_1_delivery', 1),
      ...{ accountReference: 'bka_1', amount: money('KRW', 15_210_000n) },
      addedAt: '2026-07-09T08:22:03.000Z',
    };
    const text = await batchFile(
      {
        ...{ status: 'closed', batchId, closesAt: '2026-07-09T09:22:03.000Z' },
        ...{ closedAt: '2026-07-09T09:22:04.000Z', executionDate: '2026-07-10' },
        instructions: [instruction],
      },
      {
        payer: Debtor.parse({ ...withoutNumber, iban }),
        account: async (reference) => ({ ...account, accountNumber: `of-${reference}` }),
      },
    );
    expect(messageIdOf(batchId)).toBe('BATCH-20260709-KRW-3T7VME0K5RW9-1');
    expect(text).toContain('<MsgId>BATCH-20260709-KRW-3T7VME0K5RW9-1</MsgId>');
    expect(text).toContain('<CreDtTm>2026-07-09T09:22:04.000Z</CreDtTm>');
    expect(text).toContain('<Id>of-bka_1</Id>');
    expect(text).toContain('<Ustrd>Payout for trade trd-1</Ustrd>');
    expect(text).toContain('<ChrgBr>SHAR</ChrgBr>');
  });
});
