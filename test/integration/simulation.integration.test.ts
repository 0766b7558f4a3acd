import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { FAULT_NAMES } from '../simulation/faults.ts';

const project = join(import.meta.dirname, '../..');
const MOST_BYTES = 64 * 1_024 * 1_024;

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the simulator's command in a process of its own; with a bug planted in it and in its workers. */
async function simulate(args: readonly string[], bug?: string): Promise<Ended> {
  const planted = pathToFileURL(join(project, 'test/support/planted-bug.ts'));
  const env = {
    ...process.env,
    NODE_OPTIONS: bug === undefined ? '' : `--import=${planted.href}`,
    PLANTED_BUG: bug ?? '',
  };
  try {
    const command = [join(project, 'test/simulation/cli.ts'), ...args];
    const options = { cwd: project, env, maxBuffer: MOST_BYTES };
    return { code: 0, ...(await promisify(execFile)(process.execPath, command, options)) };
  } catch (error) {
    return error as Ended;
  }
}

const replay = async (seed: number): Promise<string> =>
  (await simulate(['--replay', String(seed), '--trades', '6', '--json'])).stdout;

const whole = expect.any(Number);

describe('npm run simulate -- --replay', () => {
  it('gives the same trace in two processes, byte for byte, and another for another seed', async () => {
    const [first, again, other] = await Promise.all([replay(7), replay(7), replay(8)]);
    expect(again).toBe(first);
    const { trace, traceHash, steps } = JSON.parse(first);
    expect(steps).toBeGreaterThan(100);
    expect(trace).toHaveLength(steps);
    expect(traceHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(other).traceHash).not.toBe(traceHash);
  });
});

describe('npm run simulate -- --json', () => {
  it('counts what it did and met as one JSON object, and exits 0 where every invariant held', async () => {
    const { code, stdout, stderr } = await simulate(['--seed', '7', '--trades', '4', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { faults, ...result } = JSON.parse(stdout);
    expect(result).toMatchObject({
      ...{ seed: 7, trades: 4, steps: whole, violations: [] },
      ...{ stepsPerSecond: whole, tradesPerSecond: whole },
    });
    expect(Object.keys(faults).sort()).toEqual([...FAULT_NAMES].sort());
  });

  it('exits 1 on a violation, with a smaller case and the line that shows it as a timeline', async () => {
    const args = ['--seed', '1', '--trades', '3', '--scenario', 'happy', '--calm', '--json'];
    const { code, stdout } = await simulate(args, 'payout-gross');
    expect(code).toBe(1);
    const { violations } = JSON.parse(stdout);
    expect(violations).toEqual([
      {
        invariant: '04-payout-follows-release',
        ...{ seed: whole, trade: expect.stringMatching(/^trd_/) },
        replay: expect.stringMatching(/^npm run simulate -- --replay \d+ .*--only 0/),
        detail: expect.stringContaining('is owed'),
      },
    ]);
    const [{ replay: line, trade }] = violations;
    const again = await simulate(
      line.split(' ').slice('npm run simulate --'.split(' ').length),
      'payout-gross',
    );
    expect(again.code).toBe(1);
    expect(again.stdout).toMatch(/^ +\d+\.\d{3} \S+ +events\.append .*→ appended$/m);
    expect(again.stdout).toContain(`✗ 04-payout-follows-release of ${trade}, at step `);
  });
});

describe('npm run simulate -- --mutant', () => {
  it('says which invariant found it and after how many seeds, and runs those without it', async () => {
    const { code, stdout } = await simulate(['--mutant', 'payout-gross', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      mutants: [{ mutant: 'payout-gross', killedBy: '04-payout-follows-release', seeds: whole }],
      ...{ survivors: [], control: { clean: true } },
    });
  });
});
