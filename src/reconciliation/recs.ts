import type { KeyKind, Side } from './item.ts';

/** Where the difference of a match inside its tolerance is posted. */
export type ToleranceAccount = '5200' | '5300' | '5500';

/**
 * How far two amounts may be apart and still be one movement. `limit` is in minor units, or in major
 * units of whatever currency. Charges only ever take away from what arrives.
 */
export type Tolerance = {
  readonly reason: 'rounding' | 'charges' | 'exchange';
  readonly account: ToleranceAccount;
  readonly limit: { readonly minor: bigint } | { readonly major: bigint };
};

/** Items of `many` that share a batch key make the one item of the other side that carries it. */
export type Grouping = { readonly many: Side; readonly key: KeyKind };

/** A rec whose items are matched one by one or by batch. */
export type ItemRec = {
  readonly id: 'A' | 'B' | 'C' | 'D' | 'E' | 'G';
  readonly left: string;
  readonly right: string;
  /** Exact keys, the most trusted first. */
  readonly keys: readonly KeyKind[];
  readonly structured: boolean;
  readonly groupings: readonly Grouping[];
  readonly tolerances: readonly Tolerance[];
  /** Business days after which what did not arrive is missing. Exact ids match however late. */
  readonly windowBusinessDays: number;
  /** Whether amount, window and name may suggest a match to a person. */
  readonly suggests: boolean;
};

const rounding: Tolerance = { reason: 'rounding', account: '5300', limit: { minor: 1n } };
const charges: Tolerance = { reason: 'charges', account: '5500', limit: { major: 25n } };
const exchange: Tolerance = { reason: 'exchange', account: '5200', limit: { minor: 1n } };

/**
 * The recs that match items, as data. F compares totals (`compareTotals`) and H chains statements
 * (`checkStatementChain`).
 */
export const itemRecs: Readonly<Record<ItemRec['id'], ItemRec>> = {
  A: {
    id: 'A',
    left: 'journal legs on 1100',
    right: 'provider balance transactions',
    keys: ['transactionId', 'sourceId'],
    structured: false,
    groupings: [],
    tolerances: [rounding],
    windowBusinessDays: 0,
    suggests: false,
  },
  B: {
    id: 'B',
    left: 'provider payouts',
    right: 'the balance transactions in each',
    keys: [],
    structured: false,
    groupings: [{ many: 'right', key: 'payoutId' }],
    tolerances: [],
    windowBusinessDays: 0,
    suggests: false,
  },
  C: {
    id: 'C',
    left: 'provider payouts',
    right: 'bank credits',
    keys: ['traceId', 'payoutId', 'bankReference', 'lineId'],
    structured: false,
    groupings: [],
    tolerances: [rounding, charges],
    windowBusinessDays: 5,
    suggests: true,
  },
  D: {
    id: 'D',
    left: 'payouts in transit on 2300, and what else leaves 1200',
    right: 'bank debits',
    keys: ['endToEndId', 'uetr', 'bankReference', 'lineId'],
    structured: false,
    groupings: [{ many: 'left', key: 'batchId' }],
    tolerances: [rounding, charges],
    windowBusinessDays: 3,
    suggests: true,
  },
  E: {
    id: 'E',
    left: 'orders that await a transfer, and what else comes to 1200',
    right: 'bank credits',
    keys: ['lineId', 'endToEndId', 'bankReference', 'orderNumber'],
    structured: true,
    groupings: [
      { many: 'right', key: 'structuredReference' },
      { many: 'right', key: 'orderNumber' },
      { many: 'left', key: 'batchId' },
    ],
    tolerances: [rounding, charges],
    windowBusinessDays: 30,
    suggests: true,
  },
  G: {
    id: 'G',
    left: 'legs of cover trades on 1400',
    right: 'exchange confirmations',
    keys: ['dealId', 'endToEndId', 'bankReference'],
    structured: false,
    groupings: [],
    tolerances: [exchange],
    windowBusinessDays: 0,
    suggests: false,
  },
};

export type RecId = ItemRec['id'] | 'F' | 'H';

/** Whether a rec matches items; else it compares totals, or statements. */
export const isItemRec = (rec: RecId): rec is ItemRec['id'] => rec in itemRecs;
