import { formatMoney } from '../../src/money/format.ts';
import type { Money } from '../../src/money/money.ts';
import type { TimeQuality } from '../../src/tracking/time-quality.ts';
import { filled, type Html, html } from './html.ts';
import type { Locale } from './language.ts';
import { type Count, messages, type Texts } from './messages.ts';

/** How one reader is written to: texts, dates, money, countries and counts. */
export type Wording = {
  readonly locale: Locale;
  readonly texts: Texts;
  readonly date: (instant: string) => Html;
  /** When a parcel was scanned: as well as its carrier said so. */
  readonly scannedAt: (instant: string, quality: TimeQuality) => Html;
  readonly money: (amount: Money) => Html;
  readonly country: (code: string) => string;
  readonly count: (what: Count, n: number) => string;
  /** How long it is until then, in whole days; nothing on the last day or after it. */
  readonly daysLeft: (until: string) => string | undefined;
};

const DAY_MS = 86_400_000;

/**
 * The wording of a locale. Dates are of the Gregorian calendar, as trade papers are, and in UTC;
 * `daysLeft` counts from `now`.
 */
export function wordingFor(locale: Locale, now: Date): Wording {
  const { tag, language } = locale;
  const texts: Texts = messages[language];
  const dates = new Intl.DateTimeFormat(tag, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  const days = new Intl.DateTimeFormat(tag, {
    dateStyle: 'long',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  const date = (instant: string): Html =>
    html`<time datetime="${instant}">${dates.format(new Date(instant))}</time>`;
  const regions = new Intl.DisplayNames([tag], { type: 'region' });
  const numbers = new Intl.NumberFormat(tag);
  const plurals = new Intl.PluralRules(tag);
  const count = (what: Count, n: number): string => {
    const forms = texts.count[what];
    return (forms[plurals.select(n)] ?? forms.other).replace('{n}', numbers.format(n));
  };
  return {
    locale,
    texts,
    date,
    scannedAt: (instant, quality) => {
      if (quality === 'exact') return date(instant);
      const at = new Date(instant);
      // What has no zone is no instant: the page tells it as the carrier did.
      return quality === 'assumed'
        ? html`<time datetime="${instant.slice(0, 10)}">${days.format(at)}</time>`
        : html`<time datetime="${instant.slice(0, 19)}">${dates.format(at)} (${texts.label.localTime})</time>`;
    },
    money: (amount) => html`<bdi>${formatMoney(amount, tag)}</bdi>`,
    country: (code) => regions.of(code) ?? code,
    count,
    daysLeft: (until) => {
      const left = Math.floor((Date.parse(until) - now.getTime()) / DAY_MS);
      return left >= 1 ? count('daysLeft', left) : undefined;
    },
  };
}

/** A sentence with a date in it: a deadline, which says its time zone itself. */
export const dated = ({ date }: Wording, text: string, instant: string | undefined): Html =>
  filled(text, instant === undefined ? {} : { date: html`${date(instant)} UTC` });
