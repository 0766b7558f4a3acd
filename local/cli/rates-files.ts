import { createHash } from 'node:crypto';
import { isJsonObjectText, parseCurrencyApi } from '../../src/adapters/rates/currency-api.ts';
import { type FileRead, parseEcbDays } from '../../src/adapters/rates/ecb.ts';
import { isEcbHistoryCsv, parseEcbHistoryCsv } from '../../src/adapters/rates/ecb-history-csv.ts';
import { decodeRatesFile } from '../../src/adapters/rates/fetch-rates-file.ts';
import {
  type DayProblem,
  problemOfDate,
  problemOfDay,
  problemOfIndicative,
} from '../../src/fx/judge-day.ts';
import type { RateDay } from '../../src/fx/rate-day.ts';
import type { CurrencyCode } from '../../src/money/currency.ts';
import { currencyList } from '../../src/money/schema.ts';

/** A file, an amount or a currency was refused, for a reason with a code. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type RatesFile = { readonly path: string; readonly bytes: Uint8Array };

export type ReadOptions = {
  readonly newerThan: string | undefined;
  readonly discontinued: string;
  /** No day of rates may be ahead of it. */
  readonly now: Date;
};

/** The newest day so far of each publisher. */
type Latest = { [Source in RateDay['source']]?: RateDay };

/**
 * The days of the last file, the newest first, after every file was judged by those before as the
 * scheduled function judges what it fetches: the ECB's by its own day before with the second source
 * as the witness, the second source's by the ECB's.
 *
 * @throws RefusedError or RatesFileError for the first file that is refused.
 */
export function readDays(files: readonly RatesFile[], options: ReadOptions): readonly RateDay[] {
  const { newerThan, now } = options;
  const discontinued = readCurrencies(options.discontinued);
  const latest: Latest = {};
  let days: readonly RateDay[] = [];
  for (const { bytes } of files) {
    days = parse(bytes, { discontinued, now });
    const [day] = days;
    if (day === undefined) throw new RefusedError('rates.no_day', 'The file has no day of rates.');
    const knownDate = latest[day.source]?.rateDate ?? newerThan;
    refuse(knownDate === undefined ? undefined : problemOfDate(day, knownDate));
    refuse(
      day.source === 'INDICATIVE'
        ? problemOfIndicative(day, { reference: latest.ECB, now })
        : problemOfDay(day, {
            ...{ previous: latest.ECB, witness: latest.INDICATIVE },
            ...{ discontinued, now },
          }),
    );
    latest[day.source] = day;
  }
  return days;
}

function parse(
  bytes: Uint8Array,
  { discontinued, now }: { readonly discontinued: readonly CurrencyCode[]; readonly now: Date },
): readonly RateDay[] {
  const text = decodeRatesFile(bytes);
  const read: FileRead = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    fetchedAt: now.toISOString(),
    discontinued,
  };
  if (isEcbHistoryCsv(text)) return parseEcbHistoryCsv(text, read);
  return isJsonObjectText(text) ? [parseCurrencyApi(text, read)] : parseEcbDays(text, read);
}

function readCurrencies(text: string): readonly CurrencyCode[] {
  const result = currencyList.safeParse(text);
  if (result.success) return result.data;
  throw new RefusedError('money.currency_unknown', `Not currencies: ${text}.`);
}

function refuse(problem: DayProblem | undefined): void {
  if (problem !== undefined) throw new RefusedError(problem.code, problem.message);
}

/** A day as the command prints it: units of each currency for one euro, as published. */
export function dayReport(
  { source, rateDate, sha256, rates }: RateDay,
  days: readonly RateDay[],
): object {
  const [first, last] = [days.at(-1)?.rateDate, days[0]?.rateDate];
  return {
    ...{ source, rateDate, sha256, base: 'EUR' },
    ...(days.length === 1 ? {} : { days: days.length, firstDate: first, lastDate: last }),
    rates,
  };
}
