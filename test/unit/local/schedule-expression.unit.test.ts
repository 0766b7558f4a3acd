import { parseSchedule } from '../../../local/runtime/schedule-expression.ts';

const at = (text: string) => Date.parse(`${text}Z`);

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-11-23T10:01:30'],
    ['rate(2 hours)', '2026-11-23T12:00:30'],
    ['rate(1 day)', '2026-11-24T10:00:30'],
    ['cron(0/15 * * * ? *)', '2026-11-23T10:15:00'],
    ['cron(0 8 ? * MON-FRI *)', '2026-11-24T08:00:00'],
    ['cron(30 9,18 * * ? *)', '2026-11-23T18:30:00'],
    ['cron(0 0 1 JAN ? *)', '2027-01-01T00:00:00'],
    ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00'],
    ['cron(0 12 ? * 1 2027)', '2027-01-03T12:00:00'],
  ])('%s ticks next at %s', (expression, expected) => {
    expect(parseSchedule(expression)?.(at('2026-11-23T10:00:30'))).toBe(at(expected));
  });

  it('ticks strictly after the moment it is asked for', () => {
    const next = parseSchedule('cron(0 10 * * ? *)');
    expect(next?.(at('2026-11-23T10:00:00'))).toBe(at('2026-11-24T10:00:00'));
  });

  it('never ticks on a day that does not come', () => {
    expect(parseSchedule('cron(0 0 30 2 ? *)')?.(at('2026-11-23T10:00:00'))).toBe(Infinity);
  });

  it.each([
    'at(2026-11-23T10:00:00)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(0 10 L * ? *)',
    'cron(0 10 * * ?)',
    'cron(61 10 * * ? *)',
    'tomorrow',
  ])('is not understood: %s', (expression) => {
    expect(parseSchedule(expression)).toBeUndefined();
  });
});
