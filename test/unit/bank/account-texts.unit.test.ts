import * as fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import * as z from 'zod/mini';
import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { bankAccountOffenses } from '../../../src/adapters/bank/account-rules.ts';
import { bankTextOf } from '../../../src/adapters/bank/latin/latin.ts';
import {
  type CreditTransfer,
  creditTransferInitiation,
} from '../../../src/adapters/bank/pain001/pain001.ts';
import { money } from '../../../src/money/money.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { sample } from '../../support/builders.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const account = sample(BankAccount, 'marketplace/bank-account');
const { accountNumber: _, ...withoutNumber } = account;

const offensesOf = (changes: Partial<BankAccount>) =>
  bankAccountOffenses({ ...account, ...changes }).map(({ pointer, code }) => `${pointer} ${code}`);
const ofAddress = (changes: Partial<BankAccount['address']>) =>
  offensesOf({ address: { ...account.address, ...changes } });

describe('What the bank reads of an account', () => {
  it.each(['Ъ', '/', '★★★', '\u0301\u0301', '\u200b', '...', 'ьъ'])(
    'is no name where it is %j, which leaves no letter and no digit',
    (holderName) => {
      expect(offensesOf({ holderName })).toEqual(['/latinName latin_name_required']);
    },
  );

  it.each([' ', '//', "-'."])('is no Latin name where it is %j', (latinName) => {
    expect(offensesOf({ latinName })).toEqual(['/latinName no_letter_or_digit']);
  });

  it.each(['street', 'buildingNumber', 'postalCode', 'town', 'region'] as const)(
    'has a letter or a digit in the address’s %s',
    (field) => {
      for (const text of ['/', 'ъ', '★', '-']) {
        expect(ofAddress({ [field]: text })).toEqual([`/address/${field} no_letter_or_digit`]);
      }
    },
  );

  it.each(['//', "''", '-'])('is no account number where it is %j', (accountNumber) => {
    expect(offensesOf({ accountNumber })).toEqual(['/accountNumber no_letter_or_digit']);
  });
});

describe('Ideographs that are not read as Chinese', () => {
  it.each<[string, Partial<BankAccount>]>([
    ['of an account in Japan', { country: 'JP', holderName: '田中太郎' }],
    ['of an account in Korea', { holderName: '金哲秀' }],
    ['of a holder in Japan', { ...inUs(), address: { ...account.address, country: 'JP' } }],
    ['beside kana', { ...inUs(), holderName: '田中かな' }],
    ['beside Hangul', { ...inUs(), holderName: '金철수' }],
  ])('are refused in a name %s, whose Latin form is required', (_what, changes) => {
    expect(offensesOf({ holderName: '田中太郎', ...changes })).toEqual([
      '/latinName latin_name_required',
    ]);
    expect(offensesOf({ holderName: '田中太郎', ...changes, latinName: 'TANAKA TARO' })).toEqual(
      [],
    );
  });

  it('are refused in an address of such an account', () => {
    expect(ofAddress({ town: '京都市', street: '烏丸通' })).toEqual([
      '/address/street not_latin',
      '/address/town not_latin',
    ]);
  });

  it('are Chinese elsewhere', () => {
    expect(offensesOf({ ...inUs(), holderName: '北京科技有限公司' })).toEqual([]);
  });
});

function inUs(): Pick<BankAccount, 'country' | 'address' | 'holderName'> {
  return {
    ...{ country: 'US', holderName: '田中太郎' },
    address: { town: 'San Jose', country: 'US' },
  };
}

describe('A text that is longer in Latin letters than the bank’s field', () => {
  it.each([
    ['buildingNumber', '강남타워 101동 1502호', 'Gangnamtawo 101dong 1502ho', 16],
    ['postalCode', '강남구역삼동테헤란로', 'Gangnamguyeoksamdongteheranro', 16],
    ['town', 'ЩЩЩЩЩЩЩЩЩЩ', 'SHCHSHCHSHCHSHCHSHCHSHCHSHCHSHCHSHCHSHCH', 35],
    ['region', '광'.repeat(10), `G${'gwang'.repeat(10).slice(1)}`, 35],
    ['street', 'щ'.repeat(18), 'shch'.repeat(18), 70],
  ] as const)('is refused as %s, and both lengths are told', (field, text, latin, limit) => {
    const changed = { ...account, address: { ...account.address, [field]: text } };
    expect(bankTextOf(text)).toBe(latin);
    expect(bankAccountOffenses(changed)).toEqual([
      {
        ...{ pointer: `/address/${field}`, code: 'too_long' },
        detail: `In Latin letters this is ${latin.length} characters long; a bank takes ${limit}.`,
      },
    ]);
  });

  it('is refused as a name, and one that just fits is not', () => {
    expect(bankAccountOffenses({ ...account, holderName: '광'.repeat(29) })).toEqual([
      {
        ...{ pointer: '/holderName', code: 'too_long' },
        detail: 'In Latin letters this is 145 characters long; a bank takes 140. Give latinName.',
      },
    ]);
    expect(offensesOf({ holderName: '광'.repeat(28) })).toEqual([]);
    expect(offensesOf({ holderName: '광'.repeat(29), latinName: 'Gwang' })).toEqual([]);
  });
});

