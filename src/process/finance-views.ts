import type { PayoutRail } from '../../events/payout/common.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { DebtStatus } from '../settlement/seller-debts.ts';

/** Where the pay of a milestone stands, from the release to the seller's account. */
export const settlementStates = [
  /** Released; it waits for its money to be free, or to be asked for. */
  'due',
  /** Asked for; the provider or the bank does not have it yet, as far as we know. */
  'initiated',
  'in_transit',
  'paid',
  /** It was not paid and waits for the seller's account to change. */
  'failed',
  /** It was paid and came back. */
  'returned',
  /** Its funds are blocked, and nothing of it is sent until that is lifted. */
  'on_hold',
  /** Too little to be paid alone: it waits for the seller's next payout. */
  'carried',
  /** It went with another payout of the seller. */
  'paid_through',
  /** All of it was kept for the seller's debts. */
  'netted',
] as const;
export type SettlementState = (typeof settlementStates)[number];

/** The pay of one milestone. `version` is the length of its payout's stream; 0 where there is none. */
export type Settlement = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly milestoneId: string;
  readonly payoutAccountId: string;
  readonly reference?: string | undefined;
  readonly state: SettlementState;
  readonly version: number;
  /** Since when it stands there; what is due, from when on. */
  readonly at: string;
  readonly amount: Money;
  /** What the latest attempt kept for the seller's debts. */
  readonly netted?: Money | undefined;
  /** What was taken back of it after it was paid. */
  readonly reversed?: Money | undefined;
  readonly rail?: PayoutRail | undefined;
  readonly attempt: number;
  /** What the provider or the bank calls it. */
  readonly transferId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly code?: string | undefined;
  readonly carrierPayoutId?: string | undefined;
};

/** The last key of a list of what is up to a day or an instant: whatever begins with it is in it. */
export const keyUpTo = (until: string): string => `${until}~~`;

/** The order of a list of one state, and where the next page of it begins. */
export const settlementKey = ({ at, payoutId }: Pick<Settlement, 'at' | 'payoutId'>): string =>
  `${at}#${payoutId}`;

/** What must be answered or decided in time; `hold` is the legal limit of holding money. */
export const caseKinds = ['dispute', 'chargeback', 'hold'] as const;
export type CaseKind = (typeof caseKinds)[number];

export type CaseDeadline = 'escalation' | 'decision' | 'evidence' | 'hold_warning' | 'hold_forced';

/** A dispute, a chargeback or a limit. `version` is the length of its trade's stream. */
export type Case = {
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly reference?: string | undefined;
  readonly status: 'open' | 'closed';
  readonly version: number;
  readonly stage: string;
  readonly reason?: string | undefined;
  readonly amount: Money;
  readonly openedAt: string;
  /** Until when the sides of a dispute are among themselves. */
  readonly respondBy?: string | undefined;
  /** What happens by itself if nobody acts; null where we wait for others. */
  readonly deadline: { readonly kind: CaseDeadline; readonly dueAt: string } | null;
  readonly closedAt?: string | undefined;
};

/** Sorts after every instant: what is not due at all. */
const NEVER = '~';

/** The order of a list of cases: what is due first, of closed ones when they were. */
export const caseKey = ({ caseId, deadline, closedAt }: Case): string =>
  `${closedAt ?? deadline?.dueAt ?? NEVER}#${caseId}`;

/** What a seller owes of a trade. `version` is the length of the seller's stream. */
export type SellerDebt = {
  readonly debtId: string;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly payoutAccountId: string;
  readonly reference?: string | undefined;
  readonly reason: 'chargeback' | 'refund';
  readonly since: string;
  readonly status: DebtStatus;
  readonly amount: Money;
  readonly remaining: Money;
  readonly proposal?:
    | { readonly amount: Money; readonly reason: string; readonly by: string }
    | undefined;
  readonly version: number;
};

/** Whether something is left of a debt that somebody may still have to do with. */
export const isDebtOpen = ({ status }: Pick<SellerDebt, 'status'>): boolean =>
  status === 'open' || status === 'write_off_proposed';

