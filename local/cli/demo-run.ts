import type { TradelaneEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { EscrowStatus } from '../../src/escrow/state.ts';
import { type AccountBalance, balancesOf } from '../../src/ledger/balances.ts';
import type { TradeHistory } from '../../src/process/trade-view.ts';
import type { StripeSandbox } from '../sandboxes/stripe/server.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import { holdsWithin } from '../stack/until.ts';
import { createMarketplace, type Trade } from './marketplace.ts';
import type { Scenario } from './scenarios/scenario.ts';

const STORY_TIMEOUT_MS = 25_000;
const REST_TIMEOUT_MS = 5_000;

/** Everything that is known of a scenario after it was played. */
export type DemoResult = {
  /** As the API answers it. */
  readonly trade: Trade;
  /** The trade's own journal. */
  readonly entries: readonly JournalEntry[];
  readonly balances: readonly AccountBalance[];
  /** The trial balance of the read model, and the status that it lists the trade under. */
  readonly trialBalance: readonly AccountBalance[];
  readonly isListed: boolean;
  readonly waitingMessages: number;
  readonly deadLetters: number;
  readonly endsAs: EscrowStatus;
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
 * Plays a scenario on a fresh stack, waits until everything has come to rest, and gathers what is
 * known of it then, also where the story did not reach its end in time.
 */
export async function playScenario(
  stack: LocalStack,
  scenario: Scenario,
  { onEvent, signal }: Audience,
): Promise<DemoResult> {
  const marketplace = createMarketplace(stack);
  const tell = storyteller(onEvent);
  const trade = await marketplace.openTrade(scenario.body, `demo-${scenario.name}`);
  const readTrade = async (): Promise<TradeHistory | undefined> => {
    const history = await stack.readTrade(trade.id);
    tell(history);
    return history;
  };
  const untilStatus = async (status: EscrowStatus): Promise<void> => {
    const hasStatus = async () => (await readTrade())?.escrow.status === status;
    if (await holdsWithin(hasStatus, { timeoutMs: STORY_TIMEOUT_MS, signal })) return;
    throw new TooLateError(`The trade is not ${status} after ${STORY_TIMEOUT_MS} ms.`);
  };
  try {
    await scenario.play({ trade, stripe: sandboxOf(stack).control, untilStatus });
  } catch (error) {
    // The report shows how far the trade came; its verdict says that this is not far enough.
    if (!(error instanceof TooLateError)) throw error;
  }
  const entries = await untilAtRest(stack, { scenario, readTrade, signal });
  return {
    trade: await marketplace.getTrade(trade.id),
    entries,
    balances: balancesOf(entries),
    trialBalance: await stack.trialBalance(),
    isListed: await isListed(stack, { tradeId: trade.id, status: scenario.endsAs }),
    waitingMessages: await stack.waitingMessages(),
    deadLetters: await stack.deadLetters(),
    endsAs: scenario.endsAs,
  };
}

function sandboxOf({ stripe }: LocalStack): StripeSandbox {
  if (stripe.sandbox !== undefined) return stripe.sandbox;
  throw new Error('A scenario is played with sandbox money only.');
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
    readonly signal: AbortSignal;
  },
): Promise<readonly JournalEntry[]> {
  const { scenario, readTrade, signal } = options;
  let entries: readonly JournalEntry[] = [];
  const isAtRest = async (): Promise<boolean> => {
    const history = await readTrade();
    entries = history?.records.flatMap(({ journal }) => journal) ?? [];
    const tradeId = history?.escrow.terms.tradeId ?? '';
    return (
      (await stack.waitingMessages()) === 0 &&
      (await isListed(stack, { tradeId, status: scenario.endsAs })) &&
      sameBalances(await stack.trialBalance(), balancesOf(entries))
    );
  };
  await holdsWithin(isAtRest, { timeoutMs: REST_TIMEOUT_MS, signal });
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

/** Whether two trial balances are the same, account by account. */
export const sameBalances = (
  left: readonly AccountBalance[],
  right: readonly AccountBalance[],
): boolean =>
  left.length === right.length && left.every((balance, index) => isSame(balance, right[index]));

const isSame = (left: AccountBalance, right: AccountBalance | undefined): boolean =>
  right !== undefined &&
  left.account === right.account &&
  left.currency === right.currency &&
  left.debitMinor === right.debitMinor &&
  left.creditMinor === right.creditMinor;
