import type {
  BankStatement,
  StatementFormat,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import {
  odd,
  refused,
  type StatementReader,
  type StatementReading,
  unreadable,
} from '../reading.ts';
import { balanceOf, checkTotals } from '../totals.ts';
import { balanceTypes, currencyOf, readBalance } from './balances.ts';
import { checkInterimTotals } from './interim.ts';
import { type Field, type Message, splitMessages } from './messages.ts';
import { type LineFields, readStatementLine } from './statement-line.ts';

/** SWIFT MT940 (statement) and MT942 (interim report), in the dialects that banks send. */
export const mt940Reader: StatementReader = {
  recognizes: (text) =>
    /^:6[0-2][FM]?:/m.test(text) ||
    /^:(?:34F|13D|90[CD]):/m.test(text) ||
    /\{2:[IO]94[0-2]/.test(text),
  read: readMt940,
};

function readMt940(text: string): StatementReading {
  const messages = splitMessages(text);
  const statements = messages.map(readMessage);
  const [first] = statements;
  if (first === undefined) {
    return refused('MT940', 'mt940.no_message', 'Expected a field :20:, found none.', { line: 1 });
  }
  return { format: first.format, statements, problems: [] };
}

function readMessage(message: Message): BankStatement {
  const fields = [...message.fields, ...message.strays];
  const format = formatOf(message);
  const problems: StatementProblem[] = [];
  const currency = currencyOf(fields);
  const balances = fields.flatMap((field) => readBalance(field, currency, problems));
  const lines = linesOf(fields, currency ?? '')
    .map(readStatementLine)
    .flatMap((read) => {
      problems.push(...read.problems);
      return read.line === undefined ? [] : [read.line];
    })
    .map((line, index) => ({ ...line, ordinal: index + 1 }));
  const account = accountOf(fields);
  if (account.id === null) {
    const detail = 'Expected a field :25: that names the account, found none.';
    problems.push(odd('statement.account_missing', detail, { line: message.line }));
  }
  const statement = {
    format,
    kind: format === 'MT942' ? ('intraday' as const) : ('statement' as const),
    id: textIn(fields, '20') ?? null,
    sequence: textIn(fields, '28C') ?? textIn(fields, '28') ?? null,
    account,
    currency: currency ?? null,
    opening: balanceOf(balances, currency ?? null, balanceTypes['60']),
    closing: balanceOf(balances, currency ?? null, balanceTypes['62']),
    balances,
    lines,
  };
  const closingLine = fields.find((field) => field.tag.startsWith('62'))?.line ?? message.line;
  const expectation = format === 'MT940' ? 'expected' : 'optional';
  return {
    ...statement,
    problems: [
      ...problems,
      ...checkTotals(statement, expectation, { line: closingLine, path: ':62F:' }),
      ...checkInterimTotals(fields, lines, currency),
      ...checkEnd(message, statement.closing !== null),
      ...message.strays.filter((field) => field.tag === '61').map(afterEnd),
    ],
  };
}

const afterEnd = ({ tag, line }: Field): StatementProblem =>
  odd('mt940.after_end', 'A statement line follows the end of its message.', {
    line,
    path: `:${tag}:`,
  });

/** An envelope that was opened, never closed, and has no closing balance is a file cut off. */
function checkEnd(message: Message, hasClosing: boolean): readonly StatementProblem[] {
  if (!message.enveloped || message.closed || hasClosing) return [];
  const last = message.fields.at(-1);
  const line = (last?.line ?? message.line) + (last?.lines.length ?? 1) - 1;
  const detail = 'The message ends without a closing balance and its -}: the file is cut off.';
  return [unreadable('mt940.truncated', detail, { line })];
}

function formatOf({ type, fields }: Message): StatementFormat {
  if (type === '940' || type === '942') return `MT${type}`;
  const isInterim = fields.some((field) => /^(?:34F|13D|90[CD])$/.test(field.tag));
  return isInterim ? 'MT942' : 'MT940';
}

const textIn = (fields: readonly Field[], tag: string): string | undefined => {
  const text = fields.find((field) => field.tag === tag)?.lines[0]?.trim();
  return text === '' ? undefined : text;
};

/** `BIC/account`, an IBAN, or a bank code and a number; the currency may follow. */
function accountOf(fields: readonly Field[]): BankStatement['account'] {
  const id = (textIn(fields, '25') ?? textIn(fields, '25P'))?.replace(/^\//, '') ?? null;
  const isIban = id !== null && /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}(?:[A-Z]{3})?$/.test(id);
  return { id, scheme: isIban ? 'IBAN' : 'other' };
}

/** Each field 61 with the 86 and NS that follow it before any other. */
function linesOf(fields: readonly Field[], currency: string): readonly LineFields[] {
  const lines: (Omit<LineFields, 'information'> & { information: Field[] })[] = [];
  let open: (typeof lines)[number] | undefined;
  for (const field of fields) {
    if (field.tag === '61') {
      open = { field, information: [], currency };
      lines.push(open);
    } else if (field.tag === '86' || field.tag === 'NS') {
      open?.information.push(field);
    } else {
      open = undefined;
    }
  }
  return lines;
}
