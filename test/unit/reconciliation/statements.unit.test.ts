import type { BankStatement } from '../../../events/bank/bank-statement.v1.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { money } from '../../../src/money/money.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import {
  digestOfNumber,
  mentionsIn,
  withOrderNumber,
} from '../../../src/reconciliation/order-numbers.ts';
import { checkStatementChain } from '../../../src/reconciliation/statement-chain.ts';
import { itemsOf } from '../../../src/reconciliation/statement-items.ts';
import { compareTotals } from '../../../src/reconciliation/totals.ts';
import { readSample } from '../bank/reading.ts';
import { breaksOf, item, matchesOf, run } from './items.ts';

const mt940 = (number: number, opening: string, closing: string, ...lines: readonly string[]) => {
  const text = [
    `:20:T${number}`,
    ':25:DE75512108001245126199',
    `:28C:${number}`,
    `:60F:C26062${number}EUR${opening}`,
    ...lines,
    `:62F:C26062${number}EUR${closing}`,
    '-',
  ].join('\n');
  return readStatements(Buffer.from(text)).statements[0] as BankStatement;
};

describe('The chain of statements', () => {
  const first = mt940(1, '0,', '5,', ':61:260621C5,NTRF');
  const second = mt940(2, '5,', '5,');

  it('holds where each opens as the one before closed, in whatever order they came', () => {
    expect(checkStatementChain([second, first, first], '2026-06-29')).toEqual([]);
  });

  it.each([
    ['opens otherwise', [first, mt940(2, '6,', '6,')], 'over', 100n],
    ['leaves one out', [first, mt940(3, '5,', '5,')], 'missing', 0n],
    [
      'comes again with another content',
      [first, mt940(1, '0,', '5,', ':61:260621C5,NCHG')],
      'duplicate',
      0n,
    ],
    ['does not add up', [mt940(1, '0,', '5,')], 'over', 500n],
  ] as const)('breaks where a statement %s', (_, statements, type, differenceMinor) => {
    expect(checkStatementChain(statements, '2026-06-29')).toMatchObject([
      { rec: 'H', type, differenceMinor, currency: 'EUR' },
    ]);
  });
});

describe('The lines of a statement', () => {
  it('have the same ids each time they come, and identical lines differ (P28)', () => {
    const lines = [':61:260621C5,NTRFNONREF', ':61:260621C5,NTRFNONREF'];
    const once = itemsOf(mt940(1, '0,', '10,', ...lines));
    expect(itemsOf(mt940(1, '0,', '10,', ...lines))).toEqual(once);
    expect(new Set(once.map(({ id }) => id)).size).toBe(2);
  });

  it('never post while they are pending', () => {
    const [statement] = readSample('camt053-two-accounts.xml').statements;
    expect(itemsOf(statement as BankStatement).map(({ amountMinor }) => amountMinor)).toEqual([
      987_930n,
      -250_000n,
      100_000n,
      -98_980n,
      0n,
    ]);
  });

  it('match what the books expect of them', () => {
    const [statement] = readSample('camt053-two-accounts.xml').statements;
    const on = '2026-06-29';
    const expectations = [
      expectationOf({
        kind: 'payout_sent',
        endToEndId: 'payout_a',
        amount: money('EUR', 150_000n),
        on,
      }),
      expectationOf({
        kind: 'payout_sent',
        endToEndId: 'payout_b',
        amount: money('EUR', 100_000n),
        on,
      }),
    ];
    const left = expectations.map((expectation) => expectation.item);
    const right = itemsOf(statement as BankStatement).filter(
      (line) => line.keys.endToEndId === 'payout_b' || line.parts,
    );
    const outcome = run('D', left, right, '2026-06-30');
    expect(matchesOf(outcome)).toEqual([
      `batch_group payout_sent:payout_a+payout_sent:payout_b = ${right[0]?.id}`,
    ]);
    expect(breaksOf(outcome)).toEqual([`returned  / ${right[1]?.id}`]);
    expect(outcome.breaks[0]?.detail).toBe('The payment payout_sent:payout_b came back: AC04.');
  });

  it('tell an order by its number among the words, if there is only one', () => {
    const orders = new Map(['order-1', 'ORDER-2'].map((one) => [digestOfNumber(one), one]));
    const keyOf = (text: string) =>
      withOrderNumber(item('l', 1n, { mentions: mentionsIn([text]) }), orders).keys.orderNumber;
    expect(keyOf('for order-1, thanks')).toBe('order-1');
    expect(keyOf('ORDER-1 and ORDER-2')).toBeUndefined();
    expect(keyOf('ORDER-11')).toBeUndefined();
  });
});

