import * as z from 'zod/mini';
import { genericMovements } from './generic.ts';
import { type GenericKey, genericKeys } from './generic-names.ts';
import { type CsvSource, normalizeHeader } from './source.ts';

const column = z.string().check(z.minLength(1));

/**
 * Which of a bank's columns mean what, for an export that is not recognized by itself. A file needs
 * a date, and an amount or a credit and a debit; and a currency, in a column or for all rows.
 */
export const CsvMapping = z.strictObject({
  columns: z.partialRecord(z.enum(genericKeys), column),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  account: z.optional(z.string()),
  delimiter: z.optional(z.enum([',', ';', '\t', '|'])),
  decimalMark: z.optional(z.enum(['.', ','])),
  dateOrder: z.optional(z.enum(['day_first', 'month_first'])),
});
export type CsvMapping = z.infer<typeof CsvMapping>;

/** The source that a mapping describes. */
export function mappedSource(mapping: CsvMapping): CsvSource {
  const columns = Object.fromEntries(
    Object.entries(mapping.columns).map(([key, name]) => [key, [normalizeHeader(name)]]),
  ) as Partial<Record<GenericKey, readonly string[]>>;
  const keys = Object.keys(columns) as GenericKey[];
  return {
    format: 'csv',
    columns,
    required: keys.map((key) => [key]),
    amounts: keys.filter((key) => ['amount', 'credit', 'debit', 'balance'].includes(key)),
    dates: keys.filter((key) => ['date', 'valueDate'].includes(key)),
    movements: (row) =>
      genericMovements(row, { currency: mapping.currency, account: mapping.account }),
  } as CsvSource;
}
