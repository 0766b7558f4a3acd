import type { Mutant } from './mutant.ts';

const STATEMENTS = 'src/process/consume-statements.ts';
const MATCHING = 'src/process/consume-matching.ts';
const EFFECTS = 'src/process/plan-effects.ts';
const PLAN = 'src/reconciliation/plan.ts';
const KEYS = 'src/reconciliation/pass-keys.ts';
const BALANCE = 'src/process/trial-balance.ts';

/** Bugs in statements, in matching, in what follows from both, and in the close of a month. */
export const RECONCILING: readonly Mutant[] = [
  {
    name: 'statement-before-its-lines',
    bug: 'A statement counts as read before its lines are put up for matching.',
    patches: [
      {
        file: STATEMENTS,
        find: `    await lanes.addItems(laneItemsOf(statement));
    await statements.putStatement(head);`,
        replace: `    await statements.putStatement(head);
    await lanes.addItems(laneItemsOf(statement));`,
      },
    ],
  },
  {
    name: 'amount-not-compared',
    bug: 'What has the same key is matched, whatever its amount.',
    patches: [
      {
        file: KEYS,
        find: 'return signature(onlyLeft) === signature(onlyRight) ? [{ left, right }] : [];',
        replace: 'return [{ left, right }];',
      },
    ],
  },
  {
    name: 'candidates-taken-together',
    bug: 'Several lines of one key and amount are all taken for the one that is expected.',
    patches: [
      {
        file: KEYS,
        find: 'if (candidates.left.length === 1 && candidates.right.length === 1) {',
        replace: 'if (candidates.left.length > 0 && candidates.right.length > 0) {',
      },
    ],
  },
  {
    name: 'never-missing',
    bug: 'What does not come is awaited for ever.',
    patches: [
      {
        file: 'src/reconciliation/due-date.ts',
        find: "if (side === 'right' || rec === null) return null;",
        replace: "if (side === 'left' || rec === null) return null;",
      },
    ],
  },
  {
    name: 'late-line-clears-nothing',
    bug: 'A break stays open although a later line matches what it is about.',
    patches: [
      {
        file: PLAN,
        find: '.filter((breakId) => !found.has(breakId))',
        replace: '.filter((breakId) => !found.has(breakId) && breakId.length === 0)',
      },
    ],
  },
  {
    name: 'plan-of-the-dead-dropped',
    bug: 'What a run that died had decided is thrown away, and decided anew.',
    patches: [
      {
        file: MATCHING,
        find: 'if (unfinished !== undefined) await carryOut(ports, lane, unfinished);',
        replace: 'if (unfinished !== undefined) await lanes.savePlan(lane, undefined);',
      },
    ],
  },
  {
    name: 'lane-not-held',
    bug: 'Two runs look at one lane at a time.',
    patches: [
      {
        file: MATCHING,
        find: "if (!(await lanes.lease(lane, lease))) return ignored('lane busy');",
        replace: 'await lanes.lease(lane, lease);',
      },
    ],
  },
  {
    name: 'debit-not-told',
    bug: 'Nobody tells the settlement that the bank has debited a payment.',
    patches: [
      {
        file: MATCHING,
        find: 'await ports.tellSettlement(outcomes);',
        replace: 'await ports.tellSettlement(outcomes.slice(outcomes.length));',
      },
    ],
  },
  {
    name: 'receipt-not-suspended',
    bug: 'Money that nobody knows of is not booked.',
    patches: [
      {
        file: 'src/process/suspense-effects.ts',
        find: 'raise.flatMap(({ right }) => linesIn',
        replace: 'raise.slice(99).flatMap(({ right }) => linesIn',
      },
    ],
  },
  {
    name: 'provider-payout-not-booked',
    bug: 'A payout of the provider’s that has reached the bank stays the provider’s in the books.',
    patches: [
      {
        file: EFFECTS,
        find: "if (rec === 'C') movements.push(...payoutReceived(item, occurredAt));",
        replace: '',
      },
    ],
  },
  {
    name: 'last-day-left-out',
    bug: 'A month is locked without its last day.',
    patches: [
      {
        file: BALANCE,
        find: 'const days = await views.listLedgerDays(asOf);',
        replace: 'const days = (await views.listLedgerDays(asOf)).filter((day) => day < asOf);',
      },
    ],
  },
  {
    name: 'first-week-only',
    bug: 'Of the books no more days are summed than are read at once.',
    patches: [
      // Fewer at once, since few worlds lock a month of many days.
      { file: BALANCE, find: 'const DAYS_AT_ONCE = 8;', replace: 'const DAYS_AT_ONCE = 3;' },
      {
        file: BALANCE,
        find: 'for (let start = 0; start < days.length; start += DAYS_AT_ONCE) {',
        replace: 'for (let start = 0; start < 1; start += DAYS_AT_ONCE) {',
      },
    ],
  },
  {
    name: 'file-known-by-its-name',
    bug: 'A file that is handed in again under another name counts as another.',
    patches: [
      {
        file: 'src/process/consume-statements.ts',
        find: '.update(bytes)',
        replace: '.update(key)',
      },
    ],
  },
];
