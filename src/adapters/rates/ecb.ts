import type { RateDay } from '../../fx/rate-day.ts';
import type { CurrencyCode } from '../../money/currency.ts';
import { assertComplete } from './ecb-currencies.ts';
import { isElement, parseXml, type XmlElement } from './ecb-xml.ts';
import { RatesFileError } from './errors.ts';
import { readCurrency, readDate, readRate } from './rate-text.ts';

/** The published file of a day has about 2 KB. */
export const ecbFileLimitBytes = 256 * 1024;

/** The file of all days since 1999 has about 10 MB. */
export const ecbHistoryLimitBytes = 64 * 1024 * 1024;

const PUBLISHER = 'European Central Bank';

/** What is known of a file beside its text. */
export type FileRead = {
  readonly sha256: string;
  readonly fetchedAt: string;
  /** Currencies that the ECB has announced to publish no longer, and that may be missing. */
  readonly discontinued?: readonly CurrencyCode[];
};

/**
 * The ECB's daily file of euro foreign exchange reference rates (`eurofxref-daily.xml`), as a day
 * of rates under the date that stands in it. The decimal digits are kept as published.
 *
 * The file is taken whole or not at all: `RatesFileError` with a code for each way it can be wrong.
 */
export function parseEcbDaily(xml: string, read: FileRead): RateDay {
  limitSize(xml, ecbFileLimitBytes);
  const [day, ...others] = parseDays(xml, read);
  if (day === undefined || others.length > 0) {
    throw new RatesFileError('rates.several_days', `Expected one day, found ${others.length + 1}.`);
  }
  return day;
}

/**
 * Any of the ECB's XML files of reference rates: the daily one, the last 90 days, or all days since
 * 1999. The newest day comes first, whatever their order in the file. Errors as for one day.
 */
export function parseEcbDays(xml: string, read: FileRead): readonly RateDay[] {
  limitSize(xml, ecbHistoryLimitBytes);
  return parseDays(xml, read).toSorted((left, right) => (left.rateDate < right.rateDate ? 1 : -1));
}

function limitSize(xml: string, limitBytes: number): void {
  if (Buffer.byteLength(xml) <= limitBytes) return;
  throw new RatesFileError(
    'rates.file_too_large',
    `Expected at most ${limitBytes} bytes of rates.`,
  );
}

function parseDays(xml: string, read: FileRead): RateDay[] {
  const envelope = envelopeIn(parseXml(xml));
  const cubes = cubesIn(envelope)
    .flatMap(cubesIn)
    .filter((cube) => '@time' in cube);
  if (cubes.length === 0) {
    throw new RatesFileError('rates.no_day', 'Expected a Cube with a time, found none.');
  }
  const days = cubes.map((cube) => dayOf(cube, read));
  const dates = new Set<string>();
  for (const { rateDate } of days) {
    if (dates.has(rateDate)) {
      throw new RatesFileError('rates.date_duplicated', `Found ${rateDate} twice.`);
    }
    dates.add(rateDate);
  }
  return days;
}

/** The one root, of a file that names no other publisher. */
function envelopeIn(document: XmlElement): XmlElement {
  const { Envelope: envelope, ...others } = document;
  if (!isElement(envelope) || Object.keys(others).length > 0) {
    throw new RatesFileError('rates.wrong_root', 'Expected one Envelope of rates as the root.');
  }
  const sender = isElement(envelope['Sender']) ? envelope['Sender']['name'] : undefined;
  if (typeof sender === 'string' && sender.trim() !== PUBLISHER) {
    throw new RatesFileError(
      'rates.wrong_sender',
      `Expected rates of the ${PUBLISHER}, found those of ${JSON.stringify(sender.trim())}.`,
    );
  }
  return envelope;
}

function dayOf(cube: XmlElement, { sha256, fetchedAt, discontinued }: FileRead): RateDay {
  const rateDate = readDate(cube['@time']);
  const rates = ratesOf(cubesIn(cube));
  assertComplete({ rateDate, rates }, discontinued);
  return { source: 'ECB', rateDate, sha256, fetchedAt, rates };
}

function ratesOf(cubes: readonly XmlElement[]): RateDay['rates'] {
  const rates: RateDay['rates'] = {};
  for (const { '@currency': code, '@rate': rate } of cubes) {
    const currency = readCurrency(code);
    if (currency in rates) {
      throw new RatesFileError('rates.currency_duplicated', `Found ${currency} twice.`);
    }
    rates[currency] = readRate(rate, currency);
  }
  return rates;
}

/** An empty element without attributes arrives as text; it is an element that says nothing. */
function cubesIn(element: XmlElement): XmlElement[] {
  const cubes = element['Cube'];
  return Array.isArray(cubes) ? cubes.map((cube) => (isElement(cube) ? cube : {})) : [];
}
