/** On which side an account's balance normally stands. */
export type NormalSide = 'debit' | 'credit' | 'either';

export type LedgerAccount = {
  readonly name: string;
  readonly normalSide: NormalSide;
  /** Whose balance a leg on this account belongs to, where one account serves many owners. */
  readonly scope:
    | 'trade'
    | 'seller'
    | 'payout'
    | 'refund'
    | 'chargeback'
    | 'receipt'
    | 'carrier'
    | 'case'
    | null;
  /**
   * What the account is to the daily safeguarding test: money that covers (`cover`), money that is
   * owed to clients or on their behalf (`owed`), the open position between currencies, or neither.
   */
  readonly safeguarding: 'cover' | 'owed' | 'position' | null;
};

/** The chart of accounts (docs/ledger.md). Every account exists once per currency. */
export const CHART = {
  '1100': { name: 'psp_receivable', normalSide: 'debit', scope: null, safeguarding: 'cover' },
  '1110': { name: 'psp_reserve', normalSide: 'debit', scope: null, safeguarding: 'cover' },
  '1120': { name: 'psp_cash_balances', normalSide: 'debit', scope: null, safeguarding: 'cover' },
  '1200': { name: 'bank_safeguarding', normalSide: 'debit', scope: null, safeguarding: 'cover' },
  '1210': { name: 'bank_operating', normalSide: 'debit', scope: null, safeguarding: null },
  '1300': {
    name: 'disputes_receivable',
    normalSide: 'debit',
    scope: 'chargeback',
    safeguarding: null,
  },
  '1310': { name: 'seller_receivable', normalSide: 'debit', scope: 'seller', safeguarding: null },
  '1400': { name: 'fx_position', normalSide: 'either', scope: null, safeguarding: 'position' },
  '2000': { name: 'buyer_clearing', normalSide: 'credit', scope: 'trade', safeguarding: 'owed' },
  '2100': { name: 'escrow_liability', normalSide: 'credit', scope: 'trade', safeguarding: 'owed' },
  '2190': { name: 'blocked_funds', normalSide: 'credit', scope: 'case', safeguarding: 'owed' },
  '2200': { name: 'seller_payable', normalSide: 'credit', scope: 'seller', safeguarding: 'owed' },
  '2210': { name: 'seller_reserve', normalSide: 'credit', scope: 'seller', safeguarding: 'owed' },
  '2300': {
    name: 'payouts_in_transit',
    normalSide: 'credit',
    scope: 'payout',
    safeguarding: 'owed',
  },
  '2310': {
    name: 'refunds_in_transit',
    normalSide: 'credit',
    scope: 'refund',
    safeguarding: 'owed',
  },
  '2400': { name: 'duties_payable', normalSide: 'credit', scope: 'trade', safeguarding: 'owed' },
  '2410': { name: 'vat_payable', normalSide: 'credit', scope: null, safeguarding: null },
  '2420': { name: 'freight_payable', normalSide: 'credit', scope: 'carrier', safeguarding: 'owed' },
  '2900': { name: 'suspense', normalSide: 'credit', scope: 'receipt', safeguarding: 'owed' },
  '4000': { name: 'platform_fee_revenue', normalSide: 'credit', scope: null, safeguarding: null },
  '4100': { name: 'fx_spread_revenue', normalSide: 'credit', scope: null, safeguarding: null },
  '5000': { name: 'psp_fees', normalSide: 'debit', scope: null, safeguarding: null },
  '5100': { name: 'chargeback_loss', normalSide: 'debit', scope: null, safeguarding: null },
  '5110': { name: 'dispute_fees', normalSide: 'debit', scope: null, safeguarding: null },
  '5200': { name: 'fx_gain_loss', normalSide: 'either', scope: null, safeguarding: null },
  '5210': {
    name: 'fx_gain_loss_unrealized',
    normalSide: 'either',
    scope: null,
    safeguarding: null,
  },
  '5300': { name: 'rounding', normalSide: 'either', scope: null, safeguarding: null },
  '5500': { name: 'bank_charges', normalSide: 'debit', scope: null, safeguarding: null },
  '5600': { name: 'bad_debt', normalSide: 'debit', scope: null, safeguarding: null },
} as const satisfies Record<string, LedgerAccount>;

export type AccountCode = keyof typeof CHART;

export const accountCodes = Object.keys(CHART) as readonly AccountCode[];

export const isAccountCode = (code: string): code is AccountCode => Object.hasOwn(CHART, code);
