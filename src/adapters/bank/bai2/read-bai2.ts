import type { BankStatement, StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import {
  difference,
  odd,
  type StatementReader,
  type StatementReading,
  unreadable,
} from '../reading.ts';
import { type Group, readAccount } from './account.ts';
import { type Bai2Record, Fields, splitRecords } from './records.ts';

/** BAI2 and its successor BTRS, as banks of the United States and Canada send them. */
export const bai2Reader: StatementReader = {
  recognizes: (text) => /^\s*01,[^,\n]*,[^,\n]*,\d{6}\b/.test(text),
  read: (text) => new Bai2File(splitRecords(text)).read(),
};

/** The records since a header, and the sum that its trailer must name. */
type Level = { total: bigint; records: number; children: number; line: number };

const level = (line: number): Level => ({ total: 0n, records: 0, children: 0, line });

const trailers = { account: '49', group: '98', file: '99' } as const;

class Bai2File {
  private readonly statements: BankStatement[] = [];
  private readonly problems: StatementProblem[] = [];
  private readonly open: Record<keyof typeof trailers, Level | undefined>;
  private readonly records: readonly Bai2Record[];
  private group: Group = { originator: '', asOf: '', currency: 'USD' };
  private header: Bai2Record | undefined;
  private transactions: Bai2Record[] = [];

  constructor(records: readonly Bai2Record[]) {
    this.records = records;
    this.open = { account: undefined, group: undefined, file: undefined };
  }

  read(): StatementReading {
    for (const record of this.records) this.take(record);
    this.finish();
    return { format: 'BAI2', statements: this.statements, problems: this.problems };
  }

  private take(record: Bai2Record): void {
    if (record.code === '03') this.closeAccount();
    this.enter(record);
    for (const opened of Object.values(this.open)) {
      if (opened !== undefined) opened.records += record.physical;
    }
    this.leave(record);
  }

  private enter(record: Bai2Record): void {
    if (record.code === '01') this.open.file = level(record.line);
    else if (record.code === '02') {
      this.closeAccount();
      this.open.group = level(record.line);
      this.group = readGroup(record, this.problems);
    } else if (record.code === '03') {
      this.open.account = level(record.line);
      this.header = record;
    } else if (record.code === '16' && this.header !== undefined) this.transactions.push(record);
    else if (record.code === '' || record.code === '16' || record.code === '88') {
      const detail = `${JSON.stringify(record.body.slice(0, 40))} belongs to no record.`;
      this.problems.push(unreadable('bai2.record_unknown', detail, { line: record.line }));
    }
  }

  private leave(record: Bai2Record): void {
    if (record.code === '49') {
      this.closeAccount(record);
    } else if (record.code === '98') {
      this.closeAccount();
      this.closeLevel('group', 'file', record);
    } else if (record.code === '99') {
      this.closeAccount();
      this.closeLevel('file', undefined, record);
    }
  }

  /** Reads what the account had. Without its trailer it still comes through, and says so. */
  private closeAccount(trailer?: Bai2Record): void {
    const { header } = this;
    if (header === undefined) return;
    const { statement, controlTotal } = readAccount(header, this.transactions, this.group);
    const opened = this.open.account ?? level(header.line);
    opened.total = controlTotal;
    const found =
      trailer === undefined
        ? [missing('account', header.line)]
        : this.check('account', opened, trailer);
    this.statements.push({ ...statement, problems: [...statement.problems, ...found] });
    this.header = undefined;
    this.transactions = [];
    this.open.account = undefined;
    if (this.open.group !== undefined) {
      this.open.group.total += trailer === undefined ? controlTotal : claimedTotal(trailer);
      this.open.group.children += 1;
    }
  }

  private closeLevel(
    name: 'group' | 'file',
    parent: 'file' | undefined,
    trailer: Bai2Record,
  ): void {
    const opened = this.open[name];
    if (opened === undefined) return;
    this.problems.push(...this.check(name, opened, trailer));
    this.open[name] = undefined;
    const outer = parent === undefined ? undefined : this.open[parent];
    if (outer !== undefined) {
      outer.total += claimedTotal(trailer);
      outer.children += 1;
    }
  }

  /** The control total, the count of what is inside, and the count of records. */
  private check(
    name: keyof typeof trailers,
    found: Level,
    trailer: Bai2Record,
  ): readonly StatementProblem[] {
    const at = { line: trailer.line, path: trailers[name] };
    const fields = new Fields(trailer.body);
    const claimed = claimedTotal({ ...trailer, body: fields.take() });
    const children = name === 'account' ? undefined : fields.take();
    const records = fields.take();
    const currency = this.group.currency;
    return [
      ...(claimed === found.total
        ? []
        : [
            difference(
              'bai2.control_total_mismatch',
              { what: `The control total of the ${name}`, claimed, found: found.total, currency },
              at,
            ),
          ]),
      ...countProblem(`parts of the ${name}`, children, found.children, at),
      ...countProblem(`records of the ${name}`, records, found.records, at),
    ];
  }

  private finish(): void {
    this.closeAccount();
    const end = this.records.at(-1)?.line ?? 1;
    for (const name of ['group', 'file'] as const) {
      if (this.open[name] !== undefined) this.problems.push(missing(name, end));
    }
  }
}

const missing = (name: keyof typeof trailers, line: number): StatementProblem =>
  unreadable(
    'bai2.truncated',
    `The ${name} has no ${trailers[name]} record: the file is cut off.`,
    { line },
  );

function countProblem(
  what: string,
  claimed: string | undefined,
  found: number,
  at: { readonly line: number },
): readonly StatementProblem[] {
  if (claimed === undefined || claimed === '' || Number(claimed) === found) return [];
  const detail = `The file says ${claimed} ${what}, ${found} were read.`;
  return [odd('bai2.count_mismatch', detail, at)];
}

function claimedTotal(trailer: Bai2Record): bigint {
  const text = new Fields(trailer.body).take();
  return /^[+-]?\d{1,30}$/.test(text) ? BigInt(text.replace('+', '')) : 0n;
}

const TEST_ONLY = '4';

/** `receiver,originator,status,as-of date,time,currency,modifier`. */
function readGroup(record: Bai2Record, problems: StatementProblem[]): Group {
  const fields = new Fields(record.body);
  fields.take();
  const originator = fields.take();
  const status = fields.take();
  const asOf = fields.take();
  fields.take();
  const currency = fields.take().toUpperCase() || 'USD';
  if (status === TEST_ONLY) {
    const detail = 'The bank marks this group as a test.';
    problems.push(odd('bai2.test_group', detail, { line: record.line, path: '02' }));
  }
  return { originator, asOf, currency };
}
