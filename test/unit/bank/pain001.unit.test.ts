import * as fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import {
  type CreditTransfer,
  type CreditTransferFile,
  creditTransferInitiation,
} from '../../../src/adapters/bank/pain001/pain001.ts';
import { type CurrencyCode, currencyCodes } from '../../../src/money/currency.ts';
import { toMajorString } from '../../../src/money/format.ts';
import { money, sum } from '../../../src/money/money.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { sample } from '../../support/builders.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const creditor = sample(BankAccount, 'marketplace/bank-account');
const payer = {
  ...{ holderName: 'Tradelane Sample Payments B.V.', bic: 'INGBNL2A', country: 'NL' },
  address: { street: 'Keizersgracht', buildingNumber: '1', town: 'Amsterdam', country: 'NL' },
  iban: 'NL91ABNA0417164300',
  chargeBearer: 'SHAR',
} as const;

const transfer = (
  changes: Partial<CreditTransfer> = {},
  payoutId = 'payout_1_delivery',
): CreditTransfer => ({
  endToEndId: endToEndIdFor(payoutId, 1),
  uetr: uetrFor(payoutId, 1),
  amount: money('KRW', 15_210_000n),
  creditor,
  remittance: 'Payout for trade trd-1',
  ...changes,
});

const fileOf = (...transfers: [CreditTransfer, ...CreditTransfer[]]): CreditTransferFile => ({
  messageId: 'BATCH-20260709-KRW-3T7VME0K5RW9-1',
  createdAt: '2026-07-09T09:22:03.000Z',
  executionDate: '2026-07-10',
  payer,
  transfers,
});

const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false },
  isArray: (name) => name === 'CdtTrfTxInf',
});
const read = (file: CreditTransferFile) =>
  parser.parse(creditTransferInitiation(file)).Document.CstmrCdtTrfInitn;

/** What the schema says against each of the files; needs the schema of ISO 20022. */
async function complaints(files: readonly CreditTransferFile[]): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: files.map((file, index) => ({
      fileName: `file-${index}.xml`,
      contents: creditTransferInitiation(file),
    })),
    schema: [readCorpus('recon', 'schemas', 'pain.001.001.09.xsd').toString('utf8')],
  });
  return errors.map(({ message }) => message);
}

describe('A file of credit transfers', () => {
  it('counts its payments and sums them, in the file and in its block', () => {
    const file = fileOf(transfer(), transfer({ amount: money('KRW', 1n) }, 'payout_2_delivery'));
    const { GrpHdr, PmtInf } = read(file);
    for (const block of [GrpHdr, PmtInf]) {
      expect(block).toMatchObject({ NbOfTxs: '2', CtrlSum: '15210001' });
    }
    expect(PmtInf).toMatchObject({
      PmtInfId: GrpHdr.MsgId,
      PmtMtd: 'TRF',
      ReqdExctnDt: { Dt: '2026-07-10' },
      ChrgBr: 'SHAR',
      DbtrAcct: { Id: { IBAN: 'NL91ABNA0417164300' } },
      DbtrAgt: { FinInstnId: { BICFI: 'INGBNL2A' } },
    });
  });

  it('names each payment for the bank and for the statement', () => {
    const [payment] = read(fileOf(transfer())).PmtInf.CdtTrfTxInf;
    expect(payment.PmtId).toEqual({
      InstrId: endToEndIdFor('payout_1_delivery', 1),
      EndToEndId: endToEndIdFor('payout_1_delivery', 1),
      UETR: uetrFor('payout_1_delivery', 1),
    });
  });

  it('has names and addresses in Latin letters, each part in its own element', () => {
    const [payment] = read(fileOf(transfer())).PmtInf.CdtTrfTxInf;
    expect(payment.Cdtr).toEqual({
      Nm: 'Hanbitgwanghak Jusikhoesa',
      PstlAdr: {
        ...{ StrtNm: 'Teheranro', BldgNb: '152', PstCd: '06236', TwnNm: 'Seoul', Ctry: 'KR' },
      },
    });
    expect(payment.CdtrAcct).toEqual({ Id: { Othr: { Id: '110234567890' } } });
  });

  it('takes the Latin name that the seller gave', () => {
    const named = { ...creditor, latinName: 'Hanbit Optics Co., Ltd.' };
    const [payment] = read(fileOf(transfer({ creditor: named }))).PmtInf.CdtTrfTxInf;
    expect(payment.Cdtr.Nm).toBe('Hanbit Optics Co., Ltd.');
  });

  it.each([
    { amount: money('KRW', 15_210_000n), text: '15210000' },
    { amount: money('JPY', 1n), text: '1' },
    { amount: money('EUR', 448_500n), text: '4485.00' },
    { amount: money('USD', 5n), text: '0.05' },
    { amount: money('KWD', 12_345n), text: '12.345' },
  ])('writes $text with the decimals of its currency', ({ amount, text }) => {
    const { GrpHdr, PmtInf } = read(fileOf(transfer({ amount })));
    expect(PmtInf.CdtTrfTxInf[0].Amt.InstdAmt).toEqual({ '@Ccy': amount.currency, '#text': text });
    expect(GrpHdr.CtrlSum).toBe(text);
  });

  it('is the same text each time', () => {
    const file = fileOf(transfer());
    expect(creditTransferInitiation(file)).toBe(creditTransferInitiation(file));
  });

  it('refuses payments of two currencies', () => {
    const other = transfer({ amount: money('USD', 1n) });
    expect(() => creditTransferInitiation(fileOf(transfer(), other))).toThrow();
  });
});

