import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/ledger.md'), 'utf8');
const section = text.split('## Which test proves which row')[1]?.split('\n## ')[0] ?? '';

/** The rows of both tables: number, what it is about, the test's file and its title. */
const proofs = [...section.matchAll(/^\| (\S+) +\| (.+?) +\| `([^`]+)`: (.+?) +\|$/gm)].map(
  ([, row = '', about = '', file = '', title = '']) => ({ row, about, file, title }),
);

/** Where a test of that name can be: a suite of its own, or one that several adapters share. */
const pathOf = (file: string): string | undefined =>
  ['.unit.test.ts', '.contract.test.ts', '.integration.test.ts', '.ts']
    .map((ending) => join(root, 'test', `${file}${ending}`))
    .find((path) => existsSync(path));

/** Every row of the finance research, and the pains that are money's. */
const ROWS = [
  ...['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7', 'J7b', 'J8', 'J9', 'J10', 'J10b', 'J11', 'J12'],
  ...[
    'J13',
    'J13b',
    'J14',
    'P1',
    'R1',
    'R2',
    'R3',
    'R3b',
    'C1',
    'C2',
    'C3',
    'C4',
    'C5',
    'S1',
    'U1',
    'U2',
  ],
  ...['P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12', 'P13', 'P14', 'P15', 'P16', 'P17', 'P18'],
  ...['P19', 'P26', 'P28', 'P29'],
];

describe('The table of proofs in docs/ledger.md', () => {
  it('has every row, and no line that nobody could read', () => {
    const lines = section.split('\n').filter((line) => /^\| (?!row|pain|-)/.test(line));
    expect(proofs).toHaveLength(lines.length);
    expect(ROWS.filter((row) => !proofs.some((proof) => proof.row === row))).toEqual([]);
  });

  it.each(proofs)('$row $about: the test is there', ({ file, title }) => {
    const path = pathOf(file);
    expect(path).toBeDefined();
    // `it('…',` or the end of its table: `])('…',`.
    const titles = [
      ...readFileSync(path ?? '', 'utf8').matchAll(/(?:\bit|\))\(\s*(['"`])(.+?)\1,/g),
    ].map(([, , found = '']) => found);
    expect(titles).toContain(title);
  });
});
