import { codesOf, lineAt, movementsOf, onlyStatement, readSample, readText } from './reading.ts';

const message = (...fields: readonly string[]): string =>
  [':20:T1', ':25:DE75512108001245126199', ':28C:1/1', ...fields, '-'].join('\n');

const line = (field61: string, ...more: readonly string[]) =>
  lineAt(onlyStatement(readText(message(':60F:C260101EUR0,', `:61:${field61}`, ...more))), 0);

describe('Field 61', () => {
  it.each([
    ['a credit', '2601020102C1,NTRFNONREF', '100 credit'],
    ['a debit with a funds code', '2601020102DR2,5NTRFNONREF', '250 debit'],
    ['a credit whose funds code is R', '2601020102CR3,NTRFNONREF', '300 credit'],
    ['a reversed credit', '2601020102RC4,NTRFNONREF', '400 debit'],
    ['a reversed debit with a funds code', '2601020102RDR5,NTRFNONREF', '500 credit'],
    ['an amount with leading zeros', '260102D000000000025,00N102EREF', '2500 debit'],
    ['an amount that begins with its comma', '260102D,5N102EREF', '50 debit'],
    ['an amount in groups', '260102D1.234,50NTRFNONREF', '123450 debit'],
    ['a blank before the type', '2601020102D12,35 NRTIKREF+', '1235 debit'],
    ['a reversed credit with a funds code', '0709040904RCR204,88NRTINONREF', '20488 debit'],
    ['blanks for the entry date', '200101    D65,00NOVBREF', '6500 debit'],
    ['a padded type', '1710111011DF2402,00S   X', '240200 debit'],
    ['years in full', '20260102C5,NTRF', '500 credit'],
    ['no entry date and no reference', '260102CM20000,00S051', '2000000 credit'],
  ])('reads %s', (_, text, expected) => {
    const statement = onlyStatement(readText(message(':60F:C260101EUR0,', `:61:${text}`)));
    expect(movementsOf(statement)).toEqual([expected]);
  });

  it.each([
    ['2512310102C1,NTRF', '2026-01-02', '2025-12-31'],
    ['2601021231C1,NTRF', '2025-12-31', '2026-01-02'],
    ['240228C1,NTRF', '2024-02-28', '2024-02-28'],
    ['2402280229C1,NTRF', '2024-02-29', '2024-02-28'],
  ])('%s is booked on %s, with value on %s', (text, bookingDate, valueDate) => {
    expect(line(text)).toMatchObject({ bookingDate, valueDate });
  });

  it('tells the customer’s and the bank’s reference apart', () => {
    const read = line('2601020102C1,NTRFPAYOUT-1//BANK-2', 'supplementary');
    expect(read).toMatchObject({
      transactionCode: 'NTRF',
      references: { customerReference: 'PAYOUT-1', accountServicerReference: 'BANK-2' },
      description: 'supplementary',
    });
  });

  it('reads the original amount and the charges', () => {
    const read = line('2601020102D12,35NRTINONREF', '/OCMT/EUR11,85//CHGS/EUR0,50/');
    expect(read.exchange?.instructed).toEqual({ amountMinor: '1185', currency: 'EUR' });
    expect(read.charges).toMatchObject([{ amountMinor: '50', currency: 'EUR' }]);
  });

  it('that can’t be read is an error with its line, and the others come through', () => {
    const reading = readText(
      message(':60F:C260101EUR0,', ':61:garbage', ':61:260102C1,NTRF', ':62F:C260102EUR1,'),
    );
    expect(movementsOf(onlyStatement(reading))).toEqual(['100 credit']);
    expect(onlyStatement(reading).problems).toEqual([
      expect.objectContaining({
        code: 'line.not_readable',
        severity: 'error',
        at: { line: 5, path: ':61:' },
      }),
    ]);
  });
});

