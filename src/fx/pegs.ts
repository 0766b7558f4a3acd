import type { CurrencyCode } from '../money/currency.ts';

/** A currency whose central bank keeps it at a fixed number of units for one of its anchor. */
export type Peg = { readonly anchor: CurrencyCode; readonly perAnchor: string };

/**
 * Fixed rates by law or decree, unchanged since before 2002. The ECB publishes none of these
 * currencies; each is as good as its anchor's rate. Sources: the central banks named.
 */
export const pegs: Readonly<Partial<Record<CurrencyCode, Peg>>> = {
  /** Central Bank of the UAE. */
  AED: { anchor: 'USD', perAnchor: '3.6725' },
  /** Currency board of Bosnia and Herzegovina: the former German mark. */
  BAM: { anchor: 'EUR', perAnchor: '1.95583' },
  /** Central Bank of Bahrain. */
  BHD: { anchor: 'USD', perAnchor: '0.376' },
  /** Central Bank of Jordan: its mid rate. */
  JOD: { anchor: 'USD', perAnchor: '0.709' },
  /** Central Bank of Oman. */
  OMR: { anchor: 'USD', perAnchor: '0.3845' },
  /** Qatar Central Bank. */
  QAR: { anchor: 'USD', perAnchor: '3.64' },
  /** Saudi Central Bank. */
  SAR: { anchor: 'USD', perAnchor: '3.75' },
  /** Bank of Central African States. */
  XAF: { anchor: 'EUR', perAnchor: '655.957' },
  /** Central Bank of West African States. */
  XOF: { anchor: 'EUR', perAnchor: '655.957' },
};
