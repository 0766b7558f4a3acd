import { codesOf, lineAt, onlyStatement, readSample, readText, sampleBytes } from './reading.ts';

const sample = sampleBytes('camt053-two-accounts.xml').toString('utf8');

type Parts = {
  readonly balances?: string;
  readonly entries?: string;
  readonly account?: string;
};

const balance = (type: string, amount: string, currency = 'EUR', sign = 'CRDT'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2026-06-30</Dt></Dt></Bal>`;

const entry = (amount: string, { currency = 'EUR', sign = 'CRDT', more = '' } = {}): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>BOOK</Sts>${more}</Ntry>`;

const statement = ({ balances = '', entries = '', account }: Parts): string =>
  `<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct>${account ?? '<Id><IBAN>DE75512108001245126199</IBAN></Id><Ccy>EUR</Ccy>'}</Acct>${balances}${entries}</Stmt></BkToCstmrStmt></Document>`;

describe('A camt statement', () => {
  it('tells who paid, by what reference, and under which ids', () => {
    const line = lineAt(readSample('camt053-two-accounts.xml').statements[0], 0);
    expect(line).toMatchObject({
      bookingDate: '2026-06-30',
      valueDate: '2026-07-01',
      counterparty: {
        name: 'Beispiel & Söhne GmbH',
        account: 'DE02120300000000202051',
        bic: 'BYLADEM1001',
      },
      references: {
        endToEndId: 'ORDER-4711',
        uetr: '9f3c1d52-7a70-4f0e-8f0c-1f5a5b7e3c11',
        accountServicerReference: 'SVCR-0001',
      },
      remittance: { structured: ['RF18539007547034'] },
    });
  });

  it('keeps the payments of a batch as details of its one line', () => {
    const line = lineAt(readSample('camt053-two-accounts.xml').statements[0], 1);
    expect(line.references).toEqual({
      accountServicerReference: 'SVCR-0002',
      paymentInformationId: 'PAYOUT-BATCH-9',
    });
    expect(line.details.map((detail) => detail.references.endToEndId)).toEqual([
      'payout_a',
      'payout_b',
    ]);
  });

  it('takes the indicator for the direction of a reversal too', () => {
    const line = lineAt(readSample('camt053-two-accounts.xml').statements[0], 2);
    expect(line).toMatchObject({ direction: 'credit', reversal: true, returnReason: 'AC04' });
    expect(line.counterparty).toEqual({ name: 'Seller B' });
  });

  it('reads charges and exchange, and no reference where there is none', () => {
    const line = lineAt(readSample('camt053-two-accounts.xml').statements[0], 3);
    expect(line.references).toEqual({});
    expect(line.charges).toEqual([
      { amountMinor: '2000', currency: 'EUR', direction: 'debit', included: true },
    ]);
    expect(line.exchange).toEqual({
      sourceCurrency: 'EUR',
      targetCurrency: 'JPY',
      rate: '170.138',
      instructed: { amountMinor: '165000', currency: 'JPY' },
    });
  });

  it('never counts what is pending', () => {
    const lines = readSample('camt053-two-accounts.xml').statements[0]?.lines ?? [];
    expect(lines.map((line) => line.pending)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('A camt statement’s totals', () => {
  it('say by how much its lines miss the closing balance, and where', () => {
    const balances = balance('OPBD', '10.00') + balance('CLBD', '25.00');
    const reading = readText(statement({ balances, entries: entry('12.50') }));
    expect(onlyStatement(reading).problems).toEqual([
      expect.objectContaining({
        code: 'statement.total_mismatch',
        severity: 'warning',
        differenceMinor: '250',
        currency: 'EUR',
        at: { path: 'BkToCstmrStmt/Stmt[1]/Bal[2]' },
      }),
    ]);
  });

  it.each([
    ['only a closing balance', balance('CLBD', '12.50'), 'statement.opening_missing'],
    ['only an opening balance', balance('PRCD', '0'), 'statement.closing_missing'],
  ])('with %s is read and says that it proves nothing', (_, balances, code) => {
    const reading = readText(statement({ balances, entries: entry('12.50') }));
    expect(codesOf(reading)).toEqual([code]);
  });

  it.each([
    ['a currency that is none', entry('1.00', { currency: 'EUX' }), 'line.currency_unknown', 'Amt'],
    ['more decimals than its currency', entry('1.005'), 'line.amount_precision', 'Amt'],
    [
      'decimals of a currency without',
      entry('1.5', { currency: 'JPY' }),
      'line.amount_precision',
      'Amt',
    ],
    ['no number', entry('ten'), 'line.amount_invalid', 'Amt'],
    ['a sign of its own', entry('-1.00'), 'line.amount_invalid', 'Amt'],
    ['no direction', entry('1.00', { sign: '' }), 'line.direction_invalid', 'CdtDbtInd'],
  ])('refuses an entry with %s by its place and keeps the others', (_, bad, code, element) => {
    const balances = balance('OPBD', '0') + balance('CLBD', '7.00');
    const reading = readText(statement({ balances, entries: bad + entry('7.00') }));
    expect(onlyStatement(reading).lines.map((line) => line.amountMinor)).toEqual(['700']);
    expect(onlyStatement(reading).problems).toEqual([
      expect.objectContaining({
        code,
        severity: 'error',
        at: { path: `BkToCstmrStmt/Stmt[1]/Ntry[1]/${element}` },
      }),
    ]);
  });
});

describe('The entries of a camt statement', () => {
  it('in another currency than the account stay out of its total', () => {
    const balances = balance('OPBD', '0') + balance('CLBD', '7.00');
    const entries = entry('7.00') + entry('9.00', { currency: 'USD' });
    const reading = readText(statement({ balances, entries }));
    expect(codesOf(reading)).toEqual(['line.currency_differs']);
    expect(onlyStatement(reading).lines).toHaveLength(2);
  });

  it('may be identical, and are kept (P28)', () => {
    const entries = entry('5.00').repeat(3);
    const balances = balance('OPBD', '0') + balance('CLBD', '15');
    const reading = readText(statement({ balances, entries }));
    expect(codesOf(reading)).toEqual([]);
    expect(onlyStatement(reading).lines.map((line) => line.ordinal)).toEqual([1, 2, 3]);
  });

  it('tell by how much a batch misses them', () => {
    const more = `<NtryDtls>${['3.00', '4.50'].map((amount) => `<TxDtls><Amt Ccy="EUR">${amount}</Amt></TxDtls>`).join('')}</NtryDtls>`;
    const balances = balance('OPBD', '0') + balance('CLBD', '8.00');
    const reading = readText(statement({ balances, entries: entry('8.00', { more }) }));
    expect(onlyStatement(reading).problems).toEqual([
      expect.objectContaining({ code: 'line.batch_mismatch', differenceMinor: '50' }),
    ]);
  });

  it('are counted, and what the bank counted is compared', () => {
    const broken = sample.replace('<ns2:NbOfNtries>7<', '<ns2:NbOfNtries>8<');
    expect(codesOf(readText(broken))).toEqual(['statement.count_mismatch']);
  });
});

describe('XML that is no camt', () => {
  it.each([
    ['cut off', sample.slice(0, 4_000), 'xml.not_well_formed'],
    ['another message', '<Document><CstmrCdtTrfInitn/></Document>', 'xml.unknown_root'],
    ['without statements', '<Document><BkToCstmrStmt/></Document>', 'camt.no_statement'],
    ['with a document type', `<!DOCTYPE d [<!ENTITY e "x">]>${sample}`, 'xml.doctype_refused'],
  ])('%s is refused with a place, and is no empty statement (P28)', (_, text, code) => {
    const { statements, problems } = readText(text);
    expect(statements).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ code, at: expect.objectContaining({ line: expect.any(Number) }) }),
    ]);
  });

  it('names the message that it found', () => {
    const { problems } = readText('<Document><CstmrCdtTrfInitn/></Document>');
    expect(problems[0]?.detail).toContain('Document/CstmrCdtTrfInitn');
  });

  it('resolves the entities of XML and no others', () => {
    const account = '<Id><Othr><Id>&lt;&#65;&#x42;&bomb;&amp;</Id></Othr></Id>';
    const entries = entry('1.00');
    expect(onlyStatement(readText(statement({ account, entries }))).account.id).toBe('<AB&bomb;&');
  });
});
