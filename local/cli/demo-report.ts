import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import { type AccountBalance, accountName } from '../../src/ledger/balances.ts';
import { money } from '../../src/money/money.ts';
import type { DemoResult } from './demo-run.ts';
import { amountText, majorUnits, placeText, plainWords } from './format.ts';
import { renderTable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** The result of a demo as one JSON value. Amounts are decimal strings of minor units. */
export function demoJson({
  trade,
  history,
  trialBalance,
  balanced,
  viewsAgree,
  deadLetters,
}: DemoResult) {
  const [shipment] = trade.shipments;
  const [payout] = trade.payouts;
  return {
    trade: { id: trade.id, status: trade.status },
    timeline: trade.timeline.map(({ type, at }) => ({ type, at })),
    shipment: {
      carrier: shipment !== undefined && 'carrier' in shipment ? shipment.carrier : null,
      trackingNumber:
        shipment !== undefined && 'trackingNumber' in shipment ? shipment.trackingNumber : null,
      status: shipment?.status ?? null,
    },
    payout: {
      rail: payout !== undefined && 'rail' in payout ? payout.rail : null,
      status: payout?.status ?? null,
      amount: payout !== undefined && 'amount' in payout ? payout.amount : null,
    },
    ledger: {
      entries: entriesOf(history).length,
      balanced: balanced && viewsAgree,
      trialBalance: trialBalance.map(({ account, currency, debitMinor, creditMinor }) => ({
        account,
        currency,
        debitMinor: debitMinor.toString(),
        creditMinor: creditMinor.toString(),
      })),
    },
    deadLetters,
  };
}

const entriesOf = (history: DemoResult['history']): readonly JournalEntry[] =>
  history.records.flatMap(({ journal }) => journal);

/** Prints what a demo found: the parcel, the ledger, the trial balance, the payout, the verdict. */
export function printReport(terminal: Terminal, result: DemoResult): void {
  printShipment(terminal, result);
  printLedger(terminal, result);
  printTrialBalance(terminal, result);
  const { trade, deadLetters, balanced, viewsAgree } = result;
  for (const payout of trade.payouts) {
    if (!('amount' in payout)) continue;
    const amount = money(payout.amount.currency, BigInt(payout.amount.amountMinor));
    heading(
      terminal,
      `Payout: ${amountText(amount)} by ${plainWords(payout.rail)}, ${payout.status}`,
    );
  }
  heading(
    terminal,
    `Trade ${trade.status}; books ${balanced ? 'balance' : 'DO NOT BALANCE'}; read models ` +
      `${viewsAgree ? 'agree' : 'DISAGREE'}; dead letters: ${deadLetters}`,
  );
}

const heading = (terminal: Terminal, text: string): void =>
  terminal.print('', terminal.paint('bold', text));

function table<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: Parameters<typeof renderTable<Row>>[1],
): void {
  terminal.print(
    ...renderTable(rows, columns, {
      width: terminal.width(),
      paintTitles: (line) => terminal.paint('dim', line),
    }),
  );
}

function printShipment(terminal: Terminal, { trade }: DemoResult): void {
  for (const shipment of trade.shipments) {
    if (!('scans' in shipment)) continue;
    const { carrier, service, trackingNumber, status } = shipment;
    heading(terminal, `Shipment: ${carrier} ${service} ${trackingNumber}, ${plainWords(status)}`);
    table(terminal, shipment.scans, [
      { title: 'scan', cell: (scan) => plainWords(scan.status) },
      { title: 'where', cell: (scan) => placeText(scan.place), shrinks: true },
      { title: 'when (carrier’s clock)', cell: (scan) => scan.at },
    ]);
  }
}

type LedgerRow = { readonly entry: string; readonly leg: JournalEntry['legs'][number] };

function printLedger(terminal: Terminal, { history }: DemoResult): void {
  heading(terminal, 'Ledger');
  const rows = entriesOf(history).flatMap(({ kind, legs }) =>
    legs.map((leg, index): LedgerRow => ({ entry: index === 0 ? plainWords(kind) : '', leg })),
  );
  const side = (leg: LedgerRow['leg'], sign: 1n | -1n): string =>
    leg.amountMinor * sign > 0n ? majorUnits(money(leg.currency, leg.amountMinor * sign)) : '';
  table(terminal, rows, [
    { title: 'entry', cell: ({ entry }) => entry },
    {
      title: 'account',
      cell: ({ leg }) => `${leg.account} ${accountName(leg.account)}`,
      shrinks: true,
    },
    { title: 'debit', align: 'right', cell: ({ leg }) => side(leg, 1n) },
    { title: 'credit', align: 'right', cell: ({ leg }) => side(leg, -1n) },
    { title: '', cell: ({ leg }) => leg.currency },
  ]);
}

function printTrialBalance(terminal: Terminal, { trialBalance }: DemoResult): void {
  heading(terminal, 'Trial balance (the projection’s read model)');
  const balanceOf = ({ debitMinor, creditMinor }: AccountBalance): bigint =>
    debitMinor - creditMinor;
  const shown = (balance: AccountBalance, minor: bigint): string =>
    majorUnits(money(balance.currency, minor));
  table(terminal, trialBalance, [
    { title: 'account', cell: ({ account, name }) => `${account} ${name}`, shrinks: true },
    { title: 'debits', align: 'right', cell: (balance) => shown(balance, balance.debitMinor) },
    { title: 'credits', align: 'right', cell: (balance) => shown(balance, balance.creditMinor) },
    { title: 'balance', align: 'right', cell: (balance) => shown(balance, balanceOf(balance)) },
    { title: '', cell: ({ currency }) => currency },
  ]);
}