describe('Field 86', () => {
  it('is joined where lines were broken in the middle of a subfield', () => {
    const read = lineAt(readSample('mt940-envelope.sta').statements[0], 0);
    expect(read).toMatchObject({
      references: { endToEndId: 'ORDER-4711' },
      counterparty: {
        name: 'Beispiel GmbH',
        account: 'DE02120300000000202051',
        bic: 'BYLADEM1001',
      },
      remittance: { unstructured: ['Order 4711 paid by Beispiel GmbH'] },
    });
  });

  it('is read in its slashed form', () => {
    const read = line(
      '260102C1,NTRF',
      ':86:/TRTP/SEPA/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Buyer/REMI/Order 1/EREF/E-1',
    );
    expect(read).toMatchObject({
      references: { endToEndId: 'E-1' },
      counterparty: { name: 'Buyer', account: 'NL91ABNA0417164300', bic: 'ABNANL2A' },
      remittance: { unstructured: ['Order 1'] },
    });
  });

  it('tells the kind of remittance apart', () => {
    const text = ':86:/EREF/E-1//CNTP/NL68RABO0106200123/RABONL2U/Buyer BV///REMI/USTD//Order 1/';
    expect(line('260102C1,NTRF', text)).toMatchObject({
      references: { endToEndId: 'E-1' },
      counterparty: { name: 'Buyer BV', account: 'NL68RABO0106200123', bic: 'RABONL2U' },
      remittance: { unstructured: ['Order 1'] },
    });
  });

  it('keeps the bank’s own message out of a reference', () => {
    const read = line('260102C1,NTRF', ':86:159?20EREF+E-1?21MTLG:Konto gesperrt?34903');
    expect(read).toMatchObject({
      references: { endToEndId: 'E-1' },
      remittance: { unstructured: ['Konto gesperrt'] },
      returnReason: '903',
    });
  });

  it('finds creditor references in the purpose', () => {
    const read = line('260102C1,NTRF', ':86:166?20SVWZ+RF18539007547034');
    expect(read.remittance.structured).toEqual(['RF18539007547034']);
  });

  it('of the statement belongs to no line', () => {
    const text = message(
      ':60F:C260101EUR0,',
      ':61:260102C1,NTRF',
      ':62F:C260102EUR1,',
      ':86:total',
    );
    expect(lineAt(onlyStatement(readText(text)), 0).remittance.unstructured).toEqual([]);
  });
});

describe('An MT940', () => {
  it('may hold several messages, enveloped or not', () => {
    expect(readSample('mt940-envelope.sta').statements.map(({ sequence }) => sequence)).toEqual([
      '1/1',
      '2/1',
    ]);
    const bare = message(':60F:C260101EUR0,', ':62F:C260102EUR0,');
    expect(readText(`${bare}\n${bare}`).statements).toHaveLength(2);
    expect(
      readText(bare.replace('\n-', '').repeat(2).replace('0,:20', '0,\n:20')).statements,
    ).toHaveLength(2);
  });

  it('says by how much its lines miss the closing balance, and on which line', () => {
    const reading = readText(
      message(':60F:D260101EUR5,', ':61:260102C7,NTRF', ':62F:C260102EUR3,'),
    );
    expect(onlyStatement(reading).problems).toEqual([
      expect.objectContaining({
        code: 'statement.total_mismatch',
        differenceMinor: '100',
        at: { line: 6, path: ':62F:' },
      }),
    ]);
  });

  it('that is cut off within its envelope is an error', () => {
    const whole =
      '{1:F01X}{2:I940X}{4:\n:20:1\n:25:2\n:60F:C260101EUR0,\n:61:260102C7,NTRF\n:62F:C260102EUR7,\n-}';
    expect(codesOf(readText(whole))).toEqual([]);
    expect(codesOf(readText(whole.slice(0, whole.indexOf(':62F'))))).toEqual([
      'statement.closing_missing',
      'mt940.truncated',
    ]);
  });

  it('in a currency that is none is an error', () => {
    const reading = readText(
      message(':60F:C260101ABC0,', ':61:260102C7,NTRF', ':62F:C260102ABC7,'),
    );
    expect(codesOf(reading)).toContain('line.currency_unknown');
  });

  it.each([
    ['JPY', '7', '7,'],
    ['KWD', '7125', '7,125'],
  ])('in %s has its decimals', (currency, minor, amount) => {
    const text = message(
      `:60F:C260101${currency}0,`,
      `:61:260102C${amount}NTRF`,
      `:62F:C260102${currency}${amount}`,
    );
    expect(codesOf(readText(text))).toEqual([]);
    expect(movementsOf(onlyStatement(readText(text)))).toEqual([`${minor} credit`]);
  });
});

describe('An MT942', () => {
  it('counts and sums its lines, and tells what is only expected', () => {
    const statement = onlyStatement(readSample('mt942-interim.sta'));
    expect(statement).toMatchObject({ format: 'MT942', kind: 'intraday' });
    expect(statement.lines.map((read) => read.pending)).toEqual([false, false, true]);
  });

  it('says by how much its totals are wrong', () => {
    const text = message(':34F:EUR0,', ':13D:2606301530+0200', ':61:260630D1,NTRF', ':90D:2EUR3,');
    expect(onlyStatement(readText(text)).problems).toEqual([
      expect.objectContaining({ code: 'statement.count_mismatch' }),
      expect.objectContaining({ code: 'statement.sum_mismatch', differenceMinor: '200' }),
    ]);
  });
});
