import type { Reconciliation } from '../../src/reconciliation/outcome.ts';
import { reconcile } from '../../src/reconciliation/reconcile.ts';
import { itemRecs } from '../../src/reconciliation/recs.ts';
import { benchDeployed } from './deployed.ts';
import { columns } from './table.ts';
import { volumeRecs, volumes } from './volume.ts';

/** The last is a day of the largest marketplace. */
const SIZES = [1_000, 10_000, 100_000, 350_000] as const;
const BUDGET_US = 600_000_000;
const MEBIBYTE = 1_048_576;
/** Small sizes are measured often, and the quickest counts: one run says little. */
const ROUNDS = [20, 8, 3, 1] as const;

type Measured = {
  readonly trades: number;
  readonly items: number;
  readonly matches: number;
  readonly breaks: Readonly<Record<string, number>>;
  readonly awaited: number;
  readonly suggestions: number;
  readonly elapsedUs: number;
  readonly peakMebibytes: number;
};

/**
 * Matches a day's trades through the pure engine, rec after rec. Processor time is told as ratios: to
 * the cost that n log n would give, seen from the size before, and to the budget of ten minutes.
 */
function measure(trades: number): Measured {
  const breaks: Record<string, number> = {};
  const counts = { items: 0, matches: 0, awaited: 0, suggestions: 0 };
  let elapsedUs = 0;
  let peakMebibytes = 0;
  for (const rec of volumeRecs) {
    const sides = volumes[rec](trades);
    counts.items += sides.left.length + sides.right.length;
    globalThis.gc?.();
    const started = process.cpuUsage();
    const outcome = reconcile(itemRecs[rec], sides, { asOf: '2026-08-31' });
    const { user, system } = process.cpuUsage(started);
    elapsedUs += user + system;
    counts.matches += outcome.matches.length;
    counts.awaited += outcome.awaited.length;
    counts.suggestions += outcome.suggestions.length;
    count(breaks, outcome);
    peakMebibytes = Math.max(peakMebibytes, Math.round(process.memoryUsage().rss / MEBIBYTE));
  }
  return { trades, ...counts, breaks, elapsedUs, peakMebibytes };
}

function quickest(trades: number, rounds: number): Measured {
  const runs = Array.from({ length: rounds }, () => measure(trades));
  return runs.reduce((best, run) => (run.elapsedUs < best.elapsedUs ? run : best));
}

function count(breaks: Record<string, number>, { breaks: found }: Reconciliation): void {
  for (const { type } of found) breaks[type] = (breaks[type] ?? 0) + 1;
}

/** Elapsed time over what n log n makes of the size before; at most about 1 means no worse. */
function growth(before: Measured | undefined, { items, elapsedUs }: Measured): string {
  if (before === undefined) return '-';
  const cost = (count: number): number => count * Math.log2(count);
  const expected = cost(items) / cost(before.items);
  return (elapsedUs / before.elapsedUs / expected).toFixed(2);
}

process.stdout.write(
  'Matching: recs A, B, D, E and G, with troubles planted in one of 1,000 trades each\n\n',
);
process.stdout.write(
  columns(['trades', 'items', 'matches', 'breaks', 'suggested', 'n log n', 'budget %', 'RSS MiB']),
);
const measured: Measured[] = [];
for (const [index, trades] of SIZES.entries()) {
  const now = quickest(trades, ROUNDS[index] ?? 1);
  const total = Object.values(now.breaks).reduce((sum, breaks) => sum + breaks, 0);
  process.stdout.write(
    columns([
      ...[trades, now.items, now.matches, total, now.suggestions].map((cell) => cell.toString()),
      growth(measured.at(-1), now),
      ((100 * now.elapsedUs) / BUDGET_US).toFixed(2),
      now.peakMebibytes.toString(),
    ]),
  );
  measured.push(now);
}
process.stdout.write(`\nBreaks of the last: ${JSON.stringify(measured.at(-1)?.breaks)}\n`);
process.stdout.write(
  '"n log n" is processor time over what n log n makes of the row above; "budget" is ten minutes of it.\n',
);
process.stdout.write(
  '\nThe deployed path: reads (r) and writes (w) of the table for each item, as it is added and matched\n\n',
);
await benchDeployed((text) => process.stdout.write(text));
