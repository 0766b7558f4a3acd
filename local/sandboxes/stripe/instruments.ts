import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { CardOutcome, TestCard } from './cards.ts';

/** How a way to pay fares once the buyer agreed. */
export type Outcome =
  | CardOutcome
  /** A debit: the money comes, or does not, days later. */
  | { result: 'processing'; settles: 'succeeds' | 'fails' }
  /** A wallet: the buyer agrees somewhere else. */
  | { result: 'redirected' }
  /** A bank transfer: what the buyer has sent, or will. */
  | { result: 'cash' };

export type Debit = {
  type: 'sepa_debit';
  bankCode: string;
  branchCode: string;
  country: string;
  last4: string;
  fingerprint: string;
  outcome: Outcome;
};

export type Wallet = { type: 'alipay' | 'wechat_pay'; outcome: Outcome };
export type BankTransfer = { type: 'customer_balance'; outcome: Outcome };

/** What stands behind a payment method. */
export type Instrument = (TestCard & { type: 'card' }) | Debit | Wallet | BankTransfer;

export const instrumentTypes = [
  ...(['alipay', 'card', 'customer_balance', 'sepa_debit', 'wechat_pay'] as const),
];

/** The IBANs of Stripe's testing page that fail; every other one succeeds. */
const failingIbans = new Set([
  'AT861904300235473202',
  'DE62370400440532013001',
  'IT60X0542811101000000123456',
]);

/** Lengths of the bank's and the branch's code in the IBANs of the countries that Stripe tests. */
const codeLengths: Record<string, readonly [bank: number, branch: number]> = {
  ...{ AT: [5, 0], BE: [3, 0], CH: [5, 0], CY: [3, 5], CZ: [4, 0], DE: [8, 0], DK: [4, 0] },
  ...{ EE: [2, 0], ES: [4, 4], FI: [6, 0], FR: [5, 5], GB: [4, 6], GR: [3, 4], HR: [7, 0] },
  ...{ HU: [3, 4], IE: [4, 6], IT: [5, 5], LT: [5, 0], LU: [3, 0], LV: [4, 0], MT: [4, 5] },
  ...{ NL: [4, 0], NO: [4, 0], PL: [8, 0], PT: [4, 4], RO: [4, 0], SE: [3, 0], SI: [5, 0] },
  SK: [4, 0],
};

export function debitFrom(iban: string): Debit {
  const compact = iban.replaceAll(' ', '').toUpperCase();
  const country = compact.slice(0, 2);
  const [bank, branch] = codeLengths[country] ?? [4, 0];
  const start = country === 'IT' ? 5 : 4;
  return {
    type: 'sepa_debit',
    bankCode: compact.slice(start, start + bank),
    branchCode: compact.slice(start + bank, start + bank + branch),
    country,
    last4: compact.slice(-4),
    fingerprint: createHash('sha256').update(compact).digest('base64url').slice(0, 16),
    outcome: { result: 'processing', settles: failingIbans.has(compact) ? 'fails' : 'succeeds' },
  };
}

/** An instrument as a payment method shows it. */
export function methodDetails(instrument: Instrument): Partial<Stripe.PaymentMethod> {
  switch (instrument.type) {
    case 'card':
      return {};
    case 'sepa_debit':
      return {
        sepa_debit: {
          ...debitDetails(instrument),
          generated_from: { charge: null, setup_attempt: null },
        },
      };
    default:
      return { [instrument.type]: {} };
  }
}

function debitDetails(debit: Debit) {
  return {
    bank_code: debit.bankCode,
    branch_code: debit.branchCode,
    country: debit.country,
    fingerprint: debit.fingerprint,
    last4: debit.last4,
  };
}

/** An instrument that is not a card as a charge shows it. */
export function chargeDetails(
  instrument: Exclude<Instrument, { type: 'card' }>,
  mandate: string | null,
): Stripe.Charge.PaymentMethodDetails {
  switch (instrument.type) {
    case 'sepa_debit':
      return { type: 'sepa_debit', sepa_debit: { ...debitDetails(instrument), mandate } };
    case 'customer_balance':
      return { type: 'customer_balance', customer_balance: {} };
    default:
      return {
        type: instrument.type,
        [instrument.type]: { fingerprint: null, transaction_id: null },
      };
  }
}
