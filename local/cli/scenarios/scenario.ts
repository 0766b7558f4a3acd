import type { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import type { EscrowStatus } from '../../../src/escrow/state.ts';
import type { StripeSandbox } from '../../sandboxes/stripe/server.ts';
import type { OpenedTrade } from '../marketplace.ts';

export type ScenarioPlay = {
  /** The trade that the scenario is about, just opened. */
  readonly trade: OpenedTrade;
  /** Where the buyer pays. */
  readonly stripe: StripeSandbox['control'];
  /** Waits until the trade has the status. @throws TooLateError where it does not in time. */
  readonly untilStatus: (status: EscrowStatus) => Promise<void>;
};

/** One story of a trade: what its parties do, and how it ends. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  /** What the marketplace opens the trade with. */
  readonly body: CreateTrade;
  readonly endsAs: EscrowStatus;
  /** Does what the parties do. The product's part happens by itself. */
  readonly play: (play: ScenarioPlay) => Promise<void>;
};
