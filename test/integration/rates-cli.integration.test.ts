import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledFile } from '../unit/fx/rate-days.ts';

const project = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'tradelane-rates-'));
const good = join(directory, 'good.xml');
writeFileSync(good, bundledFile);

/** The good file as it would be wrong, each in a file of its own. */
const badFiles = {
  'truncated.xml': bundledFile.slice(0, 900),
  'other-root.xml': bundledFile.replaceAll('gesmes:Envelope', 'gesmes:Letter'),
  'zero.xml': bundledFile.replace('1.1394', '0'),
  'negative.xml': bundledFile.replace('1.1394', '-1.1394'),
  'missing.xml': bundledFile.replace(/<Cube currency="USD"[^>]*>/, ''),
} as const;
for (const [name, text] of Object.entries(badFiles)) writeFileSync(join(directory, name), text);
const bad = (name: keyof typeof badFiles) => [join(directory, name)];
afterAll(() => rmSync(directory, { recursive: true }));

const rates = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'local/cli/rates.ts'), ...args],
    { cwd: directory, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return { status, stdout, stderr };
};

describe('npm run rates', () => {
  it('prints a day as JSON', () => {
    const { status, stdout, stderr } = rates(good);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ rateDate: '2026-06-30', rates: { KRW: '1767.08' } });
  });

  it('prints a conversion as JSON', () => {
    const { stdout } = rates(good, '--from', 'USD', '--to', 'KRW', '--amount', '100.00');
    expect(JSON.parse(stdout)).toMatchObject({ result: { major: '155088' } });
    const up = rates(good, '--from=USD', '--to=KRW', '--amount=100.00', '--rounding=ceil');
    expect(JSON.parse(up.stdout)).toMatchObject({ result: { major: '155089' } });
  });

  it.each([
    ['a truncated file', bad('truncated.xml'), /^rates\.not_xml: /],
    ['a file with another root', bad('other-root.xml'), /^rates\.wrong_root: /],
    ['a rate of zero', bad('zero.xml'), /^rates\.rate_invalid: .*above zero for USD, found "0"/],
    ['a rate below zero', bad('negative.xml'), /^rates\.rate_invalid: .*found "-1\.1394"/],
    ['a file without a currency', bad('missing.xml'), /^rates\.currency_missing: .*none for USD/],
    ['a file that is not there', [join(directory, 'none.xml')], /^rates\.file_unreadable: /],
    ['a directory', [directory], /^rates\.file_unreadable: /],
    [
      'a file that is not newer',
      [good, '--newer-than', '2026-06-30'],
      /^fx\.rate_date_not_newer: /,
    ],
    ['a day that the file lacks', [good, '--date', '2026-06-29'], /^rates\.no_such_day: /],
    [
      'a currency that the ECB does not publish',
      [good, '--from', 'USD', '--to', 'KWD', '--amount', '1'],
      /^fx\.currency_unsupported: .*KWD.*the ECB does not publish it/,
    ],
    [
      'too many decimals',
      [good, '--from', 'JPY', '--to', 'USD', '--amount', '1.5'],
      /^money\.invalid: JPY has 0 decimals/,
    ],
  ])('refuses %s with 1 and the reason, prints nothing and stores nothing', (_, args, reason) => {
    const { status, stdout, stderr } = rates(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(readdirSync(directory).sort()).toEqual(['good.xml', ...Object.keys(badFiles)].sort());
  });

  it.each([
    [[]],
    [[good, '--from', 'USD']],
    [[good, '--rounding', 'up']],
    [[good, '--date', '30.06.2026']],
    [[good, '--unheard-of']],
  ])('answers %j with 2 and how it is used', (args) => {
    const { status, stdout, stderr } = rates(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run --silent rates');
  });

  it('explains itself', () => {
    expect(rates('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage') });
  });
});
