/** Tells when a schedule ticks next after a moment, both in epoch milliseconds. */
export type NextTick = (afterMs: number) => number;

const unitMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

const parseRate = (text: string): NextTick | undefined => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  const intervalMs = Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
  return intervalMs > 0 ? (afterMs) => afterMs + intervalMs : undefined;
};

type Field = (value: number) => boolean;
type FieldShape = { readonly from: number; readonly to: number; readonly names?: string };

const monthNames = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC';
const dayNames = 'SUN MON TUE WED THU FRI SAT';

/** Minutes, hours, day of month, month, day of week (Sunday is 1) and year. */
const shapes: readonly FieldShape[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: monthNames },
  { from: 1, to: 7, names: dayNames },
  { from: 1970, to: 2199 },
];

const numberOf = (text: string, { from, names = '' }: FieldShape): number => {
  const index = names.split(' ').indexOf(text.toUpperCase());
  return index === -1 || text === '' ? Number(text) : from + index;
};

/** One member of a comma-separated field: `5`, `MON-FRI`, `*`, `0/15`. */
const parseMember = (text: string, shape: FieldShape): Field | undefined => {
  const [range = '', step = '1'] = text.split('/');
  const isAny = range === '*' || range === '?';
  const [first = '', last] = range.split('-');
  const from = isAny ? shape.from : numberOf(first, shape);
  const openEnd = isAny || text.includes('/') ? shape.to : from;
  const to = last === undefined ? openEnd : numberOf(last, shape);
  const stride = Number(step);
  const isValid = from >= shape.from && to <= shape.to && from <= to && stride >= 1;
  if (!isValid) return undefined;
  return (value) => value >= from && value <= to && (value - from) % stride === 0;
};

const parseField = (text: string, shape: FieldShape): Field | undefined => {
  const members = text.split(',').map((member) => parseMember(member, shape));
  return members.includes(undefined)
    ? undefined
    : (value) => members.some((member) => member?.(value));
};

/** A cron expression can name a day that never comes; beyond this it is not looked for. */
const horizonDays = 366 * 8;

const parseCron = (text: string): NextTick | undefined => {
  const texts = /^cron\((.*)\)$/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const fields = shapes.map((shape, index) => parseField(texts[index] ?? '', shape));
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (texts.length !== shapes.length || !minute || !hour) return undefined;
  if (!dayOfMonth || !month || !dayOfWeek || !year) return undefined;

  const isDay = (day: Date) =>
    year(day.getUTCFullYear()) &&
    month(day.getUTCMonth() + 1) &&
    dayOfMonth(day.getUTCDate()) &&
    dayOfWeek(day.getUTCDay() + 1);
  const minutesOfDay = Array.from({ length: 24 * 60 }, (_, index) => index).filter(
    (index) => hour(Math.floor(index / 60)) && minute(index % 60),
  );

  return (afterMs) => {
    const dayMs = Math.floor(afterMs / 86_400_000) * 86_400_000;
    for (let index = 0; index < horizonDays; index += 1) {
      const startMs = dayMs + index * 86_400_000;
      if (!isDay(new Date(startMs))) continue;
      const found = minutesOfDay.find((minutes) => startMs + minutes * 60_000 > afterMs);
      if (found !== undefined) return startMs + found * 60_000;
    }
    return Number.POSITIVE_INFINITY;
  };
};

/**
 * Reads a schedule as EventBridge writes it, in UTC: `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`.
 * Undefined for what it does not know: `at(…)`, and the marks `L`, `W` and `#`.
 */
export const parseSchedule = (expression: string): NextTick | undefined =>
  parseRate(expression) ?? parseCron(expression);