/** The keys of a seller's debts begin so. */
export const debtsOfSeller = (payoutAccountId: string): string => `${payoutAccountId}#`;

/** The order of a list of debts: seller by seller, of each the oldest first. */
export const debtKey = ({ payoutAccountId, since, debtId }: SellerDebt): string =>
  `${debtsOfSeller(payoutAccountId)}${since}#${debtId}`;

/** From where to where goods are sold, in which currency. */
export type TradeLane = {
  readonly marketplaceId: string;
  readonly sellerCountry: string;
  readonly buyerCountry: string;
  readonly currency: CurrencyCode;
};

/** A trade whose payment has come, as its lane counts it. */
export type LaneTrade = TradeLane & {
  readonly tradeId: string;
  readonly paidAt: string;
  readonly amountMinor: bigint;
};

/** Ten minutes, a day and a month of an instant: each is summed of the finer one before it. */
export const laneSpans = ['YYYY-MM-DDTHH:M', 'YYYY-MM-DD', 'YYYY-MM'].map(({ length }) => length);

/** What was sold on a lane in a span of time, which is the beginning of its instants. */
export type LaneSlice = TradeLane & {
  readonly span: string;
  readonly trades: number;
  readonly amountMinor: bigint;
};

export type LaneSliceKey = TradeLane & Pick<LaneSlice, 'span'>;

export type SettlementQuery = {
  readonly marketplaceId: string;
  readonly state: SettlementState;
  readonly currency?: CurrencyCode | undefined;
  /** Bounds of `at`, both included; a day is as long as it lasts. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** The key of the last one that was read. */
  readonly after?: string | undefined;
  readonly order: 'earliest' | 'latest';
  readonly limit: number;
};

export type SellerSettlementQuery = {
  readonly marketplaceId: string;
  readonly payoutAccountId: string;
  readonly state?: SettlementState | undefined;
  readonly currency?: CurrencyCode | undefined;
  /** The id of the last one that was read. */
  readonly after?: string | undefined;
  readonly limit: number;
};

export type CaseQuery = {
  readonly marketplaceId: string;
  readonly status: Case['status'];
  readonly kind?: CaseKind | undefined;
  /** Up to and with when it is due; a day is as long as it lasts. */
  readonly until?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

export type DebtQuery = {
  readonly marketplaceId: string;
  readonly status: 'open' | 'closed';
  readonly payoutAccountId?: string | undefined;
  readonly currency?: CurrencyCode | undefined;
  /** The key of the last one that was read. */
  readonly after?: string | undefined;
  readonly limit: number;
};

/** The read models that finance's lists are made of; writes are safe to repeat and in any order. */
export type FinanceViews = {
  /** Keeps the settlement unless one of a later version is there. */
  putSettlement(settlement: Settlement): Promise<void>;
  listSettlements(query: SettlementQuery): Promise<readonly Settlement[]>;
  /** All of a seller's, by id. */
  listSellerSettlements(query: SellerSettlementQuery): Promise<readonly Settlement[]>;
  /** Keeps the case unless one of a later version is there. */
  putCase(one: Case): Promise<void>;
  /** What is due first; of closed ones the latest. */
  listCases(query: CaseQuery): Promise<readonly Case[]>;
  /** Keeps the debt unless one of a later version is there. */
  putDebt(debt: SellerDebt): Promise<void>;
  /** By seller; of each the oldest first. */
  listDebts(query: DebtQuery): Promise<readonly SellerDebt[]>;
  putLaneTrade(trade: LaneTrade): Promise<void>;
  /** Sums the trades, or the finer slices, of a slice, reading what was last written. */
  sumLane(key: LaneSliceKey): Promise<LaneSlice>;
  /** Keeps the slice unless one of more trades is there. */
  putLane(slice: LaneSlice): Promise<void>;
  /** Every lane of a month (`YYYY-MM`). */
  listLanes(query: {
    readonly marketplaceId: string;
    readonly month: string;
  }): Promise<readonly LaneSlice[]>;
};
