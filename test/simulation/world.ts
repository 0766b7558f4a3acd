import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import type { FinanceTables } from '../../src/adapters/in-memory/view-finance.ts';
import type { EscrowStatus } from '../../src/escrow/state.ts';
import type { Money } from '../../src/money/money.ts';
import type { Deadline, Posting, TradeSummary, TurnoverSlice } from '../../src/process/views.ts';
import type { StoredItem } from '../../src/reconciliation/plan.ts';
import type { StatementHead } from '../../src/reconciliation/stored-statement.ts';
import type { FaultName, Faults } from './faults.ts';

/** The queues that workers consume. */
export type QueueName =
  | 'payments'
  | 'tracking'
  | 'conversion'
  | 'shipment'
  | 'escrow'
  | 'settlement'
  | 'projection'
  | 'poll'
  | 'reconciliation'
  | 'statements'
  | 'matching';

/**
 * One message, from when it was sent until its queue forgot it. A copy that the queue gave out twice
 * shares its history. `fate` is `waiting` until every copy is acknowledged or dead; a dead letter
 * that was put back is `redriven`, and `redrivenAs` names the message it became.
 */
export type MessageHistory = {
  readonly messageId: string;
  readonly queue: QueueName;
  readonly body: string;
  readonly sentAtMs: number;
  /** The task that sent it, such as `router/41`, or `redrive`. */
  readonly sentBy: string;
  /** The most often that any copy was received since it was sent. */
  readonly receives: number;
  readonly fate: 'waiting' | 'acknowledged' | 'dead_letter' | 'redriven';
  readonly redrivenAs: string | null;
  /** What its worker last made of it, as `observe` was told. Null before the first. */
  readonly lastHandled: MessageHandled | null;
};

export type MessageHandled = {
  /** The kind of what was handled, or `failed` where the consumer threw. */
  readonly kind: 'done' | 'ignored' | 'too_early' | 'rejected' | 'failed';
  readonly code: string | null;
  readonly disposition: 'acknowledge' | 'retry' | 'dead_letter';
};

/** A message on a dead-letter queue. `reasonCode` is null where SQS itself moved it. */
export type DeadLetter = {
  readonly messageId: string;
  readonly queue: QueueName;
  /** In the version of this release, whichever sent it. */
  readonly body: string;
  readonly isNext: boolean;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly receiveCount: number;
  readonly deadAtMs: number;
};

/** Records that the stream gave up to route; an operator replays them. */
export type RouterDeadLetter = {
  readonly records: readonly TradelaneRecord[];
  readonly deadAtMs: number;
};

export type StripeIntent = {
  readonly id: string;
  readonly tradeId: string | null;
  readonly status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  readonly amount: Money;
  readonly customerId: string | null;
  /** What bank transfers have paid of it, in minor units. */
  readonly appliedMinor: bigint;
  readonly isByTransfer: boolean;
  readonly createdAtMs: number;
  readonly charge: StripeCharge | null;
};

export type StripeCharge = {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly tradeId: string | null;
  readonly amount: Money;
  /** What was credited for it, in the currency that Stripe settles in, before its fee. */
  readonly settled: Money;
  readonly fee: Money;
  readonly capturedAtMs: number;
  /** From when on the API shows the balance transaction. */
  readonly bookedAtMs: number;
};

export type StripeTransfer = {
  readonly id: string;
  readonly payoutId: string | null;
  /** Which attempt at the payout it says it is. */
  readonly attempt: number;
  readonly tradeId: string | null;
  readonly destination: string;
  readonly amount: Money;
  readonly sourceChargeId: string | null;
  readonly createdAtMs: number;
};

export type StripeReversal = {
  readonly id: string;
  readonly transferId: string;
  readonly tradeId: string | null;
  /** The product's own id, of a reversal that the product made. */
  readonly reversalId: string | null;
  readonly amount: Money;
  readonly createdAtMs: number;
};

/** What moved on a customer's cash balance; positive comes in. */
export type StripeCash = {
  readonly customerId: string;
  readonly type:
    | 'funded'
    | 'applied_to_payment'
    | 'unapplied_from_payment'
    | 'refunded_from_payment'
    | 'return_initiated';
  readonly amount: Money;
  readonly atMs: number;
};

export type StripeRefund = {
  readonly id: string;
  /** Null where it was given back out of a customer's cash balance. */
  readonly chargeId: string | null;
  readonly customerId: string | null;
  readonly tradeId: string | null;
  /** The product's own id, of a refund that the product made. */
  readonly refundId: string | null;
  readonly attempt: number;
  readonly amount: Money;
  /** What was debited for it, in the currency that Stripe settles in. */
  readonly debited: Money;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly createdAtMs: number;
};

/** What a bank disputes of a charge, and what the provider booked for it, in what it settles in. */
export type StripeDispute = {
  readonly id: string;
  readonly chargeId: string;
  readonly tradeId: string | null;
  readonly amount: Money;
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost';
  /** Money that was withdrawn is negative, what was given back positive; a fee is charged beside it. */
  readonly bookings: readonly {
    readonly transactionId: string;
    readonly amountMinor: bigint;
    readonly feeMinor: bigint;
  }[];
  readonly dueBySeconds: number;
  /** How often evidence was handed in, and what the product named itself by. */
  readonly submissions: number;
  readonly metadata: Readonly<Record<string, string>>;
};

