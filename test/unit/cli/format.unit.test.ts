import {
  amountText,
  majorUnits,
  placeText,
  secondsText,
  shorten,
  widthOf,
  wrap,
} from '../../../local/cli/format.ts';
import { readDemoOptions, readStartOptions, UsageError } from '../../../local/cli/options.ts';
import { renderTable } from '../../../local/cli/table.ts';
import { money } from '../../../src/money/money.ts';

describe('An amount on the terminal', () => {
  it.each([
    { amount: money('USD', 1_150_000n), text: '11,500.00' },
    { amount: money('USD', -5n), text: '-0.05' },
    { amount: money('JPY', 1_234_567n), text: '1,234,567' },
    { amount: money('KWD', 1_234_567n), text: '1,234.567' },
    { amount: money('USD', 123_456_789_012_345_678n), text: '1,234,567,890,123,456.78' },
  ])('reads $text', ({ amount, text }) => {
    expect(majorUnits(amount)).toBe(text);
    expect(amountText(amount)).toBe(`${text} ${amount.currency}`);
  });
});

describe('Text on the terminal', () => {
  it('is cut with an ellipsis, wrapped between words and kept to what reads well', () => {
    expect(shorten('bill of lading', 7)).toBe('bill o…');
    expect(wrap('one label per intent', 9)).toEqual(['one label', 'per', 'intent']);
    expect([widthOf({}), widthOf({ columns: 300 }), widthOf({ columns: 20 })]).toEqual([
      100, 100, 60,
    ]);
    expect([
      secondsText(12_340),
      placeText({ city: 'Leipzig', country: 'DE' }),
      placeText(undefined),
    ]).toEqual(['12.3 s', 'Leipzig, DE', '']);
  });
});

describe('A table', () => {
  const rows = [
    { account: '1100 psp_receivable', debit: '10.00' },
    { account: '2000 buyer_clearing', debit: '' },
  ];

  it('lines its columns up and cuts the one that may shrink', () => {
    const lines = renderTable(
      rows,
      [
        { title: 'account', cell: ({ account }) => account, shrinks: true },
        { title: 'debit', align: 'right', cell: ({ debit }) => debit },
      ],
      { width: 24 },
    );
    expect(lines).toEqual([
      '  account          debit',
      '  ───────────────  ─────',
      '  1100 psp_recei…  10.00',
      '  2000 buyer_cle…',
    ]);
  });
});

describe('The command line', () => {
  it('is read', () => {
    expect(readStartOptions([])).toEqual({ help: false, json: false });
    expect(readStartOptions(['--json', '--port', '8080'])).toEqual({
      help: false,
      json: true,
      port: 8080,
    });
    expect(readDemoOptions(['--json'])).toEqual({ help: false, json: true });
    expect(readDemoOptions(['--scenario', 'happy'])).toMatchObject({ scenario: 'happy' });
    expect(() => readDemoOptions(['--all', '--list'])).toThrow(UsageError);
  });

  it.each([['--port', '70000'], ['--port', '-1'], ['--port'], ['--fast'], ['extra']])(
    'is refused where it is %s %s',
    (...args) => {
      expect(() => readStartOptions(args.filter((arg) => arg !== undefined))).toThrow(UsageError);
    },
  );
});