describe('A file whose payer leaves the charges to SEPA', () => {
  const sepa = { ...payer, chargeBearer: 'SLEV' as const };
  const { accountNumber: _, ...withoutNumber } = creditor;
  const ofIban = { ...withoutNumber, iban: 'DE89370400440532013000' };
  const inEuro = transfer({ amount: money('EUR', 5n), creditor: ofIban });

  it('asks for the SEPA service level for euros between IBANs', () => {
    expect(read({ ...fileOf(inEuro), payer: sepa }).PmtInf).toMatchObject({
      PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
      ChrgBr: 'SLEV',
    });
  });

  it.each([
    ['won', fileOf(transfer({ amount: money('KRW', 5n), creditor: ofIban }))],
    ['dollars', fileOf(transfer({ amount: money('USD', 5n), creditor: ofIban }))],
    ['euros to an account without an IBAN', fileOf(inEuro, { ...inEuro, creditor })],
  ])('shares them and names no service level for %s', (_what, file) => {
    const { PmtInf } = read({ ...file, payer: sepa });
    expect(PmtInf.ChrgBr).toBe('SHAR');
    expect(PmtInf).not.toHaveProperty('PmtTpInf');
  });

  it('shares them where the payer has no IBAN', () => {
    const { iban: __, ...rest } = sepa;
    const { PmtInf } = read({ ...fileOf(inEuro), payer: { ...rest, accountNumber: '1' } });
    expect(PmtInf.ChrgBr).toBe('SHAR');
    expect(PmtInf).not.toHaveProperty('PmtTpInf');
  });
});

const digitCurrencies = currencyCodes as readonly CurrencyCode[];

const accounts = fc
  .record({
    holderName: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 140 }),
    town: fc.constantFrom('Saint-Étienne', '서울', 'Αθήνα', 'München', '上海'),
    street: fc.option(fc.constantFrom('Lindenstraße', 'ул. Щорса', '테헤란로'), { nil: undefined }),
    iban: fc.constantFrom('DE89370400440532013000', undefined),
  })
  .map(
    ({ holderName, town, street, iban }): BankAccount => ({
      ...{ holderName: `A ${holderName}`, bic: 'DEUTDEFF500', country: 'DE' },
      address: { town, country: 'DE', ...(street === undefined ? {} : { street }) },
      ...(iban === undefined ? { accountNumber: '12-34/56' } : { iban }),
    }),
  );

const files = fc
  .record({
    currency: fc.constantFrom(...digitCurrencies),
    payments: fc.array(
      fc.record({ minor: fc.bigInt({ min: 1n, max: 10n ** 15n }), creditor: accounts }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ currency, payments }) => {
    const [first = transfer(), ...rest] = payments.map(({ minor, creditor: payee }, index) =>
      transfer({ amount: money(currency, minor), creditor: payee }, `payout_${index}`),
    );
    return fileOf(first, ...rest);
  });

describe('Any file', () => {
  it('sums to its payments, to the last minor unit', () => {
    fc.assert(
      fc.property(files, (file) => {
        const amounts = file.transfers.map(({ amount }) => amount);
        const total = sum(file.transfers[0].amount.currency, amounts);
        const { GrpHdr, PmtInf } = read(file);
        expect(GrpHdr.CtrlSum).toBe(toMajorString(total));
        expect(GrpHdr.NbOfTxs).toBe(String(PmtInf.CdtTrfTxInf.length));
      }),
    );
  });

  const schema = corpusDirectory() === undefined ? it.skip : it;
  schema(corpusTest('is what the schema of pain.001.001.09 asks for'), async () => {
    const many = fc.sample(files, { seed: 7, numRuns: 60 });
    expect(await complaints([fileOf(transfer()), ...many])).toEqual([]);
  });

  schema(corpusTest('is refused by the schema where it is not'), async () => {
    const file = fileOf(transfer({ uetr: 'not a UETR' }));
    expect((await complaints([file])).join()).toContain('UETR');
  });
});

describe('The references of a payment', () => {
  it('follow from its attempt, and differ with it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^payout_[0-9a-z]{26}_[a-z0-9-]{1,32}$/), (payoutId) => {
        const references = [1, 2].flatMap((attempt) => [
          endToEndIdFor(payoutId, attempt),
          uetrFor(payoutId, attempt),
        ]);
        expect(new Set(references).size).toBe(4);
        expect(endToEndIdFor(payoutId, 1)).toMatch(/^TL[0-9A-Z]{26}$/);
        expect(uetrFor(payoutId, 1)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});
