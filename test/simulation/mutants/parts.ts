import type { Mutant } from './mutant.ts';

const PAYMENT = 'src/escrow/decide-payment.ts';
const FOLLOW = 'src/escrow/follow-refund.ts';

/** Bugs in payments that come in parts, in receipts that finance identifies, and in cash that goes back. */
export const PARTS: readonly Mutant[] = [
  {
    name: 'part-funds-trade',
    bug: 'The first receipt funds the trade, however little it is.',
    patches: [
      {
        file: 'src/escrow/decide-parts.ts',
        find: 'if (compare(received, due) < 0) {',
        replace: 'if (received.amountMinor < 0n) {',
      },
    ],
  },
  {
    name: 'part-forgotten-at-expiry',
    bug: 'A trade that expires keeps the part that was transferred.',
    patches: [
      {
        file: PAYMENT,
        find: '...cashBack({ terms: state.terms, refunds: [] }, { unused: received, reason, at }),',
        replace: '',
      },
    ],
  },
  {
    name: 'receipt-forgotten-at-expiry',
    bug: 'A trade that expires keeps the receipts that were not enough.',
    patches: [
      {
        file: PAYMENT,
        find: '...receiptsBack(state, { reason, at }),',
        replace: '',
      },
    ],
  },
  {
    name: 'receipt-not-told',
    bug: 'Nobody tells the trade that a receipt was identified.',
    patches: [
      {
        file: 'src/process/routes.ts',
        find: "ReceiptIdentified: ['projection', 'escrow', 'reconciliation'],",
        replace: "ReceiptIdentified: ['projection', 'reconciliation'],",
      },
    ],
  },
  {
    name: 'credited-counts-as-gone',
    bug: 'A refund that lies on the buyer’s cash balance counts as gone.',
    patches: [
      {
        file: FOLLOW,
        find: 'if (reported.landsOn !== undefined) {',
        replace: 'if (reported.landsOn !== undefined && reported.attempt > 9) {',
      },
    ],
    scenarios: ['credited-refund'],
  },
  {
    name: 'credited-not-sent-on',
    bug: 'Nobody sends on what lies on the buyer’s cash balance.',
    patches: [
      {
        file: 'src/process/routes.ts',
        find: "RefundCredited: ['projection', 'payments', 'reconciliation'],",
        replace: "RefundCredited: ['projection', 'reconciliation'],",
      },
    ],
    scenarios: ['credited-refund'],
  },
  {
    name: 'sent-on-under-the-same-key',
    bug: 'What leaves the cash balance is asked for under the key that brought it there.',
    patches: [
      {
        file: 'src/adapters/stripe/refunds.ts',
        find: "'chargeId' in of ? '' : ':cash'",
        replace: "''",
      },
    ],
    scenarios: ['credited-refund'],
  },
  {
    name: 'receipts-charged-too',
    bug: 'What receipts have paid beside a charge is booked as charged, too.',
    patches: [
      {
        file: 'src/ledger/journalize.ts',
        find: 'byReceipts === undefined ? received : subtract(received, byReceipts);',
        replace:
          'byReceipts === undefined ? received : subtract(received, zero(received.currency));',
      },
    ],
    scenarios: ['mixed-payment'],
  },
  {
    name: 'rest-not-asked-for',
    bug: 'Nobody has the provider charge what receipts have not paid.',
    patches: [
      {
        file: 'src/process/routes.ts',
        find: "RestRequested: ['projection', 'payments'],",
        replace: "RestRequested: ['projection'],",
      },
    ],
    scenarios: ['mixed-payment'],
  },
  {
    name: 'two-ways-refunded-by-one',
    bug: 'All of a payment in two ways goes back by its charge.',
    patches: [
      {
        file: 'src/escrow/refund-ways.ts',
        find: 'if (held.payment.byReceipts === undefined || compare(refund.amount, left) <= 0) return [refund];',
        replace:
          'if (held.payment.byReceipts === undefined || left.amountMinor >= 0n) return [refund];',
      },
    ],
    scenarios: ['mixed-payment'],
  },
  {
    name: 'unused-cash-charged-back',
    bug: 'What was transferred and never charged counts as taken by a lost chargeback.',
    patches: [
      {
        file: 'src/escrow/lose-chargeback.ts',
        find: 'isOfCharge(refund) && UNMADE',
        replace: "refund.from !== 'bank' && refund.creditedBy === undefined && UNMADE",
      },
    ],
    scenarios: ['unused-cash-and-chargeback'],
  },
  {
    name: 'two-ways-taken-for-receipts',
    bug: 'A payment with receipts beside it counts as paid by receipts alone, and goes back by bank.',
    patches: [
      {
        file: 'src/escrow/refund-ways.ts',
        find: 'const byReceipts = receiptIds === undefined ? payment.byReceipts : received;',
        replace: 'const byReceipts = (receiptIds ?? payment.byReceipts) ? received : undefined;',
      },
    ],
    scenarios: ['mixed-payment'],
  },
];
