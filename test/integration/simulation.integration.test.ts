import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const project = join(import.meta.dirname, '../..');
const MOST_BYTES = 64 * 1_024 * 1_024;

/** What a process of its own writes when it replays the world of a seed. */
async function replay(seed: number, trades: number): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(project, 'test/simulation/cli.ts'),
      ...['--replay', String(seed), '--trades', String(trades), '--json'],
    ],
    { cwd: project, env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: MOST_BYTES },
  );
  return stdout;
}

describe('npm run simulate -- --replay', () => {
  it('gives the same trace in two processes, byte for byte, and another for another seed', async () => {
    const [first, again, other] = await Promise.all([replay(7, 6), replay(7, 6), replay(8, 6)]);
    expect(again).toBe(first);
    const { trace, traceHash, steps } = JSON.parse(first);
    expect(steps).toBeGreaterThan(100);
    expect(trace).toHaveLength(steps);
    expect(traceHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(other).traceHash).not.toBe(traceHash);
  });
});
