const MONTH_LENGTH = 'YYYY-MM'.length;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
const PERIOD = /^20\d{2}-(0[1-9]|1[0-2])$/;

/** The period that a day or an instant is in. */
export const periodOf = (day: string): string => day.slice(0, MONTH_LENGTH);

export const isPeriod = (text: string): boolean => PERIOD.test(text);

/** The period so many months later; earlier, if negative. */
export const addMonths = (period: string, months: number): string => {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, MONTH_LENGTH);
};

/** The first day of a period: `YYYY-MM-DD`. */
export const firstDayOf = (period: string): string => `${period}-01`;

/** The last day of a period: `YYYY-MM-DD`. */
export const lastDayOf = (period: string): string => {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, DATE_LENGTH);
};

/** When a period is over: the first instant of the next. */
export const endOf = (period: string): Date => new Date(`${addMonths(period, 1)}-01T00:00:00Z`);
