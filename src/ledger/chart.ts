/** On which side an account's balance normally stands. */
export type NormalSide = 'debit' | 'credit' | 'either';

export type LedgerAccount = {
  readonly name: string;
  readonly normalSide: NormalSide;
  /** Whose balance a leg on this account belongs to, where one account serves many owners. */
  readonly scope: 'trade' | 'seller' | 'payout' | null;
};

/** The chart of accounts (docs/ledger.md). Every account exists once per currency. */
export const CHART = {
  '1100': { name: 'psp_receivable', normalSide: 'debit', scope: null },
  '1200': { name: 'bank_safeguarding', normalSide: 'debit', scope: null },
  '1310': { name: 'seller_receivable', normalSide: 'debit', scope: 'seller' },
  '1400': { name: 'fx_position', normalSide: 'either', scope: null },
  '2000': { name: 'buyer_clearing', normalSide: 'credit', scope: 'trade' },
  '2100': { name: 'escrow_liability', normalSide: 'credit', scope: 'trade' },
  '2200': { name: 'seller_payable', normalSide: 'credit', scope: 'seller' },
  '2300': { name: 'payouts_in_transit', normalSide: 'credit', scope: 'payout' },
  '4000': { name: 'platform_fee_revenue', normalSide: 'credit', scope: null },
  '4100': { name: 'fx_spread_revenue', normalSide: 'credit', scope: null },
  '5000': { name: 'psp_fees', normalSide: 'debit', scope: null },
  '5100': { name: 'chargeback_loss', normalSide: 'debit', scope: null },
  '5200': { name: 'fx_gain_loss', normalSide: 'either', scope: null },
  '5500': { name: 'bank_charges', normalSide: 'debit', scope: null },
} as const satisfies Record<string, LedgerAccount>;

export type AccountCode = keyof typeof CHART;

export const isAccountCode = (code: string): code is AccountCode => Object.hasOwn(CHART, code);