/** Letters of many scripts, signs that leave nothing, and what a keyboard has. */
const units = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ019 /-?:().,\'+&@"') },
  { weight: 3, arbitrary: fc.constantFrom(...'éßŁщЪьψÆ한빛광北京٣๓５½★\u0301\u200b\t\u3000') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);
const texts = (maxLength: number) => fc.string({ unit: units, minLength: 1, maxLength });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const passing = fc
  .record({
    holderName: texts(12),
    latinName: maybe(texts(4)),
    address: fc.record({
      ...{ street: maybe(texts(5)), buildingNumber: maybe(texts(3)), postalCode: maybe(texts(3)) },
      ...{ town: texts(5), region: maybe(texts(4)), country: fc.constantFrom('KR', 'CN', 'US') },
    }),
    account: fc.oneof(
      fc.constant({ iban: 'DE89370400440532013000' }),
      texts(6).map((accountNumber) => ({ accountNumber })),
    ),
    country: fc.constantFrom('KR', 'JP', 'CN', 'US'),
  })
  .map(({ account: number, ...rest }) =>
    z.safeParse(BankAccount, JSON.parse(JSON.stringify({ ...rest, ...number, bic: 'SHBKKRSE' }))),
  )
  .filter(({ success, data }) => success && bankAccountOffenses(data).length === 0)
  .map(({ data }) => data as BankAccount);

const payer = { ...withoutNumber, iban: 'NL91ABNA0417164300', chargeBearer: 'SHAR' } as const;
const paymentTo = (creditor: BankAccount, index = 0): CreditTransfer => ({
  ...{ endToEndId: endToEndIdFor('p', index), uetr: uetrFor('p', index), creditor },
  ...{ amount: money('KRW', 1n), remittance: 'Payout for trade trd-1' },
});
const fileTo = (...creditors: readonly BankAccount[]): string => {
  const [first = paymentTo(account), ...rest] = creditors.map(paymentTo);
  return creditTransferInitiation({
    ...{ messageId: 'BATCH-1', createdAt: '2026-07-09T09:22:03.000Z', payer },
    ...{ executionDate: '2026-07-10', transfers: [first, ...rest] },
  });
};

const ELEMENTS = [
  ['street', 'StrtNm'],
  ['buildingNumber', 'BldgNb'],
  ['postalCode', 'PstCd'],
  ['town', 'TwnNm'],
  ['region', 'CtrySubDvsn'],
] as const;

describe('Any account that passes the rules', () => {
  const parser = new XMLParser({ parseTagValue: false });

  it('is paid under a name and an address that somebody can read, and nothing of them is cut', () => {
    fc.assert(
      fc.property(passing, (creditor) => {
        const { Cdtr, CdtrAcct } = parser.parse(fileTo(creditor)).Document.CstmrCdtTrfInitn.PmtInf
          .CdtTrfTxInf;
        expect(Cdtr.Nm).toMatch(/[A-Za-z0-9]/);
        expect(Cdtr.Nm).toHaveLength(bankTextOf(creditor.latinName ?? creditor.holderName).length);
        for (const [field, element] of ELEMENTS) {
          const given = creditor.address[field];
          if (given === undefined) continue;
          expect(Cdtr.PstlAdr[element]).toMatch(/[A-Za-z0-9]/);
          expect(Cdtr.PstlAdr[element]).toHaveLength(bankTextOf(given).length);
        }
        expect(CdtrAcct.Id.IBAN ?? CdtrAcct.Id.Othr.Id).toMatch(/[A-Za-z0-9]/);
      }),
    );
  });

  const schema = corpusDirectory() === undefined ? it.skip : it;
  schema(corpusTest('makes a file that the schema of pain.001.001.09 takes'), async () => {
    const files = fc.sample(fc.array(passing, { minLength: 1, maxLength: 5 }), 40);
    const { errors } = await validateXML({
      xml: files.map((creditors, index) => ({
        ...{ fileName: `${index}.xml`, contents: fileTo(...creditors) },
      })),
      schema: [readCorpus('recon', 'schemas', 'pain.001.001.09.xsd').toString('utf8')],
    });
    expect(errors.map(({ message }) => message)).toEqual([]);
  });
});
