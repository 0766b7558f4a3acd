import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../stack/index.ts';
import { runCommand } from './command.ts';
import { demoJson } from './demo-json.ts';
import { printReport } from './demo-report.ts';
import { type DemoResult, playScenario } from './demo-run.ts';
import { problemsOf } from './demo-verdict.ts';
import { endRequested, isAbort } from './end-request.ts';
import { secondsText, wrap } from './format.ts';
import { meaningOf } from './meanings.ts';
import { monthEndProblems, playMonthEnd } from './month-end/play.ts';
import { printMonthEnd } from './month-end/report.ts';
import { readDemoOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { happy } from './scenarios/happy.ts';
import { MONTH_END, scenarioNamed, scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const usage = `Usage: npm run demo
       npm run demo -- --list
       npm run demo -- --scenario NAME
       npm run demo -- --all
       npm run --silent demo -- [--scenario NAME | --all] --json

Runs one whole trade on a fresh local stack, from checkout to the seller's payout, always with
sandbox money, and prints its timeline, the ledger and the trial balance. Exit status 1 if the trade
does not settle, the books do not balance, the read models disagree or a message was given up.

  --list           print every way that a trade can go, by name
  --scenario NAME  run that one; exit status 1 as well if the trade does not end as it is to
  --all            run every one on the same stack, one after the other, but month-end
  --json           print one JSON object and nothing else; with --all an array of them
  --help           print this
`;

/** Short, so that a person can watch; the steps are the same. */
const INSPECTION_SECONDS = 2;
const DELIVERY_GRACE_SECONDS = 1;
const DEADLINES_EVERY_MS = 500;

const TIME_WIDTH = 8;
const TYPE_WIDTH = 22;
const GAP = '  ';

type Run = {
  readonly stories: readonly Scenario[];
  readonly signal: AbortSignal;
  readonly logFile: string;
};

type Told = { readonly scenario: Scenario; readonly result: DemoResult };

/** Provider keys are kept from the stack: a demo never takes or spends real money. */
const startStack = (
  { stories, signal, logFile }: Run,
  onProgress: (step: string) => void,
  options: LocalStackOptions = {},
): Promise<LocalStack> =>
  startLocalStack({
    inspectionPeriodSeconds: INSPECTION_SECONDS,
    deliveryGraceSeconds: DELIVERY_GRACE_SECONDS,
    deadlinesEveryMs: DEADLINES_EVERY_MS,
    environment: {},
    onProgress,
    signal,
    logFile,
    ...Object.assign({}, ...stories.map(({ stack }) => stack)),
    ...options,
  });

async function runQuietly(run: Run): Promise<readonly Told[]> {
  const stack = await startStack(run, () => undefined);
  try {
    return await tellAll(run, (scenario) =>
      playScenario(stack, scenario, { onEvent: () => undefined, signal: run.signal }),
    );
  } finally {
    await stack.stop();
  }
}

async function runVisibly(run: Run, terminal: Terminal): Promise<readonly Told[]> {
  const progress = showProgress(terminal);
  const stack = await startStack(run, progress.step);
  progress.done();
  try {
    return await tellAll(run, (scenario) => showScenario(stack, scenario, { run, terminal }));
  } finally {
    await stack.stop();
  }
}

async function tellAll(
  { stories }: Run,
  play: (scenario: Scenario) => Promise<DemoResult>,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const scenario of stories) told.push({ scenario, result: await play(scenario) });
  return told;
}

async function showScenario(
  stack: LocalStack,
  scenario: Scenario,
  { run, terminal }: { readonly run: Run; readonly terminal: Terminal },
): Promise<DemoResult> {
  terminal.print('', terminal.paint('bold', scenario.title));
  const result = await playScenario(stack, scenario, {
    onEvent: (event, elapsedMs) => {
      const time = secondsText(elapsedMs).padStart(TIME_WIDTH);
      const margin = ' '.repeat(TIME_WIDTH + GAP.length + TYPE_WIDTH + GAP.length);
      const [meaning = '', ...more] = wrap(meaningOf(event), terminal.width() - margin.length);
      terminal.print(
        [terminal.paint('dim', time), event.type.padEnd(TYPE_WIDTH), meaning].join(GAP),
        ...more.map((line) => `${margin}${line}`),
      );
    },
    signal: run.signal,
  });
  printReport(terminal, result);
  return result;
}

/** Answers the exit status. The functions' log is kept where somebody will want to read it. */
async function conclude(told: readonly Told[], logFile: string): Promise<number> {
  const problems = told.flatMap(({ scenario, result }) =>
    problemsOf(result).map((what) => (told.length === 1 ? what : `${scenario.name}: ${what}`)),
  );
  return verdict(problems, logFile);
}

async function verdict(problems: readonly string[], logFile: string): Promise<number> {
  if (problems.length === 0) {
    await rm(logFile, { force: true });
    return 0;
  }
  process.stderr.write(`${problems.join('\n')}\n${logHint(logFile)}`);
  return 1;
}

const logHint = (logFile: string): string =>
  existsSync(logFile) ? `The functions' log is ${logFile}\n` : '';

async function giveUp(error: unknown, logFile: string): Promise<never> {
  if (isAbort(error)) {
    await rm(logFile, { force: true });
    throw new Error('Stopped before the trade was over.', { cause: error });
  }
  process.stderr.write(logHint(logFile));
  throw error;
}

function printList(): void {
  const all = [...scenarios, MONTH_END];
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, title }) => `${name.padEnd(width)}${GAP}${title}.\n`);
  process.stdout.write(lines.join(''));
}

