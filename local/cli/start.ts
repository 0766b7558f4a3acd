import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  FINANCE_SCOPES,
  LOCAL_MARKETPLACE,
  type LocalStack,
  type LocalStackOptions,
  startLocalStack,
} from '../stack/index.ts';
import { runCommand } from './command.ts';
import { endRequested, isAbort, untilAborted } from './end-request.ts';
import { createMarketplace } from './marketplace.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { readyLine } from './ready-line.ts';
import { playSampleBooks } from './sample-books/play.ts';
import { type OpenedSamples, openSampleTrades, paySampleTrades } from './sample-trades.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { createTradeBoard } from './trade-board.ts';
import { createTradeList } from './trade-list.ts';
import { isAllSandbox, welcome } from './welcome.ts';

const usage = `Usage: npm start -- [--port N]
       npm run --silent start -- --json [--port N]

Runs Tradelane on this machine until Ctrl-C: the synthesized CDK app, with sandboxes for Stripe and
EasyPost unless STRIPE_SECRET_KEY or EASYPOST_API_KEY is set.

  --port N  the port of the API on 127.0.0.1 (default: a free one)
  --json    print one line of JSON when ready, and nothing else; open no sample trades
  --help    print this
`;

/** Short enough to watch a trade through, long enough to step in. */
const INSPECTION_SECONDS = 10;
const SCAN_EVERY_MS = 1_500;
const PACE = `A parcel is scanned every ${SCAN_EVERY_MS / 1_000} s; inspection takes ${INSPECTION_SECONDS} s.`;

/** Long enough to see an open batch, short enough to see one close. */
const BATCH_SECONDS = 45;
const LOOK_EVERY_MS = 500;
const LISTED_TRADES = 12;

type Run = {
  readonly options: StartOptions;
  readonly ended: AbortSignal;
};

const start = (
  { options, ended }: Run,
  more: Pick<LocalStackOptions, 'logFile' | 'onProgress' | 'payoutBatchWindowSeconds'> = {},
): Promise<LocalStack> =>
  startLocalStack({
    inspectionPeriodSeconds: INSPECTION_SECONDS,
    carrierAdvance: { everyMs: SCAN_EVERY_MS },
    signal: ended,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...more,
  });

async function serveQuietly(run: Run): Promise<void> {
  const stack = await start(run);
  process.stdout.write(`${readyLine(stack)}\n`);
  await untilAborted(run.ended);
  await stack.stop();
}

async function serveVisibly(run: Run, terminal: Terminal): Promise<void> {
  terminal.print(terminal.paint('bold', 'Tradelane starts on this machine. Ctrl-C stops it.'), '');
  const progress = showProgress(terminal);
  const logFile = join(tmpdir(), `tradelane-${process.pid}.log`);
  const { step: onProgress } = progress;
  const stack = await start(run, { logFile, onProgress, payoutBatchWindowSeconds: BATCH_SECONDS });
  try {
    const samples = await openSamples(stack);
    const buyerPage = samples?.[0].trackingUrl;
    const financeKeys = [await financeKey(stack), await financeKey(stack)];
    const readyMs = progress.done();
    welcome(terminal, { stack, readyMs, logFile, pace: PACE, buyerPage, financeKeys });
    const books = samples === undefined ? idle : openBooks(stack, run.ended);
    const { ended } = run;
    await Promise.all([
      pay(stack, ended, samples),
      books.played,
      watch(stack, terminal, run, books),
    ]);
  } finally {
    await stack.stop();
  }
}

const financeKey = (stack: LocalStack): Promise<string> =>
  stack.addApiKey(LOCAL_MARKETPLACE, FINANCE_SCOPES);

/** No trade is opened where a real provider is set, which would take or spend money. */
const openSamples = async (stack: LocalStack): Promise<OpenedSamples | undefined> =>
  isAllSandbox(stack) ? openSampleTrades({ marketplace: createMarketplace(stack) }) : undefined;

const pay = async (
  { stripe: { sandbox } }: LocalStack,
  signal: AbortSignal,
  samples: OpenedSamples | undefined,
): Promise<void> => {
  if (sandbox === undefined || samples === undefined) return;
  await paySampleTrades({ stripe: sandbox, signal }, samples);
};

/** What is said of finance's books while they are filled; undefined where there is nothing to say. */
type Books = { readonly played: Promise<void>; readonly note: () => string | undefined };

const idle: Books = { played: Promise.resolve(), note: () => undefined };

/** Fills finance's books in the background. Where that fails, the stack goes on and says why. */
function openBooks(stack: LocalStack, signal: AbortSignal): Books {
  let note: string | undefined;
  const tell = (step: string): void => {
    note = `Sample books for finance's console: ${step}`;
  };
  const play = async (): Promise<void> => {
    try {
      await playSampleBooks(stack, { signal, tell });
      tell('all there');
    } catch (error) {
      if (isAbort(error)) throw error;
      tell(`given up, because ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return { played: play(), note: () => note };
}

/** Shows the trades as they move, until the end. */
async function watch(
  stack: LocalStack,
  terminal: Terminal,
  { ended: signal }: Run,
  { note }: Books,
): Promise<void> {
  const trades = createTradeList(stack, { limit: LISTED_TRADES });
  const board = createTradeBoard(terminal);
  while (!signal.aborted) {
    board.show(await trades.read(), note());
    await wait(LOOK_EVERY_MS, undefined, { signal });
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
    const run = { options, ended: endRequested() };
    const terminal = createTerminal(process.stdout, process.env);
    try {
      await (options.json ? serveQuietly(run) : serveVisibly(run, terminal));
    } catch (error) {
      // What was waited for is given up when the end is asked for: that is not a failure.
      if (!isAbort(error)) throw error;
    }
    if (!options.json) terminal.print('', terminal.paint('dim', 'Stopped.'));
    return 0;
  },
});
