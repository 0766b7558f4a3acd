import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { RateDay } from '../../fx/rate-day.ts';
import { isCurrencyCode } from '../../money/currency.ts';
import { RatesFileError } from './errors.ts';

/** The published file has about 2 KB. */
export const ecbFileLimitBytes = 256 * 1024;

/**
 * The ECB's daily file of euro foreign exchange reference rates (`eurofxref-daily.xml`), as a day
 * of rates under the date that stands in it. The decimal digits are kept as published.
 *
 * The file is taken whole or not at all: `RatesFileError` with a code for each way it can be wrong.
 * Entities and document types are never expanded.
 */
export const parseEcbDaily = (
  xml: string,
  { sha256, fetchedAt }: { sha256: string; fetchedAt: string },
): RateDay => {
  const day = onlyDay(parseDocument(xml));
  const rateDate = day['@time'];
  if (typeof rateDate !== 'string' || !isCalendarDate(rateDate)) {
    throw new RatesFileError(
      'rates.date_invalid',
      `Expected a date as YYYY-MM-DD, found ${JSON.stringify(rateDate)}.`,
    );
  }
  return { source: 'ECB', rateDate, sha256, fetchedAt, rates: ratesOf(cubesIn(day)) };
};

type XmlElement = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => name === 'Cube',
});

const parseDocument = (xml: string): XmlElement => {
  if (Buffer.byteLength(xml) > ecbFileLimitBytes) {
    throw new RatesFileError(
      'rates.file_too_large',
      `Expected at most ${ecbFileLimitBytes} bytes of rates.`,
    );
  }
  if (/<!DOCTYPE/i.test(xml)) {
    throw new RatesFileError('rates.doctype_refused', 'Expected no document type declaration.');
  }
  const validity = XMLValidator.validate(xml);
  if (validity !== true) {
    const { line, msg } = validity.err;
    throw new RatesFileError('rates.not_xml', `Not well-formed XML at line ${line}: ${msg}`);
  }
  try {
    return parser.parse(xml);
  } catch (error) {
    throw new RatesFileError('rates.not_xml', 'Not XML that this parser accepts.', {
      cause: error,
    });
  }
};

const onlyDay = (document: XmlElement): XmlElement => {
  const { '?xml': _declaration, Envelope: envelope, ...others } = document;
  if (!isElement(envelope) || Object.keys(others).length > 0) {
    throw new RatesFileError('rates.wrong_root', 'Expected one Envelope of rates as the root.');
  }
  const days = cubesIn(envelope)
    .flatMap(cubesIn)
    .filter((cube) => '@time' in cube);
  const [day] = days;
  if (day === undefined) {
    throw new RatesFileError('rates.no_day', 'Expected a Cube with a time, found none.');
  }
  if (days.length > 1) {
    throw new RatesFileError('rates.several_days', `Expected one day, found ${days.length}.`);
  }
  return day;
};

const ratesOf = (cubes: readonly XmlElement[]): RateDay['rates'] => {
  const rates: RateDay['rates'] = {};
  for (const { '@currency': currency, '@rate': rate } of cubes) {
    if (!isCurrencyCode(currency) || currency === 'EUR') {
      throw new RatesFileError(
        'rates.currency_unknown',
        `Expected the ISO 4217 code of a currency other than the euro, found ${JSON.stringify(currency)}.`,
      );
    }
    if (currency in rates) {
      throw new RatesFileError('rates.currency_duplicated', `Found ${currency} twice.`);
    }
    if (!isRate(rate)) {
      throw new RatesFileError(
        'rates.rate_invalid',
        `Expected a decimal above zero for ${currency}, found ${JSON.stringify(rate)}.`,
      );
    }
    rates[currency] = rate;
  }
  if (cubes.length === 0) {
    throw new RatesFileError('rates.no_rates', 'Expected a rate for at least one currency.');
  }
  return rates;
};

/** An empty element without attributes arrives as text; it is an element that says nothing. */
const cubesIn = (element: XmlElement): XmlElement[] => {
  const cubes = element['Cube'];
  return Array.isArray(cubes) ? cubes.map((cube) => (isElement(cube) ? cube : {})) : [];
};

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null;

const isRate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?$/.test(value) &&
  /[1-9]/.test(value);

const isCalendarDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return false;
  }
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};
