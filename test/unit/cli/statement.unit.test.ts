import { fileURLToPath } from 'node:url';
import { readStatementOptions, UsageError } from '../../../local/cli/options.ts';
import {
  areComplete,
  errorLines,
  readStatementFile,
  statementsJson,
} from '../../../local/cli/statement-files.ts';

const sample = (name: string): string =>
  fileURLToPath(new URL(`../../../events/inbound/bank/${name}`, import.meta.url));

const read = (...names: readonly string[]) =>
  Promise.all(names.map((name) => readStatementFile(sample(name))));

describe('The statement command', () => {
  it('puts the statements of all files in one list, each with its file', async () => {
    const json = statementsJson(await read('mt940-envelope.sta', 'camt052-interim.xml'));
    expect(json.files).toMatchObject([
      { format: 'MT940', statements: 2, lines: 4 },
      { format: 'camt.052', statements: 1, lines: 1 },
    ]);
    expect(json.statements.map(({ file }) => file)).toEqual([
      sample('mt940-envelope.sta'),
      sample('mt940-envelope.sta'),
      sample('camt052-interim.xml'),
    ]);
  });

  it('succeeds where everything was read', async () => {
    const readings = await read('bai2-two-accounts.txt');
    expect(areComplete(readings)).toBe(true);
    expect(errorLines(readings)).toEqual([]);
  });

  it('fails with the reason and its place, and still tells the other files', async () => {
    const readings = await read('bank-mapped.tsv', 'paypal-german.csv');
    expect(areComplete(readings)).toBe(false);
    expect(errorLines(readings)).toEqual([
      expect.stringMatching(/bank-mapped\.tsv:1:1: statement\.unknown_format: /),
    ]);
    expect(statementsJson(readings).statements).toHaveLength(1);
  });

  it('fails for a file that is not there', async () => {
    const readings = await read('nothing.xml');
    expect(areComplete(readings)).toBe(false);
    expect(statementsJson(readings).problems).toMatchObject([{ code: 'file.not_opened' }]);
  });

  it('takes files, a mapping, and nothing else', () => {
    expect(readStatementOptions(['a', '--mapping', 'm.json', 'b'])).toEqual({
      help: false,
      files: ['a', 'b'],
      mapping: 'm.json',
    });
    expect(() => readStatementOptions([])).toThrow(UsageError);
    expect(() => readStatementOptions(['--format', 'camt'])).toThrow(UsageError);
  });
});
