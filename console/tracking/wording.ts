import { formatMoney } from '../../src/money/format.ts';
import type { Money } from '../../src/money/money.ts';
import { filled, type Html, html } from './html.ts';
import type { Locale } from './language.ts';
import { type Count, messages, type Texts } from './messages.ts';

/** How one reader is written to: texts, dates, money, countries and counts. */
export type Wording = {
  readonly locale: Locale;
  readonly texts: Texts;
  readonly date: (instant: string) => Html;
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
    date: (instant) => html`<time datetime="${instant}">${dates.format(new Date(instant))}</time>`,
    money: (amount) => html`<bdi>${formatMoney(amount, tag)}</bdi>`,
    country: (code) => regions.of(code) ?? code,
    count,
    daysLeft: (until) => {
      const days = Math.floor((Date.parse(until) - now.getTime()) / DAY_MS);
      return days >= 1 ? count('daysLeft', days) : undefined;
    },
  };
}

/** A sentence with a date in it: a deadline, which says its time zone itself. */
export const dated = ({ date }: Wording, text: string, instant: string | undefined): Html =>
  filled(text, instant === undefined ? {} : { date: html`${date(instant)} UTC` });
