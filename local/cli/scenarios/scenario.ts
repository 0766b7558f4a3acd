import type { LocalStack } from '../../stack/index.ts';
import type { Marketplace, Trade } from '../marketplace.ts';

export type ScenarioPlay = {
  readonly stack: LocalStack;
  readonly marketplace: Marketplace;
  /** Waits until the trade has the status, showing what happens meanwhile. */
  readonly untilStatus: (tradeId: string, status: Trade['status']) => Promise<Trade>;
};

/** One story of a trade: what the marketplace and the buyer do, and how it ends. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly play: (play: ScenarioPlay) => Promise<Trade>;
};
