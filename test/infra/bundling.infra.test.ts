import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Bundle, bundleFunctions } from '../../lib/bundling.ts';
import { functionNames } from '../../lib/functions.ts';
import { temporaryDir } from './templates.ts';

const source = `
/*! A license comment. */

export const handler = async (event: { readonly host: string }) => {
  const https = await import('node:https');
  return { agent: https.globalAgent, event };
};
`;

const sourceOfCaller = `
import { SQSClient } from '@aws-sdk/client-sqs';

export const handler = async () => {
  const { accessKeyId, secretAccessKey } = await new SQSClient({ region: 'eu-central-1' }).config.credentials();
  return { accessKeyId, secretAccessKey };
};
`;

/** What a function reads of its own folder. */
const beside: Readonly<Record<string, readonly string[]>> = {
  papers: ['fonts'],
  'finance-api': ['fonts'],
};

describe('bundling', () => {
  const root = temporaryDir();
  const functionsDir = join(root, 'functions');
  const distDir = join(root, 'dist');
  const bundlePath = (name: string) => join(distDir, 'functions', name, 'index.cjs');
  let bundles: Readonly<Record<string, Bundle>> = {};

  beforeAll(() => {
    for (const name of functionNames) {
      mkdirSync(join(functionsDir, name), { recursive: true });
      writeFileSync(join(functionsDir, name, 'handler.ts'), source);
    }
    writeFileSync(join(functionsDir, 'router', 'handler.ts'), sourceOfCaller);
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    bundles = bundleFunctions({ functionsDir, distDir });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('puts one CommonJS file into each folder that is deployed, beside it only what the function reads', () => {
    for (const name of functionNames) {
      const others = beside[name] ?? [];
      expect(readdirSync(join(distDir, 'functions', name))).toEqual([...others, 'index.cjs']);
      expect(readFileSync(bundlePath(name), 'utf8')).toContain('module.exports');
    }
  });

  it('says how large each bundle is', () => {
    for (const name of functionNames) {
      expect(bundles[name]).toEqual({
        directory: join(distDir, 'functions', name),
        bytes: statSync(bundlePath(name)).size,
      });
    }
  });

  it('leaves no dynamic import, which would load undici at the first call', () => {
    const bundle = readFileSync(bundlePath('payments'), 'utf8');
    expect(bundle).not.toMatch(/\bimport\(/);
    expect(bundle).toContain('require("node:https")');
  });

  it('drops comments', () => {
    const bundle = readFileSync(bundlePath('rates'), 'utf8');
    expect(bundle).not.toContain('license');
  });

  it('keeps source maps beside, for reading a stack trace afterwards', () => {
    expect(readdirSync(join(distDir, 'source-maps')).sort()).toEqual(
      functionNames.map((name) => `${name}.cjs.map`).sort(),
    );
  });

  it('signs with the credentials that Lambda hands a function, and carries no other chain', () => {
    const bundle = bundlePath('router');
    const call = `require(${JSON.stringify(bundle)}).handler().then((keys) => console.log(JSON.stringify(keys)))`;
    const environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, ['-e', call], { env, encoding: 'utf8' });
    expect(JSON.parse(run(environment).stdout)).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
    expect(run({}).stderr).toContain('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
    expect(readFileSync(bundle, 'utf8')).not.toMatch(/fromSSO|fromIni|AWS_WEB_IDENTITY_TOKEN_FILE/);
  });

  it('leaves a file alone that has not changed', () => {
    const before = statSync(bundlePath('payments'));
    bundleFunctions({ functionsDir, distDir });
    expect(statSync(bundlePath('payments')).ino).toBe(before.ino);
  });

  it('refuses what builds only with a warning', () => {
    const doubtful = 'export const handler = () => { const x = {a: 1, a: 2}; return x; };';
    writeFileSync(join(functionsDir, 'rates', 'handler.ts'), doubtful);
    expect(() => bundleFunctions({ functionsDir, distDir })).toThrow(/Duplicate key "a"/);
  });

  it('names the file that does not build', () => {
    writeFileSync(join(functionsDir, 'rates', 'handler.ts'), 'export const handler = ;');
    expect(() => bundleFunctions({ functionsDir, distDir })).toThrow(/rates\/handler\.ts:1:23/);
  });
});
