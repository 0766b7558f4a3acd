import type {
  BankStatement,
  StatementBalance,
  StatementLine,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { directionOf, parseImplied, unsigned } from '../amounts.ts';
import { shortDate } from '../dates.ts';
import { defined, unreadable } from '../reading.ts';
import { balanceOf, checkTotals } from '../totals.ts';
import { type Bai2Record, Fields, takeFunds } from './records.ts';
import { readTransaction } from './transaction.ts';

/** What a group says of all its accounts. */
export type Group = {
  readonly originator: string;
  readonly asOf: string;
  readonly currency: string;
};

/** BAI2's status codes as ISO 20022 names the balances. */
const balanceTypes: Readonly<Record<string, string>> = {
  '010': 'OPBD',
  '015': 'CLBD',
  '040': 'OPAV',
  '045': 'CLAV',
  '060': 'ITAV',
};

export type ReadAccount = {
  readonly statement: BankStatement;
  /** The sum of all amounts in the account's records, as its control total counts them. */
  readonly controlTotal: bigint;
};

type Summary = {
  readonly accountId: string;
  readonly currency: string;
  readonly balances: StatementBalance[];
  controlTotal: bigint;
};

/** One account: its 03 record, and the 16 records that follow it. */
export function readAccount(
  header: Bai2Record,
  transactions: readonly Bai2Record[],
  group: Group,
): ReadAccount {
  const problems: StatementProblem[] = [];
  const summary = readSummary(header, group, problems);
  const lines: StatementLine[] = [];
  for (const record of transactions) {
    const read = readTransaction(record, { currency: summary.currency, asOf: group.asOf });
    problems.push(...read.problems);
    summary.controlTotal += read.amount;
    if (read.line !== undefined) lines.push({ ...read.line, ordinal: lines.length + 1 });
  }
  const { balances, currency } = summary;
  const partial = {
    format: 'BAI2' as const,
    currency,
    opening: balanceOf(balances, currency, 'OPBD'),
    closing: balanceOf(balances, currency, 'CLBD'),
    lines,
  };
  return {
    controlTotal: summary.controlTotal,
    statement: {
      ...partial,
      kind: 'statement',
      id: group.asOf === '' ? null : group.asOf,
      sequence: null,
      account: {
        id: summary.accountId === '' ? null : summary.accountId,
        scheme: 'other',
        ...defined({ servicer: group.originator }),
      },
      balances,
      problems: [
        ...problems,
        ...checkTotals(partial, 'optional', { line: header.line, path: '03' }),
      ],
    },
  };
}

/**
 * `account,currency,(type,amount,count,funds…)*`: balances and totals in any number. A bank may
 * give no ledger balance at all, so a missing one is no problem here.
 */
function readSummary(record: Bai2Record, group: Group, problems: StatementProblem[]): Summary {
  const fields = new Fields(record.body);
  const accountId = fields.take();
  const currency = fields.take().toUpperCase() || group.currency;
  const summary: Summary = { accountId, currency, balances: [], controlTotal: 0n };
  while (!fields.isDone) {
    const code = fields.take();
    const amount = fields.take();
    fields.take();
    takeFunds(fields);
    if (amount === '') continue;
    const parsed = parseImplied(amount, currency);
    if (!parsed.ok) {
      const at = { line: record.line, path: `03/${code}` };
      problems.push(unreadable(`balance.${parsed.fault}`, parsed.detail, at));
      continue;
    }
    summary.controlTotal += parsed.minor;
    const type = balanceTypes[code];
    if (type !== undefined) {
      summary.balances.push({
        type,
        date: shortDate(group.asOf).date ?? null,
        amountMinor: unsigned(parsed.minor),
        currency,
        direction: directionOf(parsed.minor),
      });
    }
  }
  return summary;
}
