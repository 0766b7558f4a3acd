import { currencyList } from '../../../src/money/schema.ts';

describe('A list of currencies', () => {
  it.each([
    ['RUB', ['RUB']],
    ['RUB,HRK', ['RUB', 'HRK']],
    ['', []],
    [undefined, []],
  ])('in %p is %p', (text, codes) => {
    expect(currencyList.parse(text)).toEqual(codes);
  });

  it.each(['rub', 'RUB HRK', 'XAU', 'RUB,,XXX', 1, null])('is not in %p', (text) => {
    expect(currencyList.safeParse(text).success).toBe(false);
  });
});
