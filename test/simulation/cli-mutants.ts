import { renderTable } from '../../local/cli/table.ts';
import { STORM } from './cli-case.ts';
import type { MutantJob, MutantResult } from './cli-jobs.ts';
import type { SimulateOptions } from './cli-options.ts';
import { runJobs } from './cli-pool.ts';
import { progressLine, toJsonLine } from './cli-report.ts';
import type { Output } from './cli-run.ts';
import { MUTANTS, mutantNamed } from './mutants/index.ts';

/** Worlds of 20 trades in which a planted bug must show. */
const SEEDS = 300;

const jobFor = (
  name: string | null,
  seeds: number,
  scenarios: readonly string[] = [],
): MutantJob => ({
  kind: 'mutant',
  name,
  seeds,
  weather: STORM,
  ...(scenarios.length === 0 ? {} : { scenarios }),
});

/**
 * Plants every bug in turn and says which invariant found it. As a control, the seeds that were
 * needed are run without a bug: there nothing may fail. Answers the exit status.
 */
export async function huntMutants(
  { workers, json, mutants }: SimulateOptions,
  { out, err }: Output,
): Promise<number> {
  const chosen = mutants.length === 0 ? MUTANTS : mutants.map(mutantNamed);
  const progress = progressLine(err);
  let hunted = 0;
  const results = await runJobs(
    chosen.map(({ name, scenarios }) => jobFor(name, SEEDS, scenarios)),
    {
      workers,
      isFresh: true,
      onResult: ({ name }) => {
        hunted += 1;
        progress.show(`${hunted} of ${chosen.length} bugs planted, last ${name}`);
      },
    },
  );
  const survivors = results.filter(({ killedBy }) => killedBy.length === 0);
  const needed = Math.max(...results.map(({ seeds }) => seeds));
  progress.show('the same seeds without a bug');
  const [control] = await runJobs([jobFor(null, needed)], { workers });
  const isClean = control?.killedBy.length === 0;
  progress.clear();
  if (json) {
    out.write(
      toJsonLine({
        mutants: results.map(({ name, killedBy, seeds, detail }) => ({
          mutant: name,
          bug: mutantNamed(name ?? '').bug,
          killedBy: killedBy[0] ?? null,
          alsoBy: killedBy.slice(1),
          seeds,
          detail,
        })),
        survivors: survivors.map(({ name }) => name),
        control: { seeds: needed, clean: isClean, detail: control?.detail ?? '' },
      }),
    );
  } else {
    printTable(out, results);
    out.print(...verdict({ results, survivors, control }));
  }
  return survivors.length === 0 && isClean ? 0 : 1;
}

function printTable(out: Output['out'], results: readonly MutantResult[]): void {
  const lines = renderTable(results, [
    { title: 'mutant', cell: ({ name }) => name ?? '' },
    {
      title: 'killed by',
      cell: ({ killedBy }) => killedBy[0] ?? 'survived',
      paint: (text, { killedBy }) => (killedBy.length === 0 ? out.paint('red', text) : text),
    },
    { title: 'seeds', align: 'right', cell: ({ seeds }) => String(seeds) },
  ]);
  out.print('', ...lines, '');
}

function verdict({
  results,
  survivors,
  control,
}: {
  readonly results: readonly MutantResult[];
  readonly survivors: readonly MutantResult[];
  readonly control: MutantResult | undefined;
}): readonly string[] {
  const killed = results.length - survivors.length;
  const failed = control?.killedBy[0];
  return [
    `  ${killed} of ${results.length} bugs were found within ${SEEDS} seeds.`,
    failed === undefined
      ? `  Without a bug, ${control?.seeds ?? 0} seeds failed in nothing.`
      : `  But seed ${control?.seeds} fails without any bug: ${failed}, ${control?.detail}.`,
    '',
  ];
}
