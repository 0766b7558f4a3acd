import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a command of the project as npm does, and collects what it writes. */
function run(command: string, ...args: readonly string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(project, 'local/cli', `${command}.ts`), ...args],
    { cwd: project, env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const written = { stdout: '', stderr: '' };
  const firstLine = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      written.stdout += chunk;
      if (written.stdout.includes('\n'))
        resolve(written.stdout.slice(0, written.stdout.indexOf('\n')));
    });
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    written.stderr += chunk;
  });
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({ code, ...written }));
  return { child, firstLine, ended };
}

const text = expect.any(String);

describe('npm run demo -- --json', () => {
  it('settles one trade and prints it as one JSON object', async () => {
    const { code, stdout } = await run('demo', '--json').ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      trade: { id: text, status: 'settled' },
      timeline: expect.arrayContaining([
        { type: 'TradeOpened', at: text },
        { type: 'TradeSettled', at: text },
      ]),
      shipment: { carrier: text, trackingNumber: text, status: 'delivered' },
      payout: {
        rail: 'stripe_transfer',
        status: 'settled',
        amount: { currency: 'USD', amountMinor: '1121250' },
      },
      ledger: {
        entries: 8,
        balanced: true,
        trialBalance: expect.arrayContaining([
          { account: '2100', currency: 'USD', debitMinor: '1150000', creditMinor: '1150000' },
        ]),
      },
      deadLetters: 0,
    });
  });
});

describe('npm start -- --json', () => {
  it('prints one line when it is ready, serves, and ends cleanly when asked to', async () => {
    const { child, firstLine, ended } = run('start', '--json');
    const ready = JSON.parse(await firstLine);
    expect(ready).toMatchObject({
      url: text,
      apiKey: text,
      stripe: { url: text },
      carriers: { easypost: { url: text } },
    });
    const health = await fetch(`${ready.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', version: text }]);
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect({ code, lines: stdout.trim().split('\n').length, stderr }).toEqual({
      code: 0,
      lines: 1,
      stderr: '',
    });
  });

  it.each([
    { args: ['--port', 'many'], says: '--port takes a number' },
    { args: ['--ports', '1'], says: "Unknown option '--ports'" },
  ])('refuses $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await run('start', ...args).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
