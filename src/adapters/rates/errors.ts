/** Why a published file of rates can't be used. */
export type RatesFileErrorCode =
  | 'rates.file_too_large'
  | 'rates.doctype_refused'
  | 'rates.entity_refused'
  | 'rates.not_text'
  | 'rates.not_xml'
  | 'rates.not_json'
  | 'rates.wrong_root'
  | 'rates.wrong_sender'
  | 'rates.no_day'
  | 'rates.several_days'
  | 'rates.date_invalid'
  | 'rates.date_duplicated'
  | 'rates.line_incomplete'
  | 'rates.no_rates'
  | 'rates.rate_invalid'
  | 'rates.currency_unknown'
  | 'rates.currency_duplicated'
  | 'rates.currency_missing';

/** A file of rates was refused as a whole: half a day of rates would look like a day of rates. */
export class RatesFileError extends Error {
  override readonly name = 'RatesFileError';
  readonly code: RatesFileErrorCode;

  constructor(code: RatesFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Why the publisher's file could not be had. */
export type RatesFetchErrorCode =
  | 'rates.fetch_unreachable'
  | 'rates.fetch_timeout'
  | 'rates.fetch_status';

/** The publisher did not answer with a file. The next run of the schedule asks again. */
export class RatesFetchError extends Error {
  override readonly name = 'RatesFetchError';
  readonly code: RatesFetchErrorCode;

  constructor(code: RatesFetchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
