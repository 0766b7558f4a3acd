import { minorUnitDigits } from '../../../src/money/currency.ts';
import { type Money, money } from '../../../src/money/money.ts';
import type { Sim } from '../engine/sim.ts';
import type { BankLine } from '../world.ts';

/** The segregated account at its bank, in every currency: what moved there, in order. */
export type BankAccount = {
  readonly lines: BankLine[];
  /** Moves money today, and answers the line. */
  readonly move: (movement: Movement) => BankLine;
  /** What moved on a day, as the bank's camt.053; undefined where nothing did. */
  readonly statementOf: (day: string) => string | undefined;
};

/** Above zero, money came in. */
type Movement = Pick<BankLine, 'kind' | 'amount'> &
  Partial<Pick<BankLine, 'endToEndId' | 'text' | 'returnReason' | 'trouble'>>;

const IBAN = 'NL91ABNA0417164300';
const DAY_LENGTH = 'YYYY-MM-DD'.length;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, DAY_LENGTH);

export function createBankAccount({ scheduler }: Sim): BankAccount {
  const lines: BankLine[] = [];
  const told = new Set<string>();
  return {
    lines,
    move: (movement) => {
      const nothing = { endToEndId: null, text: null, returnReason: null, trouble: null };
      const reference = `B${lines.length + 1}`;
      const line = { ...nothing, ...movement, reference, day: dayOf(scheduler.nowMs()) };
      lines.push(line);
      return line;
    },
    statementOf: (day) => {
      const today = lines.filter((line) => line.day === day);
      if (today.length === 0 || told.has(day)) return undefined;
      told.add(day);
      return camt053(day, lines);
    },
  };
}

/** One statement for each currency in which something moved that day. */
function camt053(day: string, lines: readonly BankLine[]): string {
  const byCurrency = Map.groupBy(lines, ({ amount }) => amount.currency);
  const statements = [...byCurrency.values()].flatMap((own) => {
    const today = own.filter((line) => line.day === day);
    return today.length === 0 ? [] : [statement(day, own, today)];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>${day}</MsgId><CreDtTm>${day}T23:59:00Z</CreDtTm></GrpHdr>`,
    ...statements,
    '</BkToCstmrStmt></Document>',
  ].join('\n');
}

function statement(day: string, own: readonly BankLine[], today: readonly BankLine[]): string {
  const [first] = today;
  const currency = first?.amount.currency ?? 'EUR';
  const before = own.filter((line) => line.day < day);
  const number = new Set([...before.map((line) => line.day), day]).size;
  const opening = sum(before);
  return [
    `<Stmt><Id>${currency}-${number}</Id><ElctrncSeqNb>${number}</ElctrncSeqNb>`,
    `<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`,
    balance('OPBD', day, money(currency, opening)),
    balance('CLBD', day, money(currency, opening + sum(today))),
    ...today.map(entry),
    '</Stmt>',
  ].join('');
}

const sum = (lines: readonly BankLine[]): bigint =>
  lines.reduce((total, { amount }) => total + amount.amountMinor, 0n);

const balance = (code: string, day: string, amount: Money): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${sized(amount)}<Dt><Dt>${day}</Dt></Dt></Bal>`;

const entry = ({ amount, day, reference, endToEndId, text, returnReason }: BankLine): string =>
  [
    `<Ntry>${sized(amount)}<Sts><Cd>BOOK</Cd></Sts>`,
    `<BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>`,
    `<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls>`,
    endToEndId === null ? '' : `<Refs><EndToEndId>${endToEndId}</EndToEndId></Refs>`,
    text === null ? '' : `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`,
    returnReason === null ? '' : `<RtrInf><Rsn><Cd>${returnReason}</Cd></Rsn></RtrInf>`,
    '</TxDtls></NtryDtls></Ntry>',
  ].join('');

/** The amount without its sign, and which way it went. */
function sized({ currency, amountMinor }: Money): string {
  const isOut = amountMinor < 0n;
  const size = isOut ? -amountMinor : amountMinor;
  return `<Amt Ccy="${currency}">${decimal({ currency, amountMinor: size })}</Amt><CdtDbtInd>${isOut ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
}

/** Major units, as text. */
export function decimal({ currency, amountMinor }: Money): string {
  const digits = minorUnitDigits(currency);
  const isBelow = amountMinor < 0n;
  const text = (isBelow ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return isBelow ? `-${whole}` : whole;
}
