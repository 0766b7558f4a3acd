import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, startLocalStack } from '../stack/index.ts';
import { runCommand } from './command.ts';
import { endRequested, untilAborted } from './end-request.ts';
import { secondsText } from './format.ts';
import { createMarketplace } from './marketplace.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { playSampleTrades } from './sample-trades.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { showTrades } from './trade-board.ts';
import { printWelcome, stackJson } from './welcome.ts';

const usage = `Usage: npm start [-- --port N] [--json]

Synthesizes the CDK app and hosts it on this machine, with Stripe and EasyPost as sandboxes, until
Ctrl-C. With STRIPE_SECRET_KEY or EASYPOST_API_KEY set, the real ones are used instead.

  --port N  the API's port on 127.0.0.1; a free one by default
  --json    print one line of JSON when ready, and then only serve
`;

/** Long enough to see each status, short enough to wait for. */
const INSPECTION_SECONDS = 15;
const CARRIER_EVERY_MS = 2_000;

type Serving = { readonly options: StartOptions; readonly signal: AbortSignal };

const start = (
  { options, signal }: Serving,
  more: { readonly logFile?: string; readonly onProgress?: (step: string) => void },
): Promise<LocalStack> =>
  startLocalStack({
    inspectionPeriodSeconds: INSPECTION_SECONDS,
    carrierAdvance: { everyMs: CARRIER_EVERY_MS },
    signal,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...more,
  });

async function serveForPrograms(serving: Serving): Promise<number> {
  const stack = await start(serving, {});
  try {
    process.stdout.write(`${JSON.stringify(stackJson(stack))}\n`);
    await untilAborted(serving.signal);
  } finally {
    await stack.stop();
  }
  return 0;
}

async function serveForPeople(terminal: Terminal, serving: Serving): Promise<number> {
  const { signal } = serving;
  const logFile = join(tmpdir(), `tradelane-${process.pid}.log`);
  const progress = showProgress(terminal);
  const stack = await start(serving, { logFile, onProgress: progress.step });
  const tookMs = progress.done();
  try {
    printWelcome(terminal, stack, logFile);
    terminal.print('', `Ready in ${secondsText(tookMs)}. Ctrl-C stops everything.`);
    await Promise.all([
      playSamples(terminal, stack, signal),
      showTrades(terminal, stack, signal),
      untilAborted(signal),
    ]);
  } finally {
    await stack.stop();
  }
  terminal.print('', 'Stopped.');
  return 0;
}

async function playSamples(
  terminal: Terminal,
  stack: LocalStack,
  signal: AbortSignal,
): Promise<void> {
  const { sandbox } = stack.stripe;
  if (sandbox === undefined) {
    terminal.print('Real Stripe: no sample trades are opened.');
    return;
  }
  try {
    await playSampleTrades({ marketplace: createMarketplace(stack), stripe: sandbox, signal });
  } catch (error) {
    // Ctrl-C in the middle of the samples is no failure.
    if (!signal.aborted) throw error;
  }
}

await runCommand({
  usage,
  run: async (args) => {
    const options = readStartOptions(args);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    const serving = { options, signal: endRequested() };
    return options.json
      ? serveForPrograms(serving)
      : serveForPeople(createTerminal(process.stdout, process.env), serving);
  },
});
