import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emittedTypes } from '../../local/sandboxes/stripe/events.ts';
import type { Sent } from '../../local/sandboxes/stripe/options.ts';
import { endpoints, startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { type Checker, createChecker } from './checker.ts';
import { findCli, officialScripts, runScript, scriptsLeftOut } from './official-scripts.ts';
import { type Replay, replayRecordings } from './recordings.ts';
import { stripeSchemas } from './stripe-types.ts';

/** Prints a count and whether it is what it must be; a shortfall fails the run. */
function count(what: string, found: number, wanted: number, problems: readonly string[] = []) {
  const isEnough = found >= wanted && problems.length === 0;
  if (!isEnough) process.exitCode = 1;
  process.stdout.write(`${isEnough ? 'ok  ' : 'FAIL'} ${what}: ${found} of ${wanted}\n`);
  for (const problem of problems.slice(0, 40)) process.stdout.write(`       ${problem}\n`);
  if (problems.length > 40) process.stdout.write(`       and ${problems.length - 40} more\n`);
}

const say = (text: string) => process.stdout.write(`     ${text}\n`);

async function runOfficialScripts(checker: Checker): Promise<void> {
  const cli = findCli();
  if ('missing' in cli) {
    count('official scripts', 0, officialScripts.length, [`The CLI can't run: ${cli.missing}.`]);
    return;
  }
  const sandbox = await startStripeSandbox({
    ...{ env: {}, availableDelaySeconds: 60 },
    observe: checker.check,
  });
  const problems: string[] = [];
  for (const script of officialScripts) {
    const { exitCode, sent, output } = await runScript(cli.path, sandbox, script);
    if (exitCode !== 0) problems.push(`${script} exits ${exitCode}: ${output.slice(-300)}`);
    else if (!sent) problems.push(`${script} exits 0, but no event of that name was sent`);
  }
  await sandbox.stop();
  const passed = officialScripts.length - problems.length;
  count(
    'official scripts of @stripe/cli that exit 0 and cause their event',
    passed,
    officialScripts.length,
    problems,
  );
  for (const [script, why] of Object.entries(scriptsLeftOut)) say(`left out: ${script} (${why})`);
}

function reportReplay(replay: Replay | undefined): void {
  if (replay === undefined) {
    say('skipped: the recorded requests and answers, since CORPUS_DIR is not set');
    return;
  }
  const { pairs, alike, problems, equalValues, equalFigures, gone } = replay;
  count('recorded pairs that replay alike', alike, pairs, problems);
  say(`equal values: ${equalValues}, of which ${equalFigures} amounts, fees, rates and currencies`);
  say(`fields of the API of 2019 that today's has no more: ${gone.length}`);
}

/** Runs the contract suites with every sandbox recorded, and checks what was recorded. */
function checkContractSuites(checker: Checker): void {
  const file = join(mkdtempSync(join(tmpdir(), 'stripe-traffic-')), 'sent.jsonl');
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const run = spawnSync(
    process.execPath,
    [...jest, '--selectProjects', 'contract', '--', 'test/contract/stripe-'],
    { encoding: 'utf8', env: { ...process.env, STRIPE_TRAFFIC_FILE: file } },
  );
  const counted = (what: string) =>
    Number(new RegExp(`Tests:.*?(\\d+) ${what}`).exec(run.stderr)?.[1] ?? 0);
  const passed = counted('passed');
  const problems = run.status === 0 ? [] : [run.stderr.slice(-3_000)];
  count('tests of the contract suites', passed, Math.max(1, passed + counted('failed')), problems);
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line !== '') checker.check(JSON.parse(line) as Sent);
  }
}

function reportChecks({ tally }: Checker): void {
  const { answers, refusals, webhooks, requests, failures, untyped } = tally;
  const failing = (kind: RegExp) => failures.filter(({ what }) => kind.test(what));
  const report = (what: string, checked: number, kind: RegExp) => {
    const wrong = failing(kind);
    const distinct = new Set(wrong.map(({ what: where, problems }) => `${where}: ${problems[0]}`));
    count(what, checked - wrong.length, checked, [...distinct]);
  };
  report('answers that fit the SDK’s types', answers - untyped, /^(?!webhook|request|refusal)/);
  report('refusals that carry an error', refusals, /^refusal /);
  report('webhooks that fit the SDK’s types', webhooks, /^webhook /);
  report('requests of the product that fit the SDK’s parameters', requests, /^request /);
  if (untyped > 0) say(`not checked: ${untyped} objects of previews, which the SDK does not type`);
  const unanswered = endpoints
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !tally.endpoints.has(name));
  count(
    'endpoints that answered',
    endpoints.length - unanswered.length,
    endpoints.length,
    unanswered,
  );
  const unsent = emittedTypes.filter((type) => !tally.events.has(type));
  count(
    'event types that were sent',
    emittedTypes.length - unsent.length,
    emittedTypes.length,
    unsent,
  );
}

const schemas = stripeSchemas(import.meta.dirname);
const checker = createChecker(schemas);
await runOfficialScripts(checker);
reportReplay(await replayRecordings(checker, schemas));
checkContractSuites(checker);
reportChecks(checker);
const key = process.env['STRIPE_SECRET_KEY'];
if (key?.startsWith('sk_test_') !== true) {
  say(
    'skipped: the contract suite against Stripe itself, since STRIPE_SECRET_KEY=sk_test_… is not set',
  );
}
