import type { EscrowStatus } from '../../src/escrow/state.ts';
import type { TradeView } from '../../src/process/trade-view.ts';
import { amountText, placeText, plainWords, secondsText } from './format.ts';
import { type Column, renderTable } from './table.ts';
import type { Color, Terminal } from './terminal.ts';

const colorOf: Readonly<Partial<Record<EscrowStatus, Color>>> = {
  awaiting_payment: 'yellow',
  canceling: 'yellow',
  settled: 'green',
  canceled: 'dim',
  expired: 'dim',
};

const nameOf = ({ reference, id }: TradeView): string => reference ?? id;

const routeOf = ({ parties }: TradeView): string =>
  `${parties.seller.country} → ${parties.buyer.country}`;

/** Where the parcel is, or what is known of it. */
export function shipmentText({ shipments }: TradeView): string {
  const [shipment] = shipments;
  if (shipment === undefined) return '';
  if (!('scans' in shipment)) return plainWords(shipment.status);
  const place = placeText(shipment.scans.at(-1)?.place);
  const status = plainWords(shipment.status);
  return `${shipment.carrier}: ${status}${place === '' ? '' : `, ${place}`}`;
}

/** The status in words, and how much is missing of a payment that has come in part. */
export const statusText = (trade: TradeView): string =>
  'partiallyFunded' in trade && trade.partiallyFunded !== undefined
    ? `${plainWords(trade.status)}, ${amountText(trade.partiallyFunded.remaining)} missing`
    : plainWords(trade.status);

const payInColumn: Column<TradeView> = {
  title: 'buyer pays',
  align: 'right',
  cell: ({ payIn }) => amountText(payIn),
};

/** From this width on there is room for what the buyer pays beside where the parcel is. */
const ROOMY = 96;

const columnsFor = ({ paint, width }: Terminal): readonly Column<TradeView>[] => [
  { title: 'trade', cell: nameOf, shrinks: true },
  { title: 'route', cell: routeOf },
  { title: 'amount', align: 'right', cell: ({ amount }) => amountText(amount) },
  ...(width() < ROOMY ? [] : [payInColumn]),
  {
    title: 'status',
    cell: statusText,
    paint: (padded, { status }) => paint(colorOf[status] ?? 'cyan', padded),
  },
  { title: 'shipment', cell: shipmentText, shrinks: true },
];

export type TradeBoard = {
  /**
   * Shows the trades as they are now, and below them what else goes on; writes nothing where nothing
   * of it has changed.
   */
  readonly show: (trades: readonly TradeView[], note?: string) => void;
};

/** A table that is redrawn in its place on a terminal, and a line for each change elsewhere. */
export const createTradeBoard = (terminal: Terminal, now?: () => number): TradeBoard =>
  terminal.canRedraw ? redrawnTable(terminal) : changeLog(terminal, now);

function redrawnTable(terminal: Terminal): TradeBoard {
  let shown: readonly string[] = [];
  return {
    show: (trades, note) => {
      const table = renderTable(trades, columnsFor(terminal), {
        width: terminal.width(),
        paintTitles: (line) => terminal.paint('dim', line),
      });
      const told = (note ?? '').slice(0, terminal.width() - 1);
      const lines = note === undefined ? table : [...table, '', terminal.paint('dim', told)];
      if (lines.join('\n') === shown.join('\n')) return;
      const back = shown.length === 0 ? '' : `\x1b[${shown.length}A\x1b[0J`;
      terminal.write(`${back}${lines.map((line) => `${line}\n`).join('')}`);
      shown = lines;
    },
  };
}

function changeLog(terminal: Terminal, now: () => number = () => performance.now()): TradeBoard {
  const startedAtMs = now();
  const told = new Map<string, string>();
  let noted: string | undefined;
  return {
    show: (trades, note) => {
      if (note !== undefined && note !== noted) {
        terminal.print(`${secondsText(now() - startedAtMs).padStart(8)}  ${note}`);
      }
      noted = note;
      for (const trade of trades) {
        const news = [statusText(trade).padEnd(16), shipmentText(trade)].join('  ').trimEnd();
        if (told.get(trade.id) === news) continue;
        told.set(trade.id, news);
        const time = secondsText(now() - startedAtMs).padStart(8);
        const amount = amountText(trade.amount).padStart(14);
        terminal.print(`${time}  ${nameOf(trade).padEnd(14)}  ${amount}  ${news}`);
      }
    },
  };
}
