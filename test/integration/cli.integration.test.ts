import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { MONTH_END, scenarios } from '../../local/cli/scenarios/index.ts';
import { eventually } from '../support/eventually.ts';

const project = join(import.meta.dirname, '../..');

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const fileOf = (command: string): string => join(project, 'local/cli', `${command}.ts`);

/** Runs a command of the project as npm does, and collects what it writes. */
const run = (command: string, ...args: readonly string[]) =>
  collect([process.execPath, fileOf(command), ...args]);

/** Runs a program with some variables more, and collects what it writes. */
function collect([program = '', ...args]: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const child: ChildProcess = spawn(program, args, {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
  it('settles one trade and prints it as one JSON object, whatever keys are set', async () => {
    const { code, stdout, stderr } = await collect([process.execPath, fileOf('demo'), '--json'], {
      STRIPE_SECRET_KEY: 'sk_test_somebody',
      EASYPOST_API_KEY: 'EZTK_somebody',
    }).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
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

describe('npm run demo -- --list', () => {
  it('names every scenario with a sentence', async () => {
    const { code, stdout, stderr } = await run('demo', '--list').ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      [...scenarios, MONTH_END].map(({ name }) => name),
    );
    for (const line of lines) expect(line).toMatch(/^[a-z-]+ {2,}[A-Z].+\.$/);
  });
});

describe('npm run demo -- --scenario', () => {
  it.each([
    ['korea-bank-file', 'bank_file', { currency: 'KRW', amountMinor: '15190500' }],
    ['customs-held', 'stripe_transfer', { currency: 'USD', amountMinor: '1121250' }],
    ['ddp-duty', 'stripe_transfer', { currency: 'USD', amountMinor: '1079174' }],
  ])('plays %s, and says its name in the JSON', async (scenario, rail, amount) => {
    const { code, stdout, stderr } = await run('demo', '--scenario', scenario, '--json').ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      scenario,
      trade: { id: text, status: 'settled' },
      shipment: { status: 'delivered' },
      payout: { rail, status: 'settled', amount },
      ledger: { balanced: true },
      deadLetters: 0,
    });
  });

  it('names all that there are where there is none of that name', async () => {
    const { code, stdout, stderr } = await run('demo', '--scenario', 'happier').ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("There is no scenario 'happier'. There are: happy, milestones, ");
    for (const { name } of scenarios) expect(stderr).toContain(name);
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

  it('ends cleanly where it is stopped before it is ready', async () => {
    const { child, ended } = run('start');
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Stopped.');
  });

  it('ends where the shell that npm runs it in is gone', async () => {
    const shell = ['sh', '-c', '"$@"; true', 'sh', process.execPath, fileOf('start'), '--json'];
    const { child, firstLine } = collect(shell, { npm_lifecycle_event: 'start' });
    const { url } = JSON.parse(await firstLine);
    child.kill('SIGKILL');
    await eventually(() => expect(fetch(`${url}/health`)).rejects.toThrow());
  });

  it('says so where its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await run('start', '--json', '--port', String(port)).ended;
    server.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `Port ${port} is taken. Choose another with --port, or leave it out for a free one.\n`,
    );
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
