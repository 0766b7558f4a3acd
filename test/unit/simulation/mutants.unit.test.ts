import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INVARIANTS } from '../../simulation/invariants/index.ts';
import { MUTANTS, mutantNamed } from '../../simulation/mutants/index.ts';
import { patched } from '../../simulation/mutants/mutant.ts';
import { SCENARIOS } from '../../simulation/scenarios/index.ts';

const project = join(import.meta.dirname, '../../..');
const read = (file: string) => readFile(join(project, file), 'utf8');

describe('The planted bugs', () => {
  it('are at least 25, each under a name of its own', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(25);
  });

  it.each(MUTANTS.map(({ name }) => name))('%s still fits the product', async (name) => {
    for (const patch of mutantNamed(name).patches) {
      const source = await read(patch.file);
      expect(patched(source, patch)).not.toBe(source);
    }
  });

  it('stand in the docs, with what is wrong with them and what finds them', async () => {
    const page = await read('docs/simulation.md');
    for (const { name, bug } of MUTANTS) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      expect(row).toContain(bug);
      expect(row).toMatch(/\| `\d\d-[a-z-]+`/);
    }
  });

  it('are refused where the product no longer has what they change', () => {
    const patch = { file: 'a.ts', find: 'old', replace: 'new' };
    expect(() => patched('nothing of it', patch)).toThrow('a.ts holds 0 times: old');
    expect(() => patched('old and old', patch)).toThrow('a.ts holds 2 times: old');
  });
});

describe('The scenarios', () => {
  it('stand in the docs, each once', async () => {
    const page = await read('docs/simulation.md');
    const workload = page.slice(page.indexOf('## The workload'), page.indexOf('## The faults'));
    const listed = [...workload.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
      cell.split(', ').map((name) => name.replaceAll('`', '')),
    );
    expect(listed.sort()).toEqual(SCENARIOS.map(({ name }) => name).sort());
  });
});

describe('The invariants', () => {
  it('have the names of their files, which the docs list', async () => {
    const page = await read('docs/simulation.md');
    for (const { name, number } of INVARIANTS) {
      expect(name.startsWith(String(number).padStart(2, '0'))).toBe(true);
      await expect(read(`test/simulation/invariants/${name}.ts`)).resolves.toContain(name);
      expect(page).toContain(`\`${name}\``);
    }
  });

  it('cover every number from 1 to 25', () => {
    const numbers = new Set(INVARIANTS.map(({ number }) => number));
    expect([...numbers].sort((left, right) => left - right)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
  });
});
