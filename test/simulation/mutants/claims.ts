import type { Mutant } from './mutant.ts';

const DEADLINES = 'src/process/deadlines-of.ts';

/** Bugs in refunds, disputes and what sellers owe. */
export const CLAIMS: readonly Mutant[] = [
  {
    name: 'released-while-disputed',
    bug: 'What the buyer disputes is released by the clock or by acceptance.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: 'return openMilestones(held).filter(({ milestoneId }) => !disputed.has(milestoneId));',
        replace: 'return openMilestones(held).filter(() => disputed.size < 99);',
      },
    ],
  },
  {
    name: 'award-to-both',
    bug: 'The seller gets a disputed milestone whole, beside what the buyer is awarded.',
    patches: [
      {
        file: 'src/escrow/award.ts',
        find: 'const rest = [after]\n',
        replace: 'const rest = [state]\n',
      },
    ],
  },
  {
    name: 'silence-never-decides',
    bug: 'A dispute that nobody decides stays open for ever.',
    patches: [
      {
        file: DEADLINES,
        find: "return [ofTrade(owner, 'dispute_decision', event.decideBy, event.disputeId)];",
        replace: 'return [];',
      },
    ],
  },
  {
    name: 'release-forgotten-in-dispute',
    bug: 'What fell due during a dispute is not asked for again when it ends.',
    patches: [
      {
        file: DEADLINES,
        find: "      case 'DisputeClosed':\n      case 'ChargebackWon':\n",
        replace: "      case 'ChargebackWon':\n",
      },
    ],
  },
  {
    name: 'refund-not-looked-up',
    bug: 'A refund is made without asking whether it was made.',
    patches: [
      {
        file: 'src/escrow/make-refunds.ts',
        find: 'const found = await payments.findRefund({ ...of, refundId, attempt });',
        replace: 'const found = undefined;',
      },
    ],
  },
  {
    name: 'refund-key-random',
    bug: 'Every try to refund has an idempotency key of its own.',
    patches: [
      {
        file: 'src/adapters/stripe/refunds.ts',
        find: `\${refundId}:refund:\${attempt}`,
        replace: `\${refundId}:refund:\${Math.random()}`,
      },
    ],
  },
  {
    name: 'debt-not-told',
    bug: 'Nobody tells the seller’s account what the seller owes.',
    patches: [
      {
        file: 'src/process/routes.ts',
        find: "SellerDebtIncurred: ['projection', 'settlement'],",
        replace: "SellerDebtIncurred: ['projection'],",
      },
    ],
  },
  {
    name: 'reversal-not-looked-up',
    bug: 'A transfer is taken back without asking whether it was, under a key of its own each time.',
    patches: [
      {
        file: 'src/settlement/reverse-transfer.ts',
        find: 'const found = recoveryIn(transfer, reversal);',
        replace: 'const found = undefined;',
      },
      {
        file: 'src/adapters/stripe/transfer-reversals.ts',
        find: `\${reversalId}:reversal\``,
        replace: `\${reversalId}:reversal:\${Math.random()}\``,
      },
    ],
  },
  {
    name: 'reversal-key-random',
    bug: 'Every try to take a transfer back has an idempotency key of its own.',
    patches: [
      {
        file: 'src/adapters/stripe/transfer-reversals.ts',
        find: `\${reversalId}:reversal\``,
        replace: `\${reversalId}:reversal:\${Math.random()}\``,
      },
    ],
  },
  {
    name: 'reversed-and-netted',
    bug: 'What is taken back of a transfer is kept from later payouts as well.',
    scenarios: ['recovered-by-reversal'],
    patches: [
      {
        file: 'src/settlement/seller-debts.ts',
        find: '        debts: lowered(debts, event, event),\n        reversals:',
        replace: '        debts,\n        reversals:',
      },
    ],
  },
  {
    name: 'own-reversal-owed-again',
    bug: 'What we take back of a transfer counts as taken by others, and is owed to the seller again.',
    patches: [
      {
        file: 'src/adapters/stripe/transfer-rail.ts',
        find: 'reversed: subtract(taken, sum(taken.currency, ours)),',
        replace: 'reversed: subtract(taken, sum(taken.currency, ours.slice(99))),',
      },
    ],
  },
  {
    name: 'settled-for-good',
    bug: 'A settled trade stays settled, though the bank gave back what paid the seller.',
    patches: [
      {
        file: 'src/escrow/evolve.ts',
        find: 'return { ...state, paidMilestoneIds, settled: false };',
        replace: 'return { ...state, paidMilestoneIds };',
      },
    ],
  },
  {
    name: 'return-not-told',
    bug: 'Nobody tells the escrow that what paid a milestone came back.',
    patches: [
      {
        file: 'src/process/routes.ts',
        find: "PayoutReturned: ['projection', 'settlement', 'escrow', 'reconciliation'],",
        replace: "PayoutReturned: ['projection', 'settlement', 'reconciliation'],",
      },
    ],
  },
  {
    name: 'smallest-payout-ignored',
    bug: 'A payout is sent, however little it is.',
    patches: [
      {
        file: 'src/settlement/allocation.ts',
        find: 'if (amountMinor < least) return',
        replace: 'if (amountMinor < 0n) return',
      },
    ],
  },
  {
    name: 'looked-at-each-hour',
    bug: 'A payout that can’t be made is looked at each hour, and each look is recorded.',
    patches: [
      {
        file: 'src/settlement/retry.ts',
        find: 'const RECHECK_SECONDS = 86_400;',
        replace: 'const RECHECK_SECONDS = 3_600;',
      },
    ],
    scenarios: ['payout-blocked'],
  },
];
