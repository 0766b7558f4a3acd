import type { Mutant } from './mutant.ts';

const DECIDE = 'src/escrow/decide-chargeback.ts';
const LOSE = 'src/escrow/lose-chargeback.ts';

/** Bugs in what a buyer's bank takes back, and in how we learn of it. */
export const CHARGEBACKS: readonly Mutant[] = [
  {
    name: 'charge-not-frozen',
    bug: 'While the buyer’s bank disputes the charge, everything goes on.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: "chargebacks.some(({ status }) => status === 'open');",
        replace: "chargebacks.some(({ status }) => status === 'open' && chargebacks.length > 99);",
      },
    ],
  },
  {
    name: 'refund-during-chargeback',
    bug: 'A refund is promised while the buyer’s bank disputes the charge.',
    patches: [
      {
        file: 'src/escrow/decide-refund.ts',
        find: 'return isRefundFrozen(state) ? cannotRefund(state) : refundOf(command, state);',
        replace: 'return refundOf(command, state);',
      },
    ],
  },
  {
    name: 'refund-beside-loss',
    bug: 'A refund that nobody made yet stays owed, though the bank has given that money back.',
    patches: [
      {
        file: LOSE,
        find: 'const calledOff = calledOffRefunds(after, at);',
        replace: 'const calledOff = calledOffRefunds(after, at).slice(99);',
      },
    ],
  },
  {
    name: 'loss-not-owed',
    bug: 'What a bank took of what the seller was released is the seller’s to keep.',
    patches: [
      {
        file: 'src/escrow/seller-debt.ts',
        find: '.flatMap(({ net, fee }) => [net, fee]);',
        replace: '.flatMap(({ net, fee }) => [net, fee].slice(2));',
      },
    ],
  },
  {
    name: 'rest-of-award-dropped',
    bug: 'What a lost chargeback leaves of an award is not given to the buyer.',
    patches: [
      {
        file: 'src/escrow/lost-parts.ts',
        find: 'if (rest === undefined) return [];',
        replace: "if (rest === undefined || rest.reason === 'dispute') return [];",
      },
    ],
    scenarios: ['chargeback-races-dispute'],
  },
  {
    name: 'loss-stopped-by-duties',
    bug: 'Beside duties that were set aside, a lost chargeback takes nothing of what is held.',
    patches: [
      {
        file: 'src/escrow/refund-parts.ts',
        find: 'partsOf(held, minor(left) < minor(amount) ? left : amount, from) ?? [];',
        replace: 'partsOf(held, minor(left) < 0n ? left : amount, from) ?? [];',
      },
    ],
  },
  {
    name: 'won-before-it-is-back',
    bug: 'A chargeback counts as won before its money has come back.',
    patches: [
      {
        file: DECIDE,
        find: 'if (!isBack(after, chargeback)) return',
        replace: 'if (!isBack(after, chargeback) && seen.length > 99) return',
      },
    ],
  },
  {
    name: 'release-forgotten-after-loss',
    bug: 'What fell due during a chargeback is not asked for again when a part of it is lost.',
    patches: [
      {
        file: 'src/process/deadlines-of.ts',
        find: "      case 'ChargebackWon':\n      case 'ChargebackLost':\n        return",
        replace: "      case 'ChargebackWon':\n        return",
      },
    ],
  },
  {
    name: 'chargeback-read-once',
    bug: 'What a chargeback has become counts as applied once it was read.',
    patches: [
      {
        file: 'src/escrow/record-chargeback.ts',
        find: `\`chargeback#\${chargeback.chargebackId}#\${fact}\``,
        replace: `\`chargeback#\${chargeback.chargebackId}#\${fact.length}\``,
      },
    ],
  },
  {
    name: 'sweep-looks-back-too-little',
    bug: 'The sweeper asks for what was lost in the last minutes alone.',
    patches: [
      {
        file: 'src/process/sweep-events.ts',
        find: 'const OLDEST_MS = 24 * 3_600_000;',
        replace: 'const OLDEST_MS = 6 * 60_000;',
      },
    ],
  },
  {
    name: 'sweep-without-disputes',
    bug: 'The sweeper does not ask for disputes.',
    patches: [
      {
        file: 'src/adapters/stripe/event-feed.ts',
        find: 'types: [...(account === undefined ? StripeEventType.options : ACCOUNT_EVENTS)],',
        replace: "types: StripeEventType.options.filter((type) => !type.includes('dispute')),",
      },
    ],
  },
];
