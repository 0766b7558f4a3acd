import type { StatementLine, StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { parseSwiftAmount, unsigned } from '../amounts.ts';
import { nearestDate, shortDate } from '../dates.ts';
import { defined, odd, unreadable } from '../reading.ts';
import { type Information, readInformation, readStarMoney } from './information.ts';
import type { Field } from './messages.ts';

/**
 * Field 61: value date, entry date, mark, funds code (the third letter of the currency), amount,
 * transaction type, customer reference, `//` bank reference, and a line of supplementary details.
 * Some banks leave the entry date blank, or pad the type, or write years in full.
 */
const FIELD_61 =
  /^(\d{6}|20\d{6})(\d{4}| {4})?(R?[CD]|E[CD])([A-Z])?\s*(\d[\d.]*(?:,\d*)?|,\d+)\s*([A-Z][A-Z0-9 ]{3})?(.*)$/s;

export type LineFields = {
  readonly field: Field;
  /** The fields 86 and NS that follow it. */
  readonly information: readonly Field[];
  readonly currency: string;
};

export type ReadLine = {
  readonly line?: StatementLine;
  readonly problems: readonly StatementProblem[];
};

/** One field 61 and what explains it, as a line. */
export function readStatementLine({ field, information, currency }: LineFields): ReadLine {
  const at = { line: field.line, path: ':61:' };
  const match = FIELD_61.exec(field.lines[0] ?? '');
  if (match === null) {
    const detail = `${JSON.stringify((field.lines[0] ?? '').slice(0, 60))} is no statement line.`;
    return { problems: [unreadable('line.not_readable', detail, at)] };
  }
  const [, valueText = '', entryText, mark = '', , amountText = '', code, references = ''] = match;
  const amount = parseSwiftAmount(amountText, currency);
  if (!amount.ok) return { problems: [unreadable(`line.${amount.fault}`, amount.detail, at)] };

  const problems: StatementProblem[] = [];
  const value = shortDate(valueText.slice(-6));
  if (value.note !== undefined) problems.push(odd('line.date_invalid', value.note, at));
  const isBlank = entryText === undefined || entryText.trim() === '';
  const entry = isBlank ? undefined : entryDate(entryText, value.date);
  if (!isBlank && entry === undefined && value.date !== undefined) {
    problems.push(odd('line.date_invalid', `${entryText} is no day of the calendar.`, at));
  }
  const supplementary = field.lines.slice(1).filter((text) => text.trim() !== '');
  const told = tell(information);
  const line: StatementLine = {
    ordinal: 1,
    at,
    bookingDate: entry ?? value.date ?? null,
    valueDate: value.date ?? null,
    amountMinor: unsigned(amount.minor),
    currency,
    ...marked(mark),
    ...defined({
      transactionCode: [code?.trim(), told.code].filter(Boolean).join('/'),
      description: [told.bookingText, ...supplementary].filter(Boolean).join('\n'),
      counterparty: told.counterparty,
      returnReason: told.returnReason,
      exchange: originalAmount(supplementary.join('')),
    }),
    references: { ...told.references, ...referencesIn(references) },
    remittance: told.remittance,
    charges: chargesIn(supplementary.join('')),
    details: [],
  };
  return { line, problems };
}

/** RC takes a credit back, so money goes out; EC and ED are expected, so nothing moved yet. */
function marked(mark: string): Pick<StatementLine, 'direction' | 'pending' | 'reversal'> {
  const reversal = mark.startsWith('R');
  const isCredit = mark.endsWith('C') !== reversal;
  return { direction: isCredit ? 'credit' : 'debit', pending: mark.startsWith('E'), reversal };
}

function entryDate(text: string | undefined, valueDate: string | undefined): string | undefined {
  return text === undefined || valueDate === undefined ? undefined : nearestDate(text, valueDate);
}

/** What the information fields say together; the first that names a thing wins. */
function tell(information: readonly Field[]): Information {
  const parts = information.map((field) =>
    field.tag === 'NS' ? readStarMoney(field.lines) : readInformation(field.lines),
  );
  const remittance = {
    structured: parts.flatMap((part) => part.remittance.structured),
    unstructured: parts.flatMap((part) => part.remittance.unstructured),
  };
  const told: Partial<Information> = {};
  const references: Information['references'] = {};
  for (const part of parts.toReversed()) {
    Object.assign(told, part);
    Object.assign(references, part.references);
  }
  return { ...told, references, remittance };
}

/** NONREF says that there is none; KREF, EREF and PREF say that field 86 has it. */
const isReference = (text: string): boolean =>
  text !== '' && !/^(?:NONREF|[KEMP]REF\+?)$/i.test(text);

function referencesIn(text: string): StatementLine['references'] {
  const separator = text.indexOf('//');
  const customer = (separator < 0 ? text : text.slice(0, separator)).trim();
  const bank = separator < 0 ? '' : text.slice(separator + 2).trim();
  return defined({
    customerReference: isReference(customer) ? customer : undefined,
    accountServicerReference: isReference(bank) ? bank : undefined,
  });
}

const MONEY = '([A-Z]{3})([\\d.]+(?:,\\d*)?)';

function originalAmount(text: string): StatementLine['exchange'] {
  const [, currency = '', amount = ''] = new RegExp(`/OCMT/${MONEY}`).exec(text) ?? [];
  const rate = /\/EXCH\/([\d.]+(?:,\d+)?)/.exec(text)?.[1]?.replace(',', '.');
  const parsed = parseSwiftAmount(amount, currency);
  if (!parsed.ok) return undefined;
  const instructed = { amountMinor: unsigned(parsed.minor), currency };
  return { sourceCurrency: currency, ...defined({ rate, instructed }) };
}

function chargesIn(text: string): StatementLine['charges'] {
  return [...text.matchAll(new RegExp(`/CHGS?T?/${MONEY}`, 'g'))].flatMap(
    ([, currency = '', amount = '']) => {
      const parsed = parseSwiftAmount(amount, currency);
      if (!parsed.ok) return [];
      const amountMinor = unsigned(parsed.minor);
      return [{ amountMinor, currency, direction: 'debit' as const, included: true }];
    },
  );
}
