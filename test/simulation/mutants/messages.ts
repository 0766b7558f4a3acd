import type { Mutant } from './mutant.ts';

const DISPOSE = 'src/process/dispose.ts';
const DEADLINES = 'src/process/send-deadlines.ts';
const ROUTES = 'src/process/routes.ts';

/** Bugs in what becomes of messages, and in what they carry. */
export const MESSAGES: readonly Mutant[] = [
  {
    name: 'caught-and-acknowledged',
    bug: 'An error is caught, and the message is acknowledged.',
    patches: [
      {
        file: 'src/process/work-message.ts',
        find: "return { kind: 'failed', error };",
        replace: "return { kind: 'handled', handled: { kind: 'ignored', reason: String(error) } };",
      },
    ],
  },
  {
    name: 'early-acknowledged',
    bug: 'A message that overtook the one before it is acknowledged.',
    patches: [
      {
        file: DISPOSE,
        find: "if (handled.kind === 'done' || handled.kind === 'ignored') return",
        replace: "if (handled.kind !== 'rejected') return",
      },
    ],
  },
  {
    name: 'unknown-outcome-acknowledged',
    bug: 'Where a provider did not answer, the message is acknowledged.',
    patches: [
      {
        file: DISPOSE,
        find: '  return retryable\n    ? retryOrGiveUp',
        replace:
          "  if (code.startsWith('stripe.') || code.startsWith('carrier.')) return { kind: 'acknowledge' };\n  return retryable\n    ? retryOrGiveUp",
      },
    ],
  },
  {
    name: 'dropped-at-the-last-try',
    bug: 'A message that failed on its last try is dropped, not kept for a person.',
    patches: [
      {
        file: DISPOSE,
        find: "? { kind: 'dead_letter', ...reason }",
        replace: "? { kind: 'acknowledge' }",
      },
    ],
  },
  {
    name: 'retry-without-keeping',
    bug: 'A message that must come again is acknowledged after its delay was set.',
    patches: [
      {
        file: 'src/process/work-message.ts',
        find: "return 'keep';",
        replace: "return 'acknowledge';",
      },
    ],
  },
  {
    name: 'partial-send-ignored',
    bug: 'What a batch did not accept is not sent again.',
    patches: [
      {
        file: 'src/adapters/sqs/send.ts',
        find: 'if (failed.length === 0) return;',
        replace: 'if (failed.length < entries.length) return;',
      },
    ],
  },
  {
    name: 'route-dropped',
    bug: 'Nobody tells the escrow that a payout has settled.',
    patches: [
      {
        file: ROUTES,
        find: "PayoutSettled: ['projection', 'escrow', 'reconciliation'],",
        replace: "PayoutSettled: ['projection', 'reconciliation'],",
      },
    ],
  },
  {
    name: 'route-by-first-event',
    bug: 'Only the first event of a record is routed.',
    patches: [
      {
        file: ROUTES,
        find: 'record.events.flatMap(({ type }) => ROUTES[type])',
        replace: 'record.events.slice(0, 1).flatMap(({ type }) => ROUTES[type])',
      },
    ],
  },
  {
    name: 'message-id-random',
    bug: 'Routing a record again gives its messages other ids.',
    patches: [
      {
        file: ROUTES,
        find: `messageId: \`\${record.streamId}#\${record.sequence}#\${target}\`,`,
        replace: `messageId: \`\${record.streamId}#\${record.sequence}#\${target}#\${Math.random()}\`,`,
      },
    ],
  },
  {
    name: 'deadline-forgotten-before-sent',
    bug: 'Deadlines are removed before their messages are sent.',
    patches: [
      { file: DEADLINES, find: '    await ports.views.removeDeadlines(due);\n', replace: '' },
      {
        file: DEADLINES,
        find: '    for (const queue of QUEUES) {',
        replace: '    await ports.views.removeDeadlines(due);\n    for (const queue of QUEUES) {',
      },
    ],
  },
  {
    name: 'deadline-id-without-time',
    bug: 'Two deadlines of one trade have the same id, so that the second counts as applied.',
    patches: [
      {
        file: DEADLINES,
        find: `#\${deadline.subjectId}#\${deadline.dueAt}\``,
        replace: `#\${deadline.subjectId}\``,
      },
    ],
  },
  {
    name: 'write-not-awaited',
    bug: 'A write is begun and not awaited, so that its failure takes the process down.',
    patches: [
      {
        file: 'src/process/consume-projection.ts',
        find: '      ports.views.putDeadlines(deadlines),\n    ]);\n',
        replace: '    ]);\n    void ports.views.putDeadlines(deadlines);\n',
      },
    ],
  },
  {
    name: 'people-kept-too-late',
    bug: 'The trade is opened before its people are in the vault.',
    patches: [
      {
        file: 'src/escrow/open-trade.ts',
        find: '  await ports.keepParties();\n',
        replace: '',
      },
      {
        file: 'src/escrow/open-trade.ts',
        find: "    return { kind: 'refused', code: opened.code, detail: opened.detail };\n",
        replace:
          "    return { kind: 'refused', code: opened.code, detail: opened.detail };\n  await ports.keepParties();\n",
      },
    ],
  },
  {
    name: 'name-in-reference',
    bug: 'The buyer’s name becomes the reference of the trade.',
    patches: [
      {
        file: 'src/process/trade-proposal.ts',
        find: '...(reference === undefined ? {} : { reference }),',
        replace: `reference: reference ?? parties.buyer.name,
    items: lineItems.map((item) => ({ ...item, description: parties.buyer.name })),`,
      },
      {
        file: 'src/process/trade-proposal.ts',
        find: '    items: lineItems,\n',
        replace: '',
      },
    ],
  },
];
