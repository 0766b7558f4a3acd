import { setTimeout as wait } from 'node:timers/promises';
import { money } from '../../src/money/money.ts';
import type { TradeSummary } from '../../src/process/views.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import { amountText, plainWords } from './format.ts';
import { type Column, renderTable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** In the order in which trades pass through them. */
const STATUSES = [
  'awaiting_payment',
  'canceling',
  'canceled',
  'expired',
  'funded',
  'in_fulfilment',
  'delivered',
  'released',
  'settled',
] as const satisfies readonly TradeSummary['status'][];

const REFRESH_MS = 500;
const SHOWN_AT_MOST = 12;
const TIME_LENGTH = 'HH:MM:SS'.length;

const COLUMNS: readonly Column<TradeSummary>[] = [
  { title: 'trade', cell: ({ tradeId }) => tradeId },
  { title: 'reference', cell: ({ reference }) => reference ?? '', shrinks: true },
  {
    title: 'amount',
    align: 'right',
    cell: ({ amount }) => amountText(money(amount.currency, amount.amountMinor)),
  },
  { title: 'status', cell: ({ status }) => plainWords(status) },
  { title: 'since (UTC)', cell: ({ updatedAt }) => timeOf(updatedAt) },
];

const timeOf = (instant: string): string => {
  const start = instant.indexOf('T') + 1;
  return instant.slice(start, start + TIME_LENGTH);
};

/** The marketplace's trades from the read model, the latest first. */
async function readTrades({ views }: LocalStack): Promise<readonly TradeSummary[]> {
  const lists = await Promise.all(
    STATUSES.map((status) =>
      views.listTrades({ marketplaceId: LOCAL_MARKETPLACE, status, limit: SHOWN_AT_MOST }),
    ),
  );
  return lists
    .flat()
    .sort((left, right) => (left.openedAt < right.openedAt ? 1 : -1))
    .slice(0, SHOWN_AT_MOST);
}

/**
 * Shows the trades until the signal aborts: on a terminal as a table that is redrawn where something
 * changed, elsewhere a line for each change.
 */
export async function showTrades(
  terminal: Terminal,
  stack: LocalStack,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, string>();
  let drawn = 0;
  while (!signal.aborted) {
    const trades = await readTrades(stack);
    const changed = trades.filter(({ tradeId, status }) => known.get(tradeId) !== status);
    for (const { tradeId, status } of changed) known.set(tradeId, status);
    if (changed.length > 0) drawn = draw(terminal, { trades, changed, drawn });
    await wait(REFRESH_MS, undefined, { signal }).catch(ignoreAbort);
  }
}

function draw(
  terminal: Terminal,
  {
    trades,
    changed,
    drawn,
  }: {
    readonly trades: readonly TradeSummary[];
    readonly changed: readonly TradeSummary[];
    readonly drawn: number;
  },
): number {
  if (!terminal.canRedraw) {
    for (const { updatedAt, tradeId, reference, status } of changed.toReversed()) {
      terminal.print(`${timeOf(updatedAt)}  ${tradeId}  ${reference ?? ''}  ${plainWords(status)}`);
    }
    return 0;
  }
  const lines = renderTable(trades, COLUMNS, {
    width: terminal.width(),
    paintTitles: (line) => terminal.paint('dim', line),
  });
  terminal.write(drawn === 0 ? '\n' : `\x1b[${drawn}A`);
  terminal.write(lines.map((line) => `\x1b[2K${line}\n`).join(''));
  return lines.length;
}

const ignoreAbort = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
