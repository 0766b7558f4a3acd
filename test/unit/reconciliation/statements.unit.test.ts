import type { BankStatement } from '../../../events/bank/bank-statement.v1.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { money } from '../../../src/money/money.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import { checkStatementChain } from '../../../src/reconciliation/statement-chain.ts';
import { itemsOf, withOrderNumber } from '../../../src/reconciliation/statement-items.ts';
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
        payoutId: 'payout_a',
        amount: money('EUR', 150_000n),
        on,
      }),
      expectationOf({
        kind: 'payout_sent',
        payoutId: 'payout_b',
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
    const orders = new Set(['ORDER-1', 'ORDER-2']);
    const keyOf = (text: string) => withOrderNumber(item('l', 1n), [text], orders).keys.orderNumber;
    expect(keyOf('for order-1, thanks')).toBe('ORDER-1');
    expect(keyOf('ORDER-1 and ORDER-2')).toBeUndefined();
    expect(keyOf('ORDER-11')).toBeUndefined();
  });
});

describe('What the books expect', () => {
  it.each([
    [{ kind: 'refund_sent', refundId: 're_1', chargeId: 'ch_1' }, 'A', -5n, { sourceId: 're_1' }],
    [
      { kind: 'provider_payout_announced', payoutId: 'po_1', traceId: 't' },
      'C',
      5n,
      { payoutId: 'po_1', traceId: 't' },
    ],
    [{ kind: 'transfer_awaited', orderNumber: 'o1' }, 'E', 5n, { orderNumber: 'o1' }],
  ] as const)('of %j is in rec %s', (movement, rec, amountMinor, keys) => {
    const expectation = expectationOf({ ...movement, amount: money('EUR', 5n), on: '2026-06-29' });
    expect(expectation).toMatchObject({ rec, item: { amountMinor, keys, date: '2026-06-29' } });
  });
});

describe('What clients are owed and what is kept for them', () => {
  it('agrees in each currency, or says by how much not', () => {
    const owed = [money('EUR', 5n), money('USD', 7n), money('EUR', 1n)];
    expect(compareTotals(owed, [money('EUR', 6n), money('USD', 7n)], '2026-06-29')).toEqual([]);
    const breaks = compareTotals(
      owed,
      [money('EUR', 4n), money('JPY', 1n), money('USD', 7n)],
      '2026-06-29',
    );
    expect(breaks.map((found) => [found.type, found.currency, found.differenceMinor])).toEqual([
      ['under', 'EUR', -2n],
      ['over', 'JPY', 1n],
    ]);
  });
});
