import type { TradelaneEvent } from '../../../events/index.ts';
import type { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import type { EscrowStatus } from '../../../src/escrow/state.ts';
import type { EasyPostSandbox } from '../../sandboxes/easypost/sandbox.ts';
import type { StripeSandbox } from '../../sandboxes/stripe/server.ts';
import type { LocalStackOptions } from '../../stack/index.ts';
import type { Bank } from '../bank.ts';
import type { Marketplace, OpenedTrade, Trade } from '../marketplace.ts';
import type { Treasury } from '../treasury.ts';

export type ScenarioPlay = {
  /** The trade that the scenario is about, just opened. */
  readonly trade: OpenedTrade;
  /** Where buyer and seller say what they want. */
  readonly marketplace: Marketplace;
  /** Where the buyer pays, and disputes a charge. */
  readonly stripe: StripeSandbox['control'];
  /** What happens to parcels, and to the carrier's answers. */
  readonly carrier: EasyPostSandbox['control'];
  /** Where files with payments go. */
  readonly bank: Bank;
  /** Where finance covers what is open between currencies, and pays duties. */
  readonly treasury: Pick<Treasury, 'cover' | 'payDuties'>;
  /** Waits until the trade has the status. @throws TooLateError where it does not in time. */
  readonly untilStatus: (status: EscrowStatus) => Promise<void>;
  /** Waits until the shipment has the status, and answers its tracking number. */
  readonly untilShipment: (status: string) => Promise<string>;
  /** Waits until the trade is so, and answers it. @throws TooLateError where it is not in time. */
  readonly until: (what: string, isSo: (trade: Trade) => boolean) => Promise<Trade>;
};

/**
 * What a trade has come to. Each list is told whole, in the trade's own order, and what is left out
 * is empty: a milestone as `delivery: paid`, a payout, refund or chargeback as `settled: 1.00 USD`, a
 * dispute by its outcome.
 */
export type Ending = {
  readonly status: EscrowStatus;
  readonly milestones: readonly string[];
  readonly payouts?: readonly string[];
  readonly refunds?: readonly string[];
  readonly disputes?: readonly string[];
  readonly chargebacks?: readonly string[];
  /** What the seller owes for this trade, such as `1.00 USD`. */
  readonly debts?: readonly string[];
  /** Events without which the story did not happen, though it ended so. */
  readonly happened?: readonly TradelaneEvent['type'][];
};

/** One story of a trade: what its parties do, and how it ends. */
export type Scenario = {
  readonly name: string;
  /** One sentence, without its full stop. */
  readonly title: string;
  /** What the marketplace opens the trade with. */
  readonly body: CreateTrade;
  /** What it needs of its stack, beside what every scenario gets. */
  readonly stack?: Pick<
    LocalStackOptions,
    'paymentWindowSeconds' | 'payoutBatchWindowSeconds' | 'payoutRetryPauseSeconds'
  >;
  /** True where the carrier never comes for the parcel. */
  readonly isNeverCollected?: boolean;
  readonly ending: Ending;
  /** Does what the parties do. The product's part happens by itself, up to the ending. */
  readonly play: (play: ScenarioPlay) => Promise<void>;
};
