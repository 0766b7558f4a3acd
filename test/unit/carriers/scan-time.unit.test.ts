import { offsetMinutes, scanTime, scanTimeOf } from '../../../src/adapters/carriers/scan-time.ts';

const known = (occurredAt: string) => ({ occurredAt, timeZoneKnown: true });
const local = (occurredAt: string) => ({ occurredAt, timeZoneKnown: false });

describe('A time in one value', () => {
  it.each([
    ['2026-06-28T08:40:00-03:00', known('2026-06-28T11:40:00.000Z')],
    ['2026-06-28T08:40:00Z', known('2026-06-28T08:40:00.000Z')],
    ['2026-06-28T08:40:00', local('2026-06-28T08:40:00.000Z')],
    ['2026-06-28 08:40:00.1234567', local('2026-06-28T08:40:00.000Z')],
    ['2026/06/28 08:40', local('2026-06-28T08:40:00.000Z')],
    ['2026-06-28', local('2026-06-28T00:00:00.000Z')],
    ['June 28, 2026 1:05 pm', local('2026-06-28T13:05:00.000Z')],
    ['June 28, 2026', local('2026-06-28T00:00:00.000Z')],
    [1_795_400_000, known('2026-11-23T02:13:20.000Z')],
    [1_795_400_000_000, known('2026-11-23T02:13:20.000Z')],
    ['1795400000000', known('2026-11-23T02:13:20.000Z')],
  ])('%s', (value, time) => {
    expect(scanTime(value)).toMatchObject({ timeZoneKnown: time.timeZoneKnown });
    expect(scanTime(value)?.occurredAt.slice(0, 19)).toBe(time.occurredAt.slice(0, 19));
  });

  it.each([
    '',
    'string',
    '0001-01-01T00:00:00',
    '1970-01-01T00:00:00Z',
    '2026-13-01',
    '2026-02-30',
    Number.NaN,
    1e300,
    null,
    {},
  ])('%j is none', (value) => expect(scanTime(value)).toBeUndefined());

  it('takes the zone beside it only where it has none', () => {
    expect(scanTime('2026-11-19 10:00:00', 'GMT+8')).toEqual(known('2026-11-19T02:00:00.000Z'));
    expect(scanTime('2026-11-19T10:00:00Z', 'GMT+8')).toEqual(known('2026-11-19T10:00:00.000Z'));
  });
});

describe('A time in parts', () => {
  it.each([
    [{ date: '20260210', time: '071356' }, local('2026-02-10T07:13:56.000Z')],
    [{ date: '2026-06-10', time: '13:06:00', zone: '+09:00' }, known('2026-06-10T04:06:00.000Z')],
    [{ date: 'January 6, 2026', time: '10:45 pm' }, local('2026-01-06T22:45:00.000Z')],
    [{ date: '2024-11-22', time: '13:58 PM' }, local('2024-11-22T13:58:00.000Z')],
    [{ date: '2024-11-22', time: '12:05 AM' }, local('2024-11-22T00:05:00.000Z')],
    [{ date: '2024-11-22', zone: '+01:00' }, local('2024-11-21T23:00:00.000Z')],
  ])('%j', (parts, time) => {
    expect(scanTimeOf(parts)).toEqual(time);
  });

  it('is none without a day', () => {
    expect(scanTimeOf({ date: 'string', time: '10:00' })).toBeUndefined();
  });
});

it.each([
  ['+09:00', 540],
  ['-0330', -210],
  ['GMT+8', 480],
  ['UTC-5', -300],
  ['-5', -300],
  [8, 480],
  ['Z', 0],
  ['null,', undefined],
  ['+15:00', undefined],
  [undefined, undefined],
])('the offset %j is %j minutes', (value, minutes) => {
  expect(offsetMinutes(value)).toBe(minutes);
});