async function play(
  { logFile }: Run,
  tell: (terminal: Terminal) => Promise<readonly Told[]>,
): Promise<number> {
  try {
    return await conclude(await tell(createTerminal(process.stdout, process.env)), logFile);
  } catch (error) {
    return await giveUp(error, logFile);
  }
}

/** A month of trades on a stack of its own, whose functions see the next month before it is over. */
async function playMonth(json: boolean): Promise<number> {
  const logFile = join(tmpdir(), `tradelane-demo-${process.pid}.log`);
  const run: Run = { stories: [], signal: endRequested(), logFile };
  const terminal = createTerminal(process.stdout, process.env);
  try {
    const tell = json ? () => undefined : (step: string) => terminal.print(`${step} …`);
    const stack = await startStack(run, tell, { payoutBatchWindowSeconds: 2 });
    try {
      const result = await playMonthEnd(stack, { signal: run.signal, tell });
      if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
      else printMonthEnd(terminal, result);
      return await verdict(monthEndProblems(result), logFile);
    } finally {
      await stack.stop();
    }
  } catch (error) {
    return await giveUp(error, logFile);
  }
}

const plain = ({ result }: Told) => demoJson(result);
const named = ({ scenario, result }: Told) => ({ scenario: scenario.name, ...demoJson(result) });

await runCommand({
  usage,
  run: async (args) => {
    const { help, json, list, all, scenario } = readDemoOptions(args);
    if (help || list === true) {
      if (help) process.stdout.write(usage);
      else printList();
      return 0;
    }
    if (scenario === MONTH_END.name) return playMonth(json);
    const stories =
      all === true ? scenarios : [scenario === undefined ? happy : scenarioNamed(scenario)];
    const logFile = join(tmpdir(), `tradelane-demo-${process.pid}.log`);
    const run = { stories, signal: endRequested(), logFile };
    if (!json) return play(run, (terminal) => runVisibly(run, terminal));
    return play(run, async () => {
      const told = await runQuietly(run);
      const answers = told.map(scenario === undefined && all !== true ? plain : named);
      process.stdout.write(`${JSON.stringify(all === true ? answers : answers[0])}\n`);
      return told;
    });
  },
});
