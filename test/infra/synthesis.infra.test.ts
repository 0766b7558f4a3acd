import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AppOptions, synthesize } from '../../lib/app.ts';
import { stubCode, stubConsole, synthesizeTemplates, temporaryDir } from './templates.ts';

const filesIn = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      // Archives are CDK's own.
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.zip'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length), readFileSync(path, 'utf8')]),
  );

describe('synthesis', () => {
  const directories = [temporaryDir(), temporaryDir(), temporaryDir(), temporaryDir()] as const;
  const stubs = { stage: 'test', code: stubCode, console: stubConsole };
  const synthesizeTo = (outdir: string, more: Pick<AppOptions, 'validate' | 'settings'>) =>
    filesIn(synthesize({ ...stubs, outdir, ...more }).assemblyDir);
  let assemblies: Record<string, string>[] = [];

  beforeAll(() => {
    assemblies = directories.slice(0, 2).map((outdir) => synthesizeTo(outdir, { validate: false }));
  });
  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  it('twice gives the same bytes', () => {
    expect(Object.keys(assemblies[0] ?? {}).length).toBeGreaterThan(6);
    expect(assemblies[0]).toEqual(assemblies[1]);
  });

  it('needs no account, no region and nothing looked up', () => {
    const manifest = JSON.parse(assemblies[0]?.['/manifest.json'] ?? '');
    const stacks = Object.values<{ type: string; environment?: string }>(manifest.artifacts).filter(
      ({ type }) => type === 'aws:cloudformation:stack',
    );
    expect(manifest.missing).toBeUndefined();
    expect(stacks.map(({ environment }) => environment)).toEqual(
      Array(4).fill('aws://unknown-account/unknown-region'),
    );
  });

  it('leaves no trace of the machine it ran on', () => {
    const text = JSON.stringify(assemblies[0]);
    expect(text).not.toContain(import.meta.dirname);
    expect(text).not.toContain(directories[0]);
  });

  it('finds nothing that CloudFormation would refuse', () => {
    const validated = synthesizeTo(directories[2], { validate: true });
    expect(JSON.parse(validated['/validation-report.json'] ?? '').pluginReports).toEqual([]);
  });

  it('finds nothing that CloudFormation would refuse where finance has a domain and a pool', () => {
    const consoleCertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b';
    const settings = { consoleUrl: 'https://finance.example', signInMarketplace: 'mkt_1' };
    const validated = synthesizeTo(directories[3], {
      ...{ validate: true, settings: { ...settings, consoleCertificateArn } },
    });
    expect(JSON.parse(validated['/validation-report.json'] ?? '').pluginReports).toEqual([]);
  });
});

describe('stages', () => {
  const textOf = (stage: string) => {
    const { data, app, console, observability } = synthesizeTemplates({ stage });
    const templates = [data, app, console, observability];
    const text = JSON.stringify(templates.map((template) => template.toJSON()));
    // CDK knows its own files in a bucket by a tag with a hash of the stack's name.
    return text.replaceAll(/(aws-cdk:cr-owned:[\w/]+):[0-9a-f]{8}/g, '$1');
  };

  it('differ in their names only', () => {
    expect(textOf('local').replaceAll('tradelane-local', 'tradelane-production')).toBe(
      textOf('production'),
    );
  });

  it.each(['', 'Production', 'a_b', '1st', 'a-stage-with-too-long-a-name'])(
    'cannot be called "%s"',
    (stage) => {
      expect(() => synthesizeTemplates({ stage })).toThrow(/^stage: /);
    },
  );
});

describe('logical ids', () => {
  it('are words, without a hash', () => {
    const { data, app, console, observability } = synthesizeTemplates();
    const ids = [data, app, console, observability].flatMap((template) =>
      Object.keys(template.toJSON().Resources),
    );
    expect(ids.filter((id) => /[0-9A-F]{8}$/.test(id))).toEqual([]);
  });
});
