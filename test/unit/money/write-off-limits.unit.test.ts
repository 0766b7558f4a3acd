import { limitMinorOf, WriteOffLimits } from '../../../src/money/write-off-limits.ts';

describe('Limits of what one person may give up', () => {
  it('are read in minor units of each currency', () => {
    const limits = WriteOffLimits.parse({ USD: '50000', JPY: '75000' });
    expect(limitMinorOf(limits, 'USD')).toBe(50_000n);
    expect(limitMinorOf(limits, 'JPY')).toBe(75_000n);
  });

  it('are zero where a currency has none: then it takes two', () => {
    expect(limitMinorOf(WriteOffLimits.parse({ USD: '50000' }), 'EUR')).toBe(0n);
  });

  it('are none where nothing is configured', () => {
    expect(WriteOffLimits.parse(undefined)).toEqual({});
  });

  it('may have eighteen digits', () => {
    expect(WriteOffLimits.parse({ USD: '9'.repeat(18) })).toEqual({ USD: 10n ** 18n - 1n });
  });

  it.each([
    ['a sign', '-1'],
    ['a decimal point', '1.5'],
    ['nothing', ''],
    ['a space before it', ' 1'],
    ['a letter behind it', '1x'],
    ['nineteen digits', '1'.repeat(19)],
  ])('are refused with %s', (_, text) => {
    expect(WriteOffLimits.safeParse({ USD: text }).success).toBe(false);
  });

  it('are refused for what is no money', () => {
    expect(WriteOffLimits.safeParse({ XAU: '1' }).success).toBe(false);
  });
});
