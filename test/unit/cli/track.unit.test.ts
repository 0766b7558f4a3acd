import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const sample = (path: string) => join(root, 'events/inbound', path);

const run = (script: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`local/cli/${script}.ts`, ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
};

describe('npm run track', () => {
  it('prints one shipment of several files, and nothing else', () => {
    const files = ['ups/track-response.json', 'ups/track-alert-delivered.json'].map(sample);
    const { status, stdout } = run('track', 'auto', ...files);
    const report = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual([
      ...['status', 'reason', 'terminal', 'flags', 'events', 'problems'],
    ]);
    expect(report).toMatchObject({
      status: 'delivered',
      reason: null,
      terminal: true,
      problems: [],
    });
    expect(report.events).toHaveLength(5);
    expect(report.events.at(-1)).toEqual({
      at: '2026-11-12T15:15:00.000Z',
      status: 'delivered',
      reason: null,
      rawCode: '011',
      place: 'LOUISVILLE, KY, US',
    });
  });

  it('tells of refused shipments under a number that was used before', () => {
    const { stdout } = run('track', 'fedex', sample('fedex/track-recycled-number.json'));
    expect(JSON.parse(stdout)).toMatchObject({
      flags: ['recycled'],
      problems: ['Refused as earlier shipments of the same number: 1.'],
    });
  });

  it('ends with 1 and the reason for what is no tracking', () => {
    const { status, stdout, stderr } = run('track', 'auto', sample('easypost/batch-updated.json'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('is not a tracking payload');
    expect(run('track', 'ups', sample('dhl/tracking-response.xml')).status).toBe(1);
    expect(run('track', 'ups', sample('missing.json')).status).toBe(1);
  });

  it('ends with 2 and its usage for a carrier that nobody knows', () => {
    const { status, stderr } = run('track', 'pigeon', sample('ups/track-response.json'));
    expect(status).toBe(2);
    expect(stderr).toContain('Usage:');
  });
});

describe('npm run verify-webhook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradelane-webhook-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  const headers = file('headers.json', '{"Authorization": "Bearer a-secret"}');
  const body = file('body.json', '{}');

  it('says valid, under either secret', () => {
    const args = ['ship24', '--headers', headers, body];
    expect(run('verify-webhook', ...args, '--secret', 'a-secret')).toMatchObject({
      status: 0,
      stdout: 'valid\n',
    });
    expect(run('verify-webhook', ...args, '--secret', 'b', '--secret', 'a-secret').status).toBe(0);
  });

  it('says why not', () => {
    const args = ['ship24', '--headers', headers, body, '--secret', 'another'];
    const { status, stdout } = run('verify-webhook', ...args);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^refused: mismatch\./);
  });
});
