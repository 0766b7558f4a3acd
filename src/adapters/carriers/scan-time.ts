import { utcInstant } from './json-value.ts';

/** When a scan happened. Without a known zone the carrier's local time is read as UTC. */
export type ScanTime = { readonly occurredAt: string; readonly timeZoneKnown: boolean };

/** Carriers that know no date send the year 1 or 1970 or 1900; none had an API before this. */
const FIRST_YEAR = 1990;
const MS_PER_MINUTE = 60_000;
const LONGEST_TEXT = 60;
/** Seconds since 1970 stay below this for a thousand years to come; milliseconds are above it. */
const LARGEST_SECONDS = 40_000_000_000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Day = { readonly year: number; readonly month: number; readonly day: number };

/**
 * A time in one value: ISO 8601 with or without a zone, `2026/06/30 14:23:00`, a day alone,
 * `November 22, 2026 1:58 pm`, or a number of seconds or milliseconds since 1970. `zone` is the
 * offset that came beside it. Undefined for anything else, and for the years before carriers.
 */
export const scanTime = (value: unknown, zone?: unknown): ScanTime | undefined => {
  if (typeof value === 'number') return epoch(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim().slice(0, LONGEST_TEXT);
  const iso = utcInstant(text);
  if (iso?.timeZoneKnown === true) return plausible(iso);
  if (/^\d{10}(?:\d{3})?$/.test(text)) return epoch(Number(text));
  const parts = /^(.*?\d)(?:[T ,]+(?:at )?(\d{1,2}:\d{2}.*))?$/is.exec(text);
  return parts === null ? undefined : scanTimeOf({ date: parts[1], time: parts[2], zone });
};

/**
 * A time in parts, as UPS (`20260210`, `071356`), USPS (`January 6, 2026`, `10:45 pm`) and DHL
 * (`2026-06-10`, `13:06:00`, `+09:00`) send it.
 */
export const scanTimeOf = ({
  date,
  time,
  zone,
}: {
  readonly date: unknown;
  readonly time?: unknown;
  readonly zone?: unknown;
}): ScanTime | undefined => {
  const day = dayOf(date);
  if (day === undefined) return undefined;
  const clock = clockMs(time);
  const offset = offsetMinutes(zone);
  const local = Date.UTC(day.year, day.month - 1, day.day) + (clock ?? 0);
  const ms = local - (offset ?? 0) * MS_PER_MINUTE;
  if (new Date(local).getUTCMonth() !== day.month - 1) return undefined;
  const occurredAt = new Date(ms).toISOString();
  return plausible({ occurredAt, timeZoneKnown: offset !== undefined && clock !== undefined });
};

const plausible = (time: ScanTime): ScanTime | undefined =>
  /^\d{4}-/.test(time.occurredAt) && Number(time.occurredAt.slice(0, 4)) >= FIRST_YEAR
    ? time
    : undefined;

const epoch = (value: number): ScanTime | undefined => {
  const ms = value > LARGEST_SECONDS ? value : value * 1_000;
  return Number.isFinite(ms) && Math.abs(ms) < 8e15
    ? plausible({ occurredAt: new Date(ms).toISOString(), timeZoneKnown: true })
    : undefined;
};

const dayOf = (value: unknown): Day | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim().slice(0, LONGEST_TEXT);
  const numeric = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/.exec(trimmed);
  if (numeric !== null) return dayFrom(numeric[1], numeric[2], numeric[3]);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed);
  if (american !== null) return dayFrom(american[3], american[1], american[2]);
  const named = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(trimmed);
  return named === null ? undefined : dayFrom(named[3], monthNumber(named[1]), named[2]);
};

const monthNumber = (name = ''): string => String(MONTHS.indexOf(name.toLowerCase()) + 1);

const dayFrom = (year = '', month = '', day = ''): Day | undefined => {
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  const fits = parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= 31;
  return fits ? parts : undefined;
};

const CLOCK = /^(\d{1,2}):?(\d{2})(?::?(\d{2})(?:\.\d{1,9})?)?\s*(?:([ap])\.?m\.?)?$/i;

/** `14:23`, `142356`, `1:58 pm`; some senders write `13:58 PM`, where the half of day says nothing. */
const clockMs = (value: unknown): number | undefined => {
  const match = typeof value === 'string' ? CLOCK.exec(value.trim().slice(0, LONGEST_TEXT)) : null;
  if (match === null) return undefined;
  const [, hours = '', minutes = '', seconds = '0', half] = match;
  const hour = hourOfDay(Number(hours), half?.toLowerCase());
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
};

const hourOfDay = (hour: number, half: string | undefined): number => {
  if (half === 'p' && hour < 12) return hour + 12;
  return half === 'a' && hour === 12 ? 0 : hour;
};

/** Minutes east of UTC from `+09:00`, `-0300`, `GMT+8`, `UTC-5`, `+8` or `Z`. */
export const offsetMinutes = (value: unknown): number | undefined => {
  const text = typeof value === 'number' ? signed(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim().toUpperCase();
  if (['Z', 'UTC', 'GMT'].includes(trimmed)) return 0;
  const match = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(trimmed);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
};

const signed = (hours: number): string => (hours < 0 ? String(hours) : `+${hours}`);
