import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import { type AccountBalance, accountName } from '../../src/ledger/balances.ts';
import type { CurrencyCode } from '../../src/money/currency.ts';
import { moneyFromJson } from '../../src/money/json.ts';
import { money } from '../../src/money/money.ts';
import type { DemoResult } from './demo-run.ts';
import { problemsOf } from './demo-verdict.ts';
import { amountText, majorUnits, placeText, plainWords } from './format.ts';
import { type Column, renderTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const TIME_START = 'YYYY-MM-DDT'.length;
const TIME_END = 'YYYY-MM-DDTHH:MM:SS'.length;

/** Prints what a demo found: the parcel, the ledger, the trial balance, the payout, the verdict. */
export function printReport(terminal: Terminal, result: DemoResult): void {
  printShipment(terminal, result);
  printLedger(terminal, result);
  printTrialBalance(terminal, result);
  printPayout(terminal, result);
  printVerdict(terminal, result);
}

const heading = (terminal: Terminal, text: string): void =>
  terminal.print('', terminal.paint('bold', text));

const printTable = <Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): void =>
  terminal.print(
    ...renderTable(rows, columns, {
      width: terminal.width(),
      paintTitles: (line) => terminal.paint('dim', line),
    }),
  );

function printShipment(terminal: Terminal, { trade }: DemoResult): void {
  for (const shipment of trade.shipments) {
    if (!('scans' in shipment)) continue;
    const { carrier, service, trackingNumber, status } = shipment;
    heading(terminal, `Shipment: ${carrier} ${service} ${trackingNumber}, ${plainWords(status)}`);
    printTable(terminal, shipment.scans, [
      { title: "carrier's clock", cell: ({ at }) => at.slice(TIME_START, TIME_END) },
      { title: 'scan', cell: (scan) => plainWords(scan.status) },
      { title: 'place', cell: ({ place }) => placeText(place), shrinks: true },
    ]);
  }
}

type LedgerRow = { readonly entry: string; readonly leg: JournalEntry['legs'][number] };

function printLedger(terminal: Terminal, { entries }: DemoResult): void {
  heading(terminal, `Ledger: ${entries.length} journal entries`);
  const rows = entries.flatMap(({ kind, legs }) =>
    legs.map((leg, index): LedgerRow => ({ entry: index === 0 ? plainWords(kind) : '', leg })),
  );
  const side = ({ currency, amountMinor }: LedgerRow['leg'], sign: 1n | -1n): string =>
    amountMinor * sign > 0n ? majorUnits(money(currency, amountMinor * sign)) : '';
  printTable(terminal, rows, [
    { title: 'entry', cell: ({ entry }) => entry },
    {
      title: 'account',
      cell: ({ leg }) => `${leg.account} ${accountName(leg.account)}`,
      shrinks: true,
    },
    { title: 'debit', align: 'right', cell: ({ leg }) => side(leg, 1n) },
    { title: 'credit', align: 'right', cell: ({ leg }) => side(leg, -1n) },
    { title: 'currency', cell: ({ leg }) => leg.currency },
  ]);
}

function printTrialBalance(terminal: Terminal, { trialBalance }: DemoResult): void {
  heading(terminal, 'Trial balance, from the read model');
  const major = ({ currency }: AccountBalance, amountMinor: bigint): string =>
    majorUnits(money(currency, amountMinor));
  const isTotal = ({ account }: AccountBalance): boolean => account === '';
  const bold = (padded: string, row: AccountBalance): string =>
    isTotal(row) ? terminal.paint('bold', padded) : padded;
  printTable(
    terminal,
    [...trialBalance, ...totalsOf(trialBalance)],
    [
      {
        title: 'account',
        cell: ({ account, name }) => `${account} ${name}`.trimStart(),
        shrinks: true,
        paint: bold,
      },
      { title: 'debits', align: 'right', cell: (row) => major(row, row.debitMinor), paint: bold },
      { title: 'credits', align: 'right', cell: (row) => major(row, row.creditMinor), paint: bold },
      {
        title: 'balance',
        align: 'right',
        cell: (row) => major(row, row.debitMinor - row.creditMinor),
        paint: bold,
      },
      { title: 'currency', cell: ({ currency }) => currency, paint: bold },
    ],
  );
}

/** The sum of all accounts in each currency, as a row without an account. */
function totalsOf(balances: readonly AccountBalance[]): readonly AccountBalance[] {
  const totals = new Map<CurrencyCode, AccountBalance>();
  for (const { currency, debitMinor, creditMinor } of balances) {
    const before = totals.get(currency) ?? { debitMinor: 0n, creditMinor: 0n };
    totals.set(currency, {
      account: '',
      name: 'all accounts',
      currency,
      debitMinor: before.debitMinor + debitMinor,
      creditMinor: before.creditMinor + creditMinor,
    });
  }
  return [...totals.values()];
}

function printPayout(terminal: Terminal, { trade }: DemoResult): void {
  for (const payout of trade.payouts) {
    if (!('rail' in payout)) continue;
    const transfer = 'transferId' in payout ? `, ${payout.transferId}` : '';
    const amount = amountText(moneyFromJson(payout.amount));
    heading(
      terminal,
      `Payout: ${amount} by ${plainWords(payout.rail)}${transfer}, ${payout.status}`,
    );
  }
}

function printVerdict(terminal: Terminal, result: DemoResult): void {
  const problems = problemsOf(result);
  if (problems.length === 0) {
    const status = plainWords(result.trade.status);
    const all = `The trade is ${status}, the books balance, the read models agree, no dead letters.`;
    terminal.print('', `${terminal.paint('green', '✓')} ${all}`);
  }
  terminal.print(...problems.map((problem) => `${terminal.paint('red', '✗')} ${problem}`));
}
