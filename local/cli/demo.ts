import { type LocalStack, startLocalStack } from '../stack/index.ts';
import { runCommand } from './command.ts';
import { demoJson, printReport } from './demo-report.ts';
import { hasSucceeded, playScenario } from './demo-run.ts';
import { endRequested } from './end-request.ts';
import { secondsText } from './format.ts';
import { meaningOf } from './meanings.ts';
import { readDemoOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { happy } from './scenarios/happy.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const usage = `Usage: npm run demo [-- --json]

Runs one whole trade on a fresh local stack, from checkout to the seller's payout, and prints its
timeline, the ledger and the trial balance. Exit status 1 if the trade did not settle, the books do
not balance, or a message was left over.

  --json  print one JSON object and nothing else
`;

/** Short, so that a person can watch; the steps are the same. */
const INSPECTION_SECONDS = 2;
const CARRIER_EVERY_MS = 350;
const DEADLINES_EVERY_MS = 500;
const TYPE_WIDTH = 24;
const TIME_WIDTH = 8;

const startStack = (
  signal: AbortSignal,
  onProgress?: (step: string) => void,
): Promise<LocalStack> =>
  startLocalStack({
    inspectionPeriodSeconds: INSPECTION_SECONDS,
    carrierAdvance: { everyMs: CARRIER_EVERY_MS },
    deadlinesEveryMs: DEADLINES_EVERY_MS,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });

async function runQuietly(signal: AbortSignal): Promise<number> {
  const stack = await startStack(signal);
  try {
    const result = await playScenario(stack, happy, () => undefined);
    process.stdout.write(`${JSON.stringify(demoJson(result))}\n`);
    return hasSucceeded(result) ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

async function runForPeople(terminal: Terminal, signal: AbortSignal): Promise<number> {
  const progress = showProgress(terminal);
  const stack = await startStack(signal, progress.step);
  progress.done();
  try {
    terminal.print('', terminal.paint('bold', happy.title));
    const startedAtMs = performance.now();
    const result = await playScenario(stack, happy, ({ type }) => {
      const elapsed = secondsText(performance.now() - startedAtMs).padStart(TIME_WIDTH);
      terminal.print(
        `${terminal.paint('dim', elapsed)}  ${type.padEnd(TYPE_WIDTH)}  ${terminal.paint('dim', meaningOf(type))}`,
      );
    });
    printReport(terminal, result);
    return hasSucceeded(result) ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

await runCommand({
  usage,
  run: (args) => {
    const { help, json } = readDemoOptions(args);
    if (help) {
      process.stdout.write(usage);
      return Promise.resolve(0);
    }
    const signal = endRequested();
    return json
      ? runQuietly(signal)
      : runForPeople(createTerminal(process.stdout, process.env), signal);
  },
});
