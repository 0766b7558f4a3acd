import type { Mutant } from './mutant.ts';

const PAYMENT = 'src/escrow/decide-payment.ts';
const REFUND = 'src/escrow/decide-refund.ts';

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
        file: REFUND,
        find: 'if (reported.landsOn !== undefined) {',
        replace: 'if (reported.landsOn !== undefined && reported.attempt > 9) {',
      },
    ],
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
  },
  {
    name: 'credit-taken-for-the-way-out',
    bug: 'News of how a refund came to the cash balance is taken for its way out.',
    patches: [
      {
        file: REFUND,
        find: 'if (reported.providerRefundId === refund.creditedBy) return toldAgain(reported);',
        replace: '',
      },
      {
        file: REFUND,
        find: 'if (!isOfItsSource(reported, refund) || !(isKnown || isNew)) {',
        replace: 'if (!(isKnown || isNew)) {',
      },
    ],
  },
];