/** What moved on the platform's balance, as the provider lists it. */
export type StripeTransaction = {
  readonly id: string;
  readonly category: 'charge' | 'refund' | 'dispute' | 'transfer' | 'transfer_reversal' | 'payout';
  readonly sourceId: string;
  /** What the balance moves by, with its sign, and what of that is a fee. */
  readonly net: Money;
  readonly feeMinor: bigint;
  readonly atMs: number;
  /** The payout that has taken it to the bank; null while none has. */
  readonly payoutId: string | null;
};

/** An event of the provider's, and whether an endpoint of ours has taken it. */
export type StripeLoggedEvent = {
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  readonly createdAtMs: number;
  readonly isDelivered: boolean;
};

export type StripeView = {
  readonly intents: ReadonlyMap<string, StripeIntent>;
  readonly charges: readonly StripeCharge[];
  readonly transfers: readonly StripeTransfer[];
  readonly refunds: readonly StripeRefund[];
  readonly disputes: readonly StripeDispute[];
  /** Every event that it told, or meant to tell. */
  readonly log: readonly StripeLoggedEvent[];
  readonly reversals: readonly StripeReversal[];
  readonly transactions: readonly StripeTransaction[];
  readonly cash: readonly StripeCash[];
  /** What was taken back of transfers, in their own currency. */
  readonly reversed: ReadonlyMap<string, bigint>;
  /** Keys of money that a run asked for again without a look at what became of it. */
  readonly blindRepeats: readonly string[];
  /** Idempotency keys that were used again for something else. */
  readonly reusedKeys: readonly string[];
  /** What the platform's balance has changed by since the start, per currency, in minor units. */
  readonly balances: ReadonlyMap<string, bigint>;
};

/** What the bank or the provider gets wrong, or does that nobody awaits. */
export type Trouble = 'late' | 'too_much' | 'twice' | 'unknown' | 'omitted' | 'higher_fee';

/** One movement on the segregated account, as its bank books it. Above zero, money came in. */
export type BankLine = {
  readonly kind: 'payment' | 'return' | 'provider_payout' | 'receipt' | 'by_finance';
  readonly amount: Money;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly reference: string;
  readonly endToEndId: string | null;
  readonly text: string | null;
  readonly returnReason: string | null;
  readonly trouble: Trouble | null;
};

/** A transaction as the provider's report has it, which need not be what happened. */
export type ProviderRow = StripeTransaction & {
  readonly day: string;
  readonly trouble: Trouble | null;
};

/** The bank, the provider's reports and what we make of both, in worlds that have them. */
export type ReconciliationView = {
  readonly bank: readonly BankLine[];
  readonly rows: readonly ProviderRow[];
  /** Transactions that the provider's reports leave out. */
  readonly omitted: readonly StripeTransaction[];
  /** Every item of every lane. */
  readonly items: () => readonly StoredItem[];
  readonly statements: ReadonlyMap<string, StatementHead>;
  /** How many times files were handed in, and how many different ones. */
  readonly uploads: { readonly times: number; readonly files: number };
};

export type CarrierShipment = {
  readonly id: string;
  readonly reference: string;
  readonly createdAtMs: number;
  /** One, or those of an order. */
  readonly parcels: readonly {
    readonly id: string;
    readonly label: CarrierLabel | null;
    readonly isGivenBack: boolean;
  }[];
};

export type CarrierLabel = {
  readonly trackerId: string;
  readonly trackingNumber: string;
  readonly carrierShipmentId: string;
  readonly parcelId: string;
  readonly reference: string;
  readonly service: string;
  readonly price: Money;
  readonly boughtAtMs: number;
};

/** A scan as the carrier made it; `occurredAtMs` is the carrier's own time. */
export type CarrierScan = {
  readonly trackerId: string;
  readonly status: string;
  readonly detail: string;
  readonly occurredAtMs: number;
};

export type CarrierView = {
  readonly shipments: ReadonlyMap<string, CarrierShipment>;
  readonly labels: readonly CarrierLabel[];
  readonly scans: readonly CarrierScan[];
};

/** One delivery attempt of a webhook, and what came of it. */
export type WebhookDelivery = {
  readonly provider: 'stripe' | 'easypost';
  readonly eventId: string;
  readonly eventType: string;
  readonly objectId: string;
  /** True where the body was tampered with, or signed with another secret or at another time. */
  readonly forged: boolean;
  readonly atMs: number;
  /** The HTTP status, or `none` where the function died before it answered; `open` until then. */
  readonly status: number | 'none' | 'open';
  /** Messages that the delivery put on a queue; more than one where a send was repeated. */
  readonly messageIds: readonly string[];
};

/** One request of the marketplace to the API, and its answer. */
export type ApiCall = {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly tradeId: string;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly atMs: number;
  readonly status: number | 'none' | 'open';
  readonly code: string | null;
};

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
