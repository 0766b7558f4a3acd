import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, startLocalStack } from '../stack/index.ts';
import { runCommand } from './command.ts';
import { demoJson } from './demo-json.ts';
import { printReport } from './demo-report.ts';
import { type DemoResult, playScenario } from './demo-run.ts';
import { problemsOf } from './demo-verdict.ts';
import { endRequested, isAbort } from './end-request.ts';
import { secondsText, wrap } from './format.ts';
import { meaningOf } from './meanings.ts';
import { readDemoOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { happy } from './scenarios/happy.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const usage = `Usage: npm run demo
       npm run --silent demo -- --json

Runs one whole trade on a fresh local stack, from checkout to the seller's payout, always with
sandbox money, and prints its timeline, the ledger and the trial balance. Exit status 1 if the trade
does not settle, the books do not balance, the read models disagree or a message was given up.

  --json  print one JSON object and nothing else
  --help  print this
`;

/** Short, so that a person can watch; the steps are the same. */
const INSPECTION_SECONDS = 2;
const SCAN_EVERY_MS = 350;
const DEADLINES_EVERY_MS = 500;

const TIME_WIDTH = 8;
const TYPE_WIDTH = 22;
const GAP = '  ';

type Run = { readonly signal: AbortSignal; readonly logFile: string };

/** Provider keys are kept from the stack: a demo never takes or spends real money. */
const startStack = (
  { signal, logFile }: Run,
  onProgress: (step: string) => void,
): Promise<LocalStack> =>
  startLocalStack({
    inspectionPeriodSeconds: INSPECTION_SECONDS,
    carrierAdvance: { everyMs: SCAN_EVERY_MS },
    deadlinesEveryMs: DEADLINES_EVERY_MS,
    environment: {},
    onProgress,
    signal,
    logFile,
  });

async function runQuietly(run: Run): Promise<DemoResult> {
  const stack = await startStack(run, () => undefined);
  try {
    const { signal } = run;
    const result = await playScenario(stack, happy, { onEvent: () => undefined, signal });
    process.stdout.write(`${JSON.stringify(demoJson(result))}\n`);
    return result;
  } finally {
    await stack.stop();
  }
}

async function runVisibly(run: Run, terminal: Terminal): Promise<DemoResult> {
  const progress = showProgress(terminal);
  const stack = await startStack(run, progress.step);
  progress.done();
  try {
    terminal.print('', terminal.paint('bold', happy.title));
    const result = await playScenario(stack, happy, {
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
  } finally {
    await stack.stop();
  }
}

/** Answers the exit status. The functions' log is kept where somebody will want to read it. */
async function conclude(result: DemoResult, logFile: string): Promise<number> {
  const problems = problemsOf(result);
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

await runCommand({
  usage,
  run: async (args) => {
    const { help, json } = readDemoOptions(args);
    if (help) {
      process.stdout.write(usage);
      return 0;
    }
    const logFile = join(tmpdir(), `tradelane-demo-${process.pid}.log`);
    const run = { signal: endRequested(), logFile };
    const terminal = createTerminal(process.stdout, process.env);
    try {
      return await conclude(await (json ? runQuietly(run) : runVisibly(run, terminal)), logFile);
    } catch (error) {
      return await giveUp(error, logFile);
    }
  },
});
