import type { Mutant } from './mutant.ts';

const EXECUTE = 'src/platform/execute.ts';
const RELEASE = 'src/escrow/decide-release.ts';
const DECIDE = 'src/escrow/decide.ts';

/** Bugs in how a decision is made and stored. */
export const DECIDING: readonly Mutant[] = [
  {
    name: 'conflict-taken-for-success',
    bug: 'A write that lost its race counts as written.',
    patches: [
      {
        file: EXECUTE,
        find: "if ((await store.append(record)) === 'conflict') return 'conflict';",
        replace: 'await store.append(record);',
      },
    ],
  },
  {
    name: 'conflict-pushed-through',
    bug: 'A write that lost its race is put behind the winner without being decided anew.',
    patches: [
      {
        file: EXECUTE,
        find: "if ((await store.append(record)) === 'conflict') return 'conflict';",
        replace: `for (let sequence = record.sequence; ; sequence += 1) {
          if ((await store.append({ ...record, sequence })) === 'appended') break;
        }`,
      },
    ],
  },
  {
    name: 'sequence-with-gaps',
    bug: 'A retried write leaves a number out, so that its condition never fails.',
    patches: [
      {
        file: EXECUTE,
        find: 'sequence: records.length + 1,',
        replace: 'sequence: (records.at(-1)?.sequence ?? 0) + 1 + (records.length % 2),',
      },
    ],
  },
  {
    name: 'cause-not-compared',
    bug: 'A message that was applied before is applied again where the state allows it.',
    patches: [
      {
        file: EXECUTE,
        find: "if (records.some((record) => record.cause === cause)) return { kind: 'unchanged', state };",
        replace: '',
      },
    ],
  },
  {
    name: 'release-while-withdrawn',
    bug: 'A withdrawn delivery still counts as a delivery.',
    patches: [
      {
        file: 'src/escrow/evolve.ts',
        find: "return { ...expectStatus(state, event, 'delivered'), delivery: null };",
        replace: "return expectStatus(state, event, 'delivered');",
      },
    ],
  },
  {
    name: 'release-without-inspection',
    bug: 'The first deadline of an inspection releases every milestone.',
    patches: [
      {
        file: RELEASE,
        find: 'return inspectionEnd(confirmedAt, milestone) <= at',
        replace: 'return inspectionEnd(confirmedAt, milestone) !== at',
      },
    ],
  },
  {
    name: 'inspection-by-carrier-clock',
    bug: 'The inspection runs from the time of the scan, not from when we learned of it.',
    patches: [{ file: RELEASE, find: 'confirmedAt: at,', replace: 'confirmedAt: deliveredAt,' }],
  },
  {
    name: 'accept-before-shipping',
    bug: 'Goods can be accepted as soon as the money is there.',
    patches: [
      {
        file: RELEASE,
        find: "    case 'in_fulfilment':\n    case 'delivered':\n      return releaseAll(",
        replace:
          "    case 'funded':\n    case 'in_fulfilment':\n    case 'delivered':\n      return releaseAll(",
      },
    ],
  },
  {
    name: 'release-again',
    bug: 'Acceptance releases milestones that were released before.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: '[...taken, ...released]',
        replace: '[...taken, ...released.slice(99)]',
      },
    ],
  },
  {
    name: 'first-payout-settles-trade',
    bug: 'A trade of several milestones is settled with the first that is paid.',
    patches: [
      {
        file: 'src/escrow/status.ts',
        find: 'held.paidMilestoneIds.length === held.releases.length &&',
        replace: 'held.paidMilestoneIds.length >= 1 &&',
      },
    ],
  },
  {
    name: 'early-deadline-forgotten',
    bug: 'A deadline that is early by the reader’s clock is dropped instead of tried again.',
    patches: [
      {
        file: DECIDE,
        find: "if (at < dueAt) return tooEarly('escrow.not_due', 'The deadline has not passed by this clock.');",
        replace: 'if (at < dueAt) return nothing;',
      },
    ],
  },
  {
    name: 'called-off-before-due',
    bug: 'A payment deadline calls a trade off without a look at the clock.',
    patches: [
      {
        file: DECIDE,
        find: "if (at < dueAt) return tooEarly('escrow.not_due', 'The deadline has not passed by this clock.');",
        replace: '',
      },
      {
        file: DECIDE,
        find: 'if (at < state.terms.payBy) return nothing;',
        replace: '',
      },
      {
        file: 'src/process/send-deadlines.ts',
        find: 'const at = ports.now().toISOString();',
        replace: 'const at = new Date(ports.now().getTime() + 300_000).toISOString();',
      },
    ],
  },
  {
    name: 'delivery-booked-early',
    bug: 'A delivery that overtakes the booking is dropped instead of tried again.',
    patches: [
      {
        file: RELEASE,
        find: `    return tooEarly(
      'escrow.not_in_fulfilment',
      \`A delivery arrived for a trade that is \${state.status}.\`,
    );`,
        replace: '    return nothing;',
      },
    ],
  },
  {
    name: 'repeat-waits-for-the-dead',
    bug: 'A request that comes again waits for the one before it, also where that one has died.',
    patches: [
      {
        file: 'src/escrow/open-trade.ts',
        find: 'export async function openTrade(',
        replace: `const underWay = new Map<string, Promise<OpenTradeResult>>();

export function openTrade(...args: Parameters<typeof openNow>): Promise<OpenTradeResult> {
  const [, { tradeId, requestHash }] = args;
  const key = \`\${tradeId}#\${requestHash}\`;
  const opening = underWay.get(key) ?? openNow(...args).finally(() => underWay.delete(key));
  underWay.set(key, opening);
  return opening;
}

async function openNow(`,
      },
    ],
  },
];
