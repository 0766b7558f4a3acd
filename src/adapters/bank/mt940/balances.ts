import type {
  StatementBalance,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { directionOf, parseSwiftAmount, unsigned } from '../amounts.ts';
import { shortDate } from '../dates.ts';
import { odd } from '../reading.ts';
import type { Field } from './messages.ts';

/** SWIFT's balance fields as ISO 20022 names them. */
export const balanceTypes = { '60': 'OPBD', '62': 'CLBD', '64': 'CLAV', '65': 'FWAV' } as const;

const BALANCE = /^(R?[CD])(20\d{6}(?=[A-Z])|\d{6})([A-Z]{3})?(.*)$/s;
const CURRENCIES = /^(?:R?[CD](?:20)?\d{6}|)([A-Z]{3})/;

/** The currency of the message: its balances agree on one, and MT942 tells it in its limits. */
export function currencyOf(fields: readonly Field[]): string | undefined {
  const inBalances = fields
    .filter((field) => /^6[0245][FM]?$|^34F$/.test(field.tag))
    .map((field) => CURRENCIES.exec(field.lines[0] ?? '')?.[1]);
  const inTotals = fields
    .filter((field) => /^90[CD]$/.test(field.tag))
    .map((field) => /^\d+([A-Z]{3})/.exec(field.lines[0] ?? '')?.[1]);
  return [...inBalances, ...inTotals].find((currency) => currency !== undefined);
}

/** A balance, or what is wrong with it. One without a currency is in the message's. */
export function readBalance(
  field: Field,
  currency: string | undefined,
  problems: StatementProblem[],
): readonly StatementBalance[] {
  const type = balanceTypes[field.tag.slice(0, 2) as keyof typeof balanceTypes];
  if (type === undefined) return [];
  const at = { line: field.line, path: `:${field.tag}:` };
  const text = (field.lines[0] ?? '').trim();
  const [, mark, day = '', stated, amountText = ''] = BALANCE.exec(text) ?? [];
  const used = stated ?? currency ?? '';
  const amount = parseSwiftAmount(amountText.trim(), used);
  if (mark === undefined || !amount.ok) {
    const detail = amount.ok
      ? `${JSON.stringify(text.slice(0, 40))} is no balance.`
      : amount.detail;
    problems.push(odd('balance.not_readable', detail, at));
    return [];
  }
  if (used !== currency) {
    const detail = `The balance is in ${used}, the message in ${currency}.`;
    problems.push(odd('balance.currency_differs', detail, at));
  }
  const { date, note } = shortDate(day.slice(-6));
  if (note !== undefined) problems.push(odd('balance.date_invalid', note, at));
  const minor = mark.endsWith('D') ? -amount.minor : amount.minor;
  return [
    {
      type,
      date: date ?? null,
      amountMinor: unsigned(minor),
      currency: used,
      direction: directionOf(minor),
    },
  ];
}
