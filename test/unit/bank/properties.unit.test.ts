import fc from 'fast-check';
import { BankStatement } from '../../../events/bank/bank-statement.v1.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { problemsOf } from '../../../src/adapters/bank/reading.ts';
import { signed } from '../../../src/adapters/bank/totals.ts';
import { readText, sampleBytes, sampleNames } from './reading.ts';

const digits = { EUR: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof digits;

const currencies = fc.constantFrom<Currency>('EUR', 'JPY', 'KWD');
const minors = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const books = fc.record({
  currency: currencies,
  opening: minors,
  movements: fc.array(minors, { maxLength: 20 }),
});
type Books = {
  currency: Currency;
  opening: bigint;
  movements: bigint[];
  closing?: bigint;
};

const absolute = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

const decimal = (minor: bigint, currency: Currency, mark: string): string => {
  const places = digits[currency];
  const text = absolute(minor)
    .toString()
    .padStart(places + 1, '0');
  const end = text.length - places;
  return places === 0 ? text : `${text.slice(0, end)}${mark}${text.slice(end)}`;
};

const closingOf = ({ opening, movements, closing }: Books): bigint =>
  closing ?? movements.reduce((sum, minor) => sum + minor, opening);

const writers: Readonly<Record<string, (books: Books) => string>> = {
  camt: (given) => {
    const amount = (minor: bigint) =>
      `<Amt Ccy="${given.currency}">${decimal(minor, given.currency, '.')}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
    const balance = (type: string, minor: bigint) =>
      `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${amount(minor)}</Bal>`;
    const entries = given.movements.map((minor) => `<Ntry>${amount(minor)}<Sts>BOOK</Sts></Ntry>`);
    return `<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>X</IBAN></Id></Acct>${balance('OPBD', given.opening)}${balance('CLBD', closingOf(given))}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;
  },
  mt940: (given) => {
    const amount = (minor: bigint) => {
      const text = decimal(minor, given.currency, ',');
      return text.includes(',') ? text : `${text},`;
    };
    const mark = (minor: bigint) => (minor < 0n ? 'D' : 'C');
    const balance = (tag: string, minor: bigint) =>
      `:${tag}:${mark(minor)}260630${given.currency}${amount(minor)}`;
    const lines = given.movements.map(
      (minor) => `:61:2606300630${mark(minor)}${amount(minor)}NTRFNONREF`,
    );
    return [
      ':20:1',
      ':25:X',
      ':28C:1',
      balance('60F', given.opening),
      ...lines,
      balance('62F', closingOf(given)),
      '-',
    ].join('\n');
  },
  bai2: (given) => {
    const lines = given.movements.map(
      (minor) => `16,${minor < 0n ? 495 : 195},${absolute(minor)},,,,/`,
    );
    const closing = closingOf(given);
    const total = given.movements.reduce(
      (sum, minor) => sum + absolute(minor),
      given.opening + closing,
    );
    const records = lines.length + 2;
    return [
      '01,A,B,260630,0800,1,,,2/',
      '02,A,B,1,260630,0800,,2/',
      `03,X,${given.currency},010,${given.opening},,,015,${closing},,/`,
      ...lines,
      `49,${total},${records}/`,
      `98,${total},1,${records + 2}/`,
      `99,${total},1,${records + 4}/`,
    ].join('\n');
  },
  csv: (given) => {
    let balance = given.opening;
    const sign = (minor: bigint) => (minor < 0n ? '-' : '');
    const rows = given.movements.map((minor) => {
      balance += minor;
      return `2026-06-30;"${sign(minor)}${decimal(minor, given.currency, ',')}";${given.currency};"${sign(balance)}${decimal(balance, given.currency, ',')}"`;
    });
    return `Date;Amount;Currency;Balance\n${rows.join('\n')}\n`;
  },
};

describe.each(Object.keys(writers))('What is written as %s', (format) => {
  const write = writers[format] as (books: Books) => string;

  it('is read back to the minor unit, in order, and adds up', () => {
    fc.assert(
      fc.property(books, (given) => {
        fc.pre(format !== 'csv' || given.movements.length > 0);
        const reading = readText(write(given));
        expect(problemsOf(reading)).toEqual([]);
        const [statement] = reading.statements;
        expect(statement?.lines.map(signed)).toEqual(given.movements);
        expect(statement?.lines.map((line) => line.ordinal)).toEqual(
          given.movements.map((_, index) => index + 1),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(['camt', 'mt940', 'bai2'])('What is written as %s and lacks a line', (format) => {
  const write = writers[format] as (books: Books) => string;

  it('says by how much', () => {
    const nonEmpty = fc.record({
      currency: currencies,
      opening: minors,
      movements: fc.array(
        minors.filter((minor) => minor !== 0n),
        { minLength: 1, maxLength: 8 },
      ),
    });
    fc.assert(
      fc.property(nonEmpty, fc.nat(), (given, choice) => {
        const index = choice % given.movements.length;
        const closing = closingOf(given);
        const movements = given.movements.toSpliced(index, 1);
        const [statement] = readText(write({ ...given, movements, closing })).statements;
        const mismatch = statement?.problems.find(
          (problem) => problem.code === 'statement.total_mismatch',
        );
        expect(mismatch?.differenceMinor).toBe(given.movements[index]?.toString());
      }),
      { numRuns: 60 },
    );
  });
});

/** Cuts, doubles, overwrites and swaps pieces of a file, as broken transfers and hands do. */
const mutation = fc.record({
  name: fc.constantFrom(...sampleNames),
  edits: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 40 }),
      kind: fc.constantFrom('cut', 'double', 'insert', 'overwrite', 'truncate'),
      bytes: fc.uint8Array({ maxLength: 12 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

type Edit = { at: number; length: number; kind: string; bytes: Uint8Array };

function edited(bytes: Buffer, { at, length, kind, bytes: other }: Edit): Buffer {
  const start = Math.floor(at * bytes.length);
  const before = bytes.subarray(0, start);
  const piece = bytes.subarray(start, start + length);
  const after = bytes.subarray(start + length);
  switch (kind) {
    case 'cut':
      return Buffer.concat([before, after]);
    case 'double':
      return Buffer.concat([before, piece, piece, after]);
    case 'insert':
      return Buffer.concat([before, other, piece, after]);
    case 'overwrite':
      return Buffer.concat([before, other, after]);
    default:
      return before;
  }
}

const MUTANTS = 5_000;
const SLOWEST_MS = 300_000;
const REPEATS = 50_000;

describe('A file that was damaged in any way', () => {
  it(
    `never crashes or hangs a reader, in ${MUTANTS} ways, and what comes through is well-formed`,
    () => {
      fc.assert(
        fc.property(mutation, ({ name, edits }) => {
          const bytes = edits.reduce(edited, sampleBytes(name));
          const reading = readStatements(bytes);
          for (const statement of reading.statements) BankStatement.parse(statement);
          expect(reading.statements.length + reading.problems.length).toBeGreaterThan(0);
        }),
        { numRuns: MUTANTS },
      );
    },
    SLOWEST_MS,
  );

  it(
    'is read in a time that grows with its size, whatever it repeats',
    () => {
      const pieces = [
        '<a>',
        '<Ntry>',
        ':61:',
        '?20',
        '/EREF/',
        '16,',
        '88,',
        '"',
        ';',
        '&#1;',
        '{4:',
        '-}',
        '1.',
        ' ',
        '\n:86:',
        '////',
        'EREF+',
      ];
      for (const piece of pieces) {
        const started = process.cpuUsage().user;
        readStatements(
          Buffer.from(`:20:1\n:60F:C260101EUR0,\n:61:260102C1,NTRF\n:86:${piece.repeat(REPEATS)}`),
        );
        readStatements(Buffer.from(piece.repeat(REPEATS)));
        expect(process.cpuUsage().user - started).toBeLessThan(5_000_000);
      }
    },
    SLOWEST_MS,
  );
});
