import type { Mutant } from './mutant.ts';

const PAYMENT = 'src/escrow/decide-payment.ts';

/** Bugs in payments that come in parts, and in receipts that finance identifies. */
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
];
