import type { TradelaneEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { EscrowStatus } from '../../src/escrow/state.ts';
import { type AccountBalance, balancesOf } from '../../src/ledger/balances.ts';
import { toJson } from '../../src/platform/json.ts';
import { presentTrade, type TradeHistory } from '../../src/process/trade-view.ts';
import type { EasyPostSandbox } from '../sandboxes/easypost/sandbox.ts';
import type { StripeSandbox } from '../sandboxes/stripe/server.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import { holdsWithin, PATIENCE_MS } from '../stack/until.ts';
import { createBank } from './bank.ts';
import { sentenceOf } from './command.ts';
import { sameBalances, turnoverSince } from './demo-balances.ts';
import { differencesFrom } from './demo-ending.ts';
import { isAbort } from './end-request.ts';
import { plainWords } from './format.ts';
import { createMarketplace, labeledShipment, type Trade } from './marketplace.ts';
import type { Ending, Scenario } from './scenarios/scenario.ts';
import { createTreasury, type Treasury } from './treasury.ts';

const SCAN_EVERY_MS = 350;

/** Everything that is known of a scenario after it was played. */
export type DemoResult = {
  /** As the API answers it. */
  readonly trade: Trade;
  /** The trade's own journal, and what finance booked for it. */
  readonly entries: readonly JournalEntry[];
  readonly balances: readonly AccountBalance[];
  /** What the trade adds to the trial balance of the read model, and the status that it lists the trade under. */
  readonly trialBalance: readonly AccountBalance[];
  readonly isListed: boolean;
  readonly waitingMessages: number;
  readonly deadLetters: number;
  readonly ending: Ending;
  /** What kept the story from being told to its end, in a sentence. */
  readonly obstacle?: string;
};

/** A trade did not get in time to where its story goes on. */
export class TooLateError extends Error {
  readonly code = 'DEMO.TOO_LATE';
}

export type Audience = {
  /** Is told of each event of the trade, once, as it appears. `elapsedMs` counts from the first. */
  readonly onEvent: (event: TradelaneEvent, elapsedMs: number) => void;
  /** Ends the play: it rejects with the signal's reason. */
  readonly signal: AbortSignal;
};

/**
 * Plays a scenario on a stack that is at rest, waits until everything has come to rest again, and
 * gathers what is known of it then, also where the story did not reach its end in time.
 */
export async function playScenario(
  stack: LocalStack,
  scenario: Scenario,
  { onEvent, signal }: Audience,
): Promise<DemoResult> {
  const before = await stack.trialBalance();
  const marketplace = createMarketplace(stack);
  const tell = storyteller(onEvent);
  const trade = await marketplace.openTrade(scenario.body, `demo-${scenario.name}`);
  const readTrade = async (): Promise<TradeHistory | undefined> => {
    const history = await stack.readTrade(trade.id);
    tell(history);
    return history;
  };
  const treasury = createTreasury(stack);
  const stopCarrier = scenario.isNeverCollected === true ? () => undefined : startCarrier(stack);
  const { until, untilEnding } = patience(readTrade, signal);
  const readModel = async () => turnoverSince(before, await stack.trialBalance());
  const obstacle = await obstacleTo(async () => {
    await scenario.play({
      trade,
      marketplace,
      stripe: sandboxOf(stack).control,
      carrier: carrierOf(stack),
      bank: createBank(stack, signal),
      treasury,
      until,
      untilShipment: async (status) => {
        const now = await until(
          plainWords(status),
          (one) => labeledShipment(one)?.status === status,
        );
        return labeledShipment(now)?.trackingNumber ?? '';
      },
      untilStatus: async (status) => {
        await until(plainWords(status), (now) => now.status === status);
      },
    });
    await untilEnding(scenario.ending);
  }).finally(stopCarrier);
  await webhooksSettled(stack);
  const entries = await untilAtRest(stack, { scenario, readTrade, readModel, treasury, signal });
  return {
    trade: await marketplace.getTrade(trade.id),
    entries,
    balances: balancesOf(entries),
    trialBalance: await readModel(),
    isListed: await isListed(stack, { tradeId: trade.id, status: scenario.ending.status }),
    waitingMessages: await stack.waitingMessages(),
    deadLetters: await stack.deadLetters(),
    ending: scenario.ending,
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

/** Nothing of what the providers have told is still on its way to the product. */
async function webhooksSettled({ stripe, easypost }: LocalStack): Promise<void> {
  await stripe.sandbox?.control.webhooksSettled();
  await easypost.sandbox?.control.webhooksSettled();
}

/** The report shows how far the trade came; its verdict says why it is not farther. */
async function obstacleTo(story: () => Promise<void>): Promise<string | undefined> {
  try {
    await story();
    return undefined;
  } catch (error) {
    if (isAbort(error)) throw error;
    return sentenceOf(error);
  }
}

/** The carrier moves every parcel on by a scan, again and again. Answers what ends that. */
function startCarrier({ easypost }: LocalStack): () => void {
  const timer = setInterval(() => easypost.sandbox?.control.advanceAll(), SCAN_EVERY_MS);
  return () => clearInterval(timer);
}

function patience(readTrade: () => Promise<TradeHistory | undefined>, signal: AbortSignal) {
  const holds = async (isSo: (trade: Trade) => boolean) => {
    let now: Trade | undefined;
    const isThere = async (): Promise<boolean> => {
      const history = await readTrade();
      if (history === undefined) return false;
      now = asAnswered(history);
      return isSo(now);
    };
    return (await holdsWithin(isThere, { signal })) ? now : undefined;
  };
  return {
    until: async (what: string, isSo: (trade: Trade) => boolean): Promise<Trade> => {
      const trade = await holds(isSo);
      if (trade !== undefined) return trade;
      throw new TooLateError(`The trade was not ${what} after ${PATIENCE_MS} ms.`);
    },
    /** Gives up without a word: the verdict says what is missing. */
    untilEnding: (ending: Ending) => holds((now) => differencesFrom(ending, now).length === 0),
  };
}

/** A trade as the API answers it. */
const asAnswered = (history: TradeHistory): Trade =>
  JSON.parse(toJson(presentTrade(history))) as Trade;

function sandboxOf({ stripe }: LocalStack): StripeSandbox {
  if (stripe.sandbox !== undefined) return stripe.sandbox;
  throw new Error('A scenario is played with sandbox money only.');
}

function carrierOf({ easypost }: LocalStack): EasyPostSandbox['control'] {
  if (easypost.sandbox !== undefined) return easypost.sandbox.control;
  throw new Error('A scenario is played with sandbox parcels only.');
}

/** Tells each event once, in the order in which they are seen. */
function storyteller(onEvent: Audience['onEvent']) {
  const told = new Set<string>();
  return (history: TradeHistory | undefined): void => {
    const [first] = history?.records ?? [];
    for (const { streamId, sequence, recordedAt, events } of history?.records ?? []) {
      const key = `${streamId}#${sequence}`;
      if (told.has(key)) continue;
      told.add(key);
      const elapsedMs = Date.parse(recordedAt) - Date.parse(first?.recordedAt ?? recordedAt);
      for (const event of events) onEvent(event, elapsedMs);
    }
  };
}

/** Waits until no queue holds a message and the read models say what the trade's journal says. */
async function untilAtRest(
  stack: LocalStack,
  options: {
    readonly scenario: Scenario;
    readonly readTrade: () => Promise<TradeHistory | undefined>;
    readonly readModel: () => Promise<readonly AccountBalance[]>;
    readonly treasury: Treasury;
    readonly signal: AbortSignal;
  },
): Promise<readonly JournalEntry[]> {
  const { scenario, readTrade, readModel, treasury, signal } = options;
  let entries: readonly JournalEntry[] = [];
  const isAtRest = async (): Promise<boolean> => {
    const history = await readTrade();
    const journal = history?.records.flatMap((record) => record.journal) ?? [];
    entries = [...journal, ...treasury.entries()];
    const tradeId = history?.escrow.terms.tradeId ?? '';
    return (
      (await stack.waitingMessages()) === 0 &&
      (await isListed(stack, { tradeId, status: scenario.ending.status })) &&
      sameBalances(await readModel(), balancesOf(entries))
    );
  };
  await holdsWithin(isAtRest, { signal });
  return entries;
}

const LISTED_AT_MOST = 100;

/** Whether the read model lists the trade under that status. */
async function isListed(
  { views }: LocalStack,
  { tradeId, status }: { readonly tradeId: string; readonly status: EscrowStatus },
): Promise<boolean> {
  const query = { marketplaceId: LOCAL_MARKETPLACE, status, limit: LISTED_AT_MOST };
  return (await views.listTrades(query)).some((summary) => summary.tradeId === tradeId);
}
