import type { StatementLine, StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { parseImplied, unsigned } from '../amounts.ts';
import { shortDate } from '../dates.ts';
import { defined, odd, unreadable } from '../reading.ts';
import { type Bai2Record, Fields, takeFunds } from './records.ts';

type Context = { readonly currency: string; readonly asOf: string };

export type ReadTransaction = {
  readonly line?: StatementLine;
  readonly amount: bigint;
  readonly problems: readonly StatementProblem[];
};

/**
 * `type,amount,funds…,bank reference,customer reference,text`. Type codes 100 to 399 and 920 to 959
 * are credits, 400 to 699 and 960 to 999 debits; the amount has no sign.
 */
export function readTransaction(record: Bai2Record, { currency, asOf }: Context): ReadTransaction {
  const at = { line: record.line, path: '16' };
  const fields = new Fields(record.body);
  const type = fields.take();
  const amountText = fields.take();
  const parsed = parseImplied(amountText === '' ? '0' : amountText, currency);
  if (!parsed.ok) {
    const problem = unreadable(`line.${parsed.fault}`, parsed.detail, at);
    return { amount: 0n, problems: [problem] };
  }
  const direction = directionOfType(type);
  if (direction === undefined) {
    const detail = `Type code ${JSON.stringify(type)} is neither a credit nor a debit.`;
    const problem = unreadable('line.direction_invalid', detail, at);
    return { amount: parsed.minor, problems: [problem] };
  }
  const { valueDate } = takeFunds(fields);
  const bankReference = fields.take();
  const customerReference = fields.take();
  const text = fields.text();
  const dates = datesOf(asOf, valueDate);
  const tags = tagsIn(text);
  const line: StatementLine = {
    ordinal: 1,
    at,
    bookingDate: dates.booking,
    valueDate: dates.value,
    amountMinor: unsigned(parsed.minor),
    currency,
    direction: parsed.minor < 0n ? opposite[direction] : direction,
    pending: false,
    reversal: false,
    transactionCode: type,
    references: defined({
      accountServicerReference: reference(bankReference),
      customerReference: reference(customerReference),
      endToEndId: reference(tags['EREF'] ?? ''),
      checkNumber: tags['CHKN'],
    }),
    remittance: { structured: [], unstructured: text.filter((part) => !TAG.test(part)) },
    charges: [],
    details: [],
    ...counterparty(tags, direction),
  };
  return {
    line,
    amount: parsed.minor,
    problems: dates.problems.map((note) => odd('line.date_invalid', note, at)),
  };
}

const opposite = { credit: 'debit', debit: 'credit' } as const;

function directionOfType(type: string): 'credit' | 'debit' | undefined {
  const code = /^\d{1,3}$/.test(type) ? Number(type) : 0;
  if ((code >= 100 && code < 400) || (code >= 920 && code < 960)) return 'credit';
  if ((code >= 400 && code < 700) || (code >= 960 && code < 1000)) return 'debit';
  return undefined;
}

function datesOf(asOf: string, valueText: string | undefined) {
  const booking = shortDate(asOf);
  const value = valueText === undefined || valueText === '' ? booking : shortDate(valueText);
  const notes = [
    asOf === '' ? undefined : booking.note,
    value === booking ? undefined : value.note,
  ];
  return {
    booking: booking.date ?? null,
    value: value.date ?? null,
    problems: notes.filter((note) => note !== undefined),
  };
}

const reference = (text: string): string | undefined =>
  text === '' || /^0+$/.test(text) ? undefined : text;

const TAG = /^([A-Z]{4}):\s*(.*)$/;

/** Some banks continue the text with keys of their own: `88,EREF: …`. */
function tagsIn(text: readonly string[]): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.flatMap((part) => {
    const match = TAG.exec(part);
    return match === null ? [] : [match];
  })) {
    tags[key] ??= value.trim();
  }
  return tags;
}

/** The debtor of a credit, the creditor of a debit. */
function counterparty(
  tags: Readonly<Record<string, string>>,
  direction: 'credit' | 'debit',
): Pick<StatementLine, 'counterparty'> {
  const side = direction === 'credit' ? 'D' : 'C';
  const found = defined({
    name: tags[side === 'D' ? 'DBNM' : 'CRNM'],
    account: tags[`${side}ACT`],
    bic: tags[`${side}BIC`] ?? tags[`${side}ABA`],
  });
  return Object.keys(found).length === 0 ? {} : { counterparty: found };
}
