import { setTimeout as wait } from 'node:timers/promises';
import { type AccountBalance, balancesOf, isBalanced } from '../../src/ledger/balances.ts';
import type { TradeHistory } from '../../src/process/trade-view.ts';
import type { LocalStack } from '../stack/index.ts';
import { until } from '../stack/until.ts';
import { createMarketplace, type Trade } from './marketplace.ts';
import type { Scenario } from './scenarios/scenario.ts';

const SETTLE_TIMEOUT_MS = 25_000;
const REST_TIMEOUT_MS = 10_000;
const POLL_MS = 60;

/** How a scenario ended, and everything that is known of it. */
export type DemoResult = {
  readonly trade: Trade;
  readonly history: TradeHistory;
  readonly trialBalance: readonly AccountBalance[];
  readonly balanced: boolean;
  /** Whether the read model says what the trade's own journals say. */
  readonly viewsAgree: boolean;
  readonly deadLetters: number;
};

export const hasSucceeded = ({ trade, balanced, viewsAgree, deadLetters }: DemoResult): boolean =>
  trade.status === 'settled' && balanced && viewsAgree && deadLetters === 0;

/**
 * Plays a scenario on a fresh stack and waits until everything has come to rest. `onEvent` is told
 * of each event of the timeline, once, as it appears.
 *
 * @throws where the scenario does not reach its end in time.
 */
export async function playScenario(
  stack: LocalStack,
  scenario: Scenario,
  onEvent: (event: Trade['timeline'][number]) => void,
): Promise<DemoResult> {
  const marketplace = createMarketplace(stack);
  const shown = new Set<string>();
  const show = ({ timeline }: Trade): void => {
    for (const [index, event] of timeline.entries()) {
      const key = `${event.stream}#${event.sequence}#${event.type}`;
      if (shown.has(key)) continue;
      shown.add(key);
      onEvent(timeline[index] ?? event);
    }
  };
  const untilStatus = async (tradeId: string, status: Trade['status']): Promise<Trade> => {
    const deadline = performance.now() + SETTLE_TIMEOUT_MS;
    for (;;) {
      const trade = await marketplace.getTrade(tradeId);
      show(trade);
      if (trade.status === status) return trade;
      if (performance.now() > deadline) {
        throw new Error(
          `The trade is ${trade.status} after ${SETTLE_TIMEOUT_MS / 1_000} s, not ${status}.`,
        );
      }
      await wait(POLL_MS);
    }
  };
  const { id } = await scenario.play({ stack, marketplace, untilStatus });
  return inspect(stack, { tradeId: id, readTrade: () => marketplace.getTrade(id), show });
}

async function inspect(
  stack: LocalStack,
  options: {
    readonly tradeId: string;
    readonly readTrade: () => Promise<Trade>;
    readonly show: (trade: Trade) => void;
  },
): Promise<DemoResult> {
  await until(async () => (await stack.waitingMessages()) === 0, {
    timeoutMs: REST_TIMEOUT_MS,
    what: 'the queues to run empty',
  });
  const history = await stack.readTrade(options.tradeId);
  if (history === undefined) throw new Error('The trade is gone.');
  const own = balancesOf(history.records.flatMap(({ journal }) => journal));
  const trialBalance = await caughtUp(stack, own);
  const trade = await options.readTrade();
  options.show(trade);
  return {
    trade,
    history,
    trialBalance,
    balanced: isBalanced(own) && isBalanced(trialBalance),
    viewsAgree: sameBalances(trialBalance, own),
    deadLetters: await stack.deadLetters(),
  };
}

/** The projection's trial balance, as soon as it holds all of the trade; else as it is in the end. */
async function caughtUp(
  stack: LocalStack,
  own: readonly AccountBalance[],
): Promise<readonly AccountBalance[]> {
  const deadline = performance.now() + REST_TIMEOUT_MS;
  for (;;) {
    const trialBalance = await stack.trialBalance();
    if (sameBalances(trialBalance, own) || performance.now() > deadline) return trialBalance;
    await wait(POLL_MS);
  }
}

const sameBalances = (left: readonly AccountBalance[], right: readonly AccountBalance[]): boolean =>
  left.length === right.length &&
  left.every((balance, index) => {
    const other = right[index];
    return (
      other !== undefined &&
      other.account === balance.account &&
      other.currency === balance.currency &&
      other.debitMinor === balance.debitMinor &&
      other.creditMinor === balance.creditMinor
    );
  });
