import {
  flag,
  json,
  optionalText,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../functions/_shared/environment.ts';
import { LockPolicy } from '../../../src/fx/lock-policy.ts';

const fits = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('A setting', () => {
  it.each(['0', '250', '259200', '007'])('%j is a whole number', (value) => {
    expect(wholeNumber.parse(value)).toBe(Number(value));
  });

  it.each(['', '-1', '1.5', '1e3', ' 1', '1234567890', 'NaN', undefined])(
    '%j is no whole number',
    (value) => {
      expect(fits(wholeNumber, value)).toBe(false);
    },
  );

  it('is true or false by exactly these words', () => {
    expect([flag.parse('true'), flag.parse('false')]).toEqual([true, false]);
    expect(['True', '1', '', undefined].filter((value) => fits(flag, value))).toEqual([]);
  });

  it('that is text is not empty, and may be left out only where that is said', () => {
    expect([fits(text, 'x'), fits(text, ''), fits(text, undefined)]).toEqual([true, false, false]);
    expect([fits(optionalText, undefined), fits(optionalText, '')]).toEqual([true, false]);
  });

  it('that is JSON has its defaults where it is left out', () => {
    expect(json(LockPolicy).parse(undefined)).toMatchObject({ longestLock: 'H1' });
    expect(json(LockPolicy).parse('{"longestLock":"M5"}')).toMatchObject({ longestLock: 'M5' });
    expect(fits(json(LockPolicy), '{"longest":"M5"}')).toBe(false);
    expect(() => json(LockPolicy).parse('M5')).toThrow(SyntaxError);
  });

  it('that is missing stops the function at its start, by name', () => {
    expect(() => readEnvironment({ TRADELANE_NO_SUCH_SETTING: text })).toThrow(
      'TRADELANE_NO_SUCH_SETTING',
    );
  });
});
