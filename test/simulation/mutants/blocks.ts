import type { Mutant } from './mutant.ts';

/** Blocked trades are rare in the mix. */
const OWN = ['blocked-funds'];
const BLOCK = 'src/escrow/decide-block.ts';

/** Bugs in what a sanctions hit holds back. */
export const BLOCKS: readonly Mutant[] = [
  {
    name: 'accepted-though-blocked',
    bug: 'The buyer’s acceptance releases money that is blocked.',
    patches: [{ file: BLOCK, find: "  'AcceptGoods',\n", replace: '' }],
    scenarios: OWN,
  },
  {
    name: 'one-person-lifts-a-block',
    bug: 'Whoever proposes to lift a block approves it, too.',
    patches: [
      {
        file: BLOCK,
        find: 'if (proposal.by === by) {',
        replace: "if (proposal.by === '') {",
      },
    ],
    scenarios: OWN,
  },
  {
    name: 'late-money-not-blocked',
    bug: 'What comes to a blocked trade is not blocked.',
    patches: [
      {
        file: BLOCK,
        find: 'if (held.amountMinor === 0n && clearing.amountMinor === 0n) return decision;',
        replace: 'if (clearing.amountMinor >= 0n) return decision;',
      },
    ],
    scenarios: OWN,
  },
  {
    name: 'let-go-and-left',
    bug: 'A payout that was let go is not tried where whoever let it go has died since.',
    patches: [
      {
        file: 'src/settlement/block.ts',
        find: `    await runPayout(ports, { payoutId, cause, owner }, command);
    await goOn(ports, command, cause);`,
        replace: `    const { kind } = await runPayout(ports, { payoutId, cause, owner }, command);
    if (kind === 'appended') await goOn(ports, command, cause);`,
      },
    ],
    scenarios: OWN,
  },
  {
    name: 'deadlines-lost-in-a-block',
    bug: 'What fell due during a block is not asked for again when it ends.',
    patches: [
      {
        file: 'src/process/deadlines-of.ts',
        find: 'return afterBlock(owner, escrow, event.unblockedAt);',
        replace: 'return [];',
      },
    ],
    scenarios: OWN,
  },
  {
    name: 'seller-not-let-go',
    bug: 'What is owed to the seller of a trade stays blocked when the trade is let go.',
    patches: [
      {
        file: 'src/process/consume-settlement.ts',
        find: "    case 'FundsBlocked':\n    case 'FundsUnblocked':\n      return followBlock",
        replace: "    case 'FundsBlocked':\n      return followBlock",
      },
    ],
    scenarios: OWN,
  },
];
