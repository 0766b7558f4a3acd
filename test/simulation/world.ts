import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import type { FinanceTables } from '../../src/adapters/in-memory/view-finance.ts';
import type { EscrowStatus } from '../../src/escrow/state.ts';
import type { Money } from '../../src/money/money.ts';
import type { Deadline, Posting, TradeSummary, TurnoverSlice } from '../../src/process/views.ts';
import type { FaultName, Faults } from './faults.ts';
import type { ReconciliationView } from './world/bank.ts';
import type { CarrierLabel, CarrierView } from './world/carrier.ts';
import type {
  ApiCall,
  DeadLetter,
  MessageHistory,
  RouterDeadLetter,
  WebhookDelivery,
} from './world/messages.ts';
import type { StripeCharge, StripeTransfer, StripeView } from './world/stripe.ts';

export type * from './world/bank.ts';
export type * from './world/carrier.ts';
export type * from './world/messages.ts';
export type * from './world/stripe.ts';

/** One trade of the workload and what its scenario expects of it at rest. */
export type PlannedTrade = {
  readonly ordinal: number;
  readonly scenario: string;
  readonly tradeId: string;
  readonly marketplaceId: string;
  /** Statuses in which the trade may rest; `none` where it may never have been opened. */
  readonly ends: ReadonlySet<EscrowStatus | 'none'>;
  /** Codes of dead letters that a person must look at and that no redrive can help. */
  readonly deadLetterCodes: ReadonlySet<string>;
  /** Those of them that are thrown away once a person has looked. */
  readonly deletedCodes: ReadonlySet<string>;
  /** Names, streets, addresses and numbers of its people; they may stand only in the vault. */
  readonly personalData: readonly string[];
  readonly script: 'running' | 'finished' | 'failed';
  readonly scriptError: string | null;
};

export type ViewsView = {
  readonly trades: ReadonlyMap<string, TradeSummary>;
  readonly postings: ReadonlyMap<string, Posting>;
  readonly slices: ReadonlyMap<string, TurnoverSlice>;
  /** `provider#trackerId` to shipment id. */
  readonly trackers: ReadonlyMap<string, string>;
  readonly deadlines: ReadonlyMap<string, Deadline>;
  readonly finance: FinanceTables;
};

/**
 * What the last step was and what it changed; lists are empty where it changed nothing. `kind` is
 * the operation's name, such as `events.append`, `stripe.transfers.create`, `queue.receive`.
 */
export type Step = {
  readonly index: number;
  readonly kind: string;
  readonly task: string;
  readonly appended: readonly TradelaneRecord[];
  /** Charges and transfers that Stripe made, labels that the carrier sold, in this step. */
  readonly charges: readonly StripeCharge[];
  readonly transfers: readonly StripeTransfer[];
  readonly labels: readonly CarrierLabel[];
  readonly deadLetters: readonly DeadLetter[];
};

/** Use of the infrastructure so far. */
export type Counters = {
  readonly steps: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly eventLoads: number;
  readonly eventAppends: number;
  readonly eventConflicts: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  readonly invocations: number;
  readonly stripeCalls: number;
  readonly carrierCalls: number;
};

/** Everything that a run exposes to its checks. Live: it changes with the next step. */
export type World = {
  readonly seed: number;
  readonly faults: Faults;
  readonly settings: {
    readonly feeBasisPoints: number;
    readonly marginBasisPoints: number;
    readonly paymentWindowSeconds: number;
    readonly inspectionPeriodSeconds: number;
    readonly smallestPayout: Money & { readonly country: string };
    readonly maxReceiveCount: number;
    readonly maxSkewMs: number;
  };
  /** True simulated time. Functions see it through a clock that may be off by `maxSkewMs`. */
  readonly nowMs: () => number;
  readonly startMs: number;
  /** `storm` while scripts and faults run, `calming` after the faults stopped, `rest` at the end. */
  readonly phase: 'storm' | 'calming' | 'rest';
  /** True if the system did not come to rest within its bounds. */
  readonly restless: string | null;
  /** Every stored record, in the order of their conditional writes. */
  readonly records: readonly TradelaneRecord[];
  readonly streams: ReadonlyMap<string, readonly TradelaneRecord[]>;
  /** Records that the stream has not handed over to the router with success yet. */
  readonly unroutedRecords: () => number;
  readonly routerDeadLetters: readonly RouterDeadLetter[];
  readonly messages: ReadonlyMap<string, MessageHistory>;
  readonly deadLetters: readonly DeadLetter[];
  readonly deletedLetters: readonly DeadLetter[];
  readonly stripe: StripeView;
  readonly carrier: CarrierView;
  /** Null in worlds without statements. */
  readonly reconciliation: ReconciliationView | null;
  readonly views: ViewsView;
  readonly vault: ReadonlyMap<string, PartyProfile>;
  readonly webhooks: readonly WebhookDelivery[];
  readonly apiCalls: readonly ApiCall[];
  readonly trades: readonly PlannedTrade[];
  readonly counters: Counters;
  readonly step: Step;
};

/** What a check found. `tradeId` is null where no single trade is to blame. */
export type Violation = {
  readonly invariant: string;
  readonly tradeId: string | null;
  readonly detail: string;
};

/**
 * What is checked. `checkStep` runs after every step and must be cheap: it looks at `world.step`
 * first. `checkRest` runs once, when the system has come to rest. A world ends at its first step
 * with violations.
 */
export type Checks = {
  readonly checkStep?: (world: World) => readonly Violation[];
  readonly checkRest?: (world: World) => readonly Violation[];
};
