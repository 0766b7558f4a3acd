import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BankStatement } from '../../../events/bank/bank-statement.v1.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { isIncomplete, problemsOf } from '../../../src/adapters/bank/reading.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const corpus = corpusDirectory();
const folders = ['camt', 'mt940', 'bai2', 'csv', 'stripe', 'pain', 'schemas'];
const files =
  corpus === undefined
    ? ['every file']
    : folders.flatMap((folder) =>
        readdirSync(join(corpus, 'recon', folder)).map((name) => `${folder}/${name}`),
      );

const filesOf = (folder: string): readonly string[] =>
  corpus === undefined ? files : files.filter((file) => file.startsWith(`${folder}/`));

/** Whoever recorded these files scrambled the codes of their currencies, which the readers refuse. */
const scrambled: readonly (readonly [pattern: string, scrambled: string, real: string])[] = [
  ['csv/.*paypal', '"LII"', '"EUR"'],
  ['csv/.*revolut.*EUR', 'SED', 'EUR'],
  ['csv/.*revolut.*USD', 'PRO', 'USD'],
  ['csv/.*wise.*business', 'COR', 'USD'],
  ['csv/.*wise.*personal', 'ARI', 'EUR'],
  ['stripe/.*balance_summary', '"tes"', '"eur"'],
  ['stripe/.*transactions_all', ',por,', ',eur,'],
];

/** Files that are no statements: they are refused, and told from one that is broken. */
const refused: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/^(?:mt940|stripe)\/.*\.json$/, 'statement.unknown_format'],
  [/^pain\//, 'xml.unknown_root'],
  [/^schemas\//, 'xml.unknown_root'],
  [/^camt\/genkgo__camt053\.v2\.wrong\.xml$/, 'camt.no_statement'],
];

const unscrambled = (file: string): Buffer => {
  const bytes = readCorpus('recon', file);
  const found = scrambled.find(([pattern]) => new RegExp(pattern).test(file));
  if (found === undefined) return bytes;
  return Buffer.from(bytes.toString('utf8').replaceAll(found[1], found[2]));
};

describe.each(files)('The recorded file %s', (file) => {
  const reason = refused.find(([pattern]) => pattern.test(file))?.[1];

  (corpus === undefined ? it.skip : it)(
    corpusTest(reason === undefined ? 'reads whole' : `is refused: ${reason}`),
    () => {
      const reading = readStatements(unscrambled(file));
      const codes = problemsOf(reading)
        .filter((problem) => problem.severity === 'error')
        .map((problem) => problem.code);
      expect(codes).toEqual(reason === undefined ? [] : [reason]);
      expect(isIncomplete(reading)).toBe(reason !== undefined);
      for (const statement of reading.statements) {
        expect(BankStatement.safeParse(statement)).toMatchObject({ success: true });
      }
    },
  );
});

describe.each(filesOf('mt940'))('The recorded %s', (file) => {
  (corpus === undefined ? it.skip : it)(corpusTest('has a line for every field 61'), () => {
    const text = readCorpus('recon', file).toString('latin1');
    const fields = text.match(/^:61:/gm) ?? [];
    const lines = readStatements(Buffer.from(text, 'latin1')).statements.flatMap(
      (statement) => statement.lines,
    );
    expect(lines).toHaveLength(fields.length);
  });
});

describe.each(filesOf('camt'))('The recorded %s', (file) => {
  (corpus === undefined ? it.skip : it)(corpusTest('has a line for every entry'), () => {
    const entries =
      readCorpus('recon', file)
        .toString('utf8')
        .match(/<(?:\w+:)?Ntry>/g) ?? [];
    const lines = readStatements(readCorpus('recon', file)).statements.flatMap(
      (statement) => statement.lines,
    );
    expect(lines).toHaveLength(entries.length);
  });
});
