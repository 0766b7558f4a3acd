import type { CurrencyCode } from '../money/currency.ts';
import { addDays, isTargetDay, isWeekday } from '../platform/target-calendar.ts';

/** The days of a year (`MM-DD`) on which hardly any bank settles in whatever currency. */
const CLOSED_EVERYWHERE = ['01-01', '12-25'];
const DATE_LENGTH = 'YYYY-MM-DD'.length;

/**
 * The first day after an instant, in UTC, on which banks settle in a currency: for euros a day of TARGET,
 * for others a weekday that is neither 1 January nor 25 December. Holidays of single countries are not
 * known here; a bank moves a date to its next day.
 */
export function executionDateAfter(at: string, currency: CurrencyCode): string {
  const isOpen = currency === 'EUR' ? isTargetDay : isOrdinaryDay;
  let date = addDays(at.slice(0, DATE_LENGTH), 1);
  while (!isOpen(date)) date = addDays(date, 1);
  return date;
}

const isOrdinaryDay = (date: string): boolean =>
  isWeekday(date) && !CLOSED_EVERYWHERE.includes(date.slice('YYYY-'.length));