describe('What the books expect', () => {
  it.each([
    [
      { kind: 'provider_booking', booking: 'refund', sourceId: 're_1' },
      'A',
      5n,
      { sourceId: 're_1' },
    ],
    [
      { kind: 'provider_payout_announced', payoutId: 'po_1', traceId: 't' },
      'C',
      5n,
      { payoutId: 'po_1', traceId: 't' },
    ],
    [
      { kind: 'transfer_awaited', tradeId: 't1', orderNumber: 'o1' },
      'E',
      5n,
      { orderNumber: 'o1' },
    ],
    [
      { kind: 'bank_movement', movement: 'own_funds', reference: 'BK1' },
      'E',
      5n,
      { endToEndId: 'BK1', bankReference: 'BK1' },
    ],
    [
      { kind: 'bank_movement', movement: 'cover_bought', reference: 'FX1', dealId: 'FX1' },
      'G',
      5n,
      { dealId: 'FX1' },
    ],
    [
      { kind: 'bank_movement', movement: 'receipt', reference: 'lin_1' },
      'E',
      5n,
      { lineId: 'lin_1' },
    ],
  ] as const)('of %j is in rec %s', (movement, rec, amountMinor, keys) => {
    const expectation = expectationOf({ ...movement, amount: money('EUR', 5n), on: '2026-06-29' });
    expect(expectation).toMatchObject({ rec, item: { amountMinor, keys, date: '2026-06-29' } });
  });
});

describe('What clients are owed and what is kept for them', () => {
  const at = '2026-06-29T06:00:00.000Z';
  const owed = [money('EUR', 5n), money('USD', 7n), money('EUR', 1n)];
  const short = (minor: bigint) => ({ owed, kept: [money('EUR', 6n - minor), money('USD', 9n)] });

  it('is a break where less is kept, in each currency by itself; more is none', () => {
    expect(compareTotals(short(0n), [], at)).toEqual({ raise: [], clear: [] });
    expect(compareTotals(short(2n), [], at)).toMatchObject({
      raise: [
        {
          ...{ rec: 'F', breakType: 'under', since: '2026-06-29', raisedAt: at },
          difference: money('EUR', -2n),
        },
      ],
    });
    expect(compareTotals({ owed, kept: [] }, [], at).raise.map((one) => one.difference)).toEqual([
      ...[money('EUR', -6n), money('USD', -7n)],
    ]);
  });

  it('keeps its age while it lasts, says by how much it is now, and ends', () => {
    const [first] = compareTotals(short(2n), [], '2026-06-25T06:00:00.000Z').raise;
    if (first === undefined) throw new Error('Nothing was found.');
    expect(compareTotals(short(2n), [first], at)).toEqual({ raise: [], clear: [] });
    const later = compareTotals(short(3n), [first], at);
    expect(later).toMatchObject({
      raise: [{ since: '2026-06-25', difference: money('EUR', -3n) }],
      clear: [first.breakId],
    });
    expect(compareTotals(short(0n), later.raise, at)).toMatchObject({
      ...{ raise: [], clear: [later.raise[0]?.breakId] },
    });
  });
});
