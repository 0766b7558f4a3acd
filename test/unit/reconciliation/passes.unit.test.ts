import { breaksOf, item, matchesOf, run } from './items.ts';

const payout = (id: string, amount: bigint, more = {}) =>
  item(id, -amount, { keys: { endToEndId: id }, ...more });

const debit = (id: string, amount: bigint, endToEndId: string, more = {}) =>
  item(id, -amount, { keys: { endToEndId }, ...more });

describe('The exact pass', () => {
  it('matches one key, currency and amount, however late', () => {
    const outcome = run(
      'D',
      [payout('p1', 500n)],
      [debit('l1', 500n, 'p1', { date: '2026-09-30' })],
    );
    expect(matchesOf(outcome)).toEqual(['exact p1 = l1']);
    expect(outcome.breaks).toEqual([]);
  });

  it('tries the keys of a rec in turn', () => {
    const uetr = '9f3c1d52-7a70-4f0e-8f0c-1f5a5b7e3c11';
    const left = [item('p1', -5n, { keys: { endToEndId: 'p1', uetr } })];
    expect(matchesOf(run('D', left, [item('l1', -5n, { keys: { uetr } })]))).toEqual([
      'exact p1 = l1',
    ]);
  });

  it('leaves two candidates to a person', () => {
    const outcome = run('D', [payout('p1', 5n)], [debit('l1', 5n, 'p1'), debit('l2', 5n, 'p1')]);
    expect(breaksOf(outcome)).toEqual(['duplicate p1 / l1+l2']);
    expect(outcome.breaks[0]?.differenceMinor).toBe(-5n);
  });

  it('takes the candidate with the right amount', () => {
    const outcome = run('D', [payout('p1', 5n)], [debit('l1', 5n, 'p1'), debit('l2', 7n, 'p1')]);
    expect(matchesOf(outcome)).toEqual(['exact p1 = l1']);
    expect(breaksOf(outcome)).toEqual(['unexpected  / l2']);
  });
});

describe('The tolerance pass', () => {
  it('posts a rounded unit to its own account', () => {
    const outcome = run('D', [payout('p1', 500n)], [debit('l1', 501n, 'p1')]);
    expect(outcome.matches).toMatchObject([
      { pass: 'tolerance', difference: { minor: -1n, reason: 'rounding', account: '5300' } },
    ]);
  });

  it('posts shared charges up to 25 major units, and only where they are shared', () => {
    const awaited = item('o1', 100_000n, { keys: { orderNumber: 'o1' } });
    const credit = (amount: bigint, sharesCharges: boolean) =>
      item('l1', amount, { keys: { orderNumber: 'o1' }, sharesCharges });
    expect(run('E', [awaited], [credit(97_500n, true)]).matches).toMatchObject([
      { pass: 'tolerance', difference: { minor: -2_500n, reason: 'charges', account: '5500' } },
    ]);
    expect(breaksOf(run('E', [awaited], [credit(97_499n, true)]))).toEqual(['under o1 / l1']);
    expect(breaksOf(run('E', [awaited], [credit(97_500n, false)]))).toEqual(['under o1 / l1']);
    expect(breaksOf(run('E', [awaited], [credit(102_500n, true)]))).toEqual(['over o1 / l1']);
  });

  it.each([
    ['JPY', 25n],
    ['KWD', 25_000n],
  ] as const)('counts 25 major units of %s as %d minor ones', (currency, limit) => {
    const awaited = item('o1', 10n ** 9n, { currency, keys: { orderNumber: 'o1' } });
    const credit = (less: bigint) =>
      item('l1', 10n ** 9n - less, { currency, keys: { orderNumber: 'o1' }, sharesCharges: true });
    expect(run('E', [awaited], [credit(limit)]).matches).toHaveLength(1);
    expect(breaksOf(run('E', [awaited], [credit(limit + 1n)]))).toEqual(['under o1 / l1']);
  });

  it('calls a payment over that took more than it should', () => {
    expect(breaksOf(run('D', [payout('p1', 500n)], [debit('l1', 600n, 'p1')]))).toEqual([
      'over p1 / l1',
    ]);
    expect(breaksOf(run('D', [payout('p1', 500n)], [debit('l1', 400n, 'p1')]))).toEqual([
      'under p1 / l1',
    ]);
  });

  it('never matches across currencies', () => {
    const outcome = run('D', [payout('p1', 5n)], [debit('l1', 5n, 'p1', { currency: 'USD' })]);
    expect(breaksOf(outcome)).toEqual(['currency p1 / l1']);
  });
});

describe('The pass by structured reference', () => {
  const reference = 'RF18539007547034';
  const order = item('o1', 500n, { keys: { orderNumber: 'o1', structuredReference: reference } });

  it.each([reference, 'rf18 5390 0754 7034'])('reads %s', (structuredReference) => {
    const outcome = run('E', [order], [item('l1', 500n, { keys: { structuredReference } })]);
    expect(matchesOf(outcome)).toEqual(['structured_reference o1 = l1']);
  });

  it('takes the Swiss QR reference', () => {
    const keys = { structuredReference: '210000000003139471430009017' };
    expect(matchesOf(run('E', [item('o1', 5n, { keys })], [item('l1', 5n, { keys })]))).toEqual([
      'structured_reference o1 = l1',
    ]);
  });

  it('does not trust one whose check digits are wrong', () => {
    const keys = { structuredReference: 'RF19539007547034' };
    const outcome = run('E', [item('o1', 5n, { keys })], [item('l1', 5n, { keys })]);
    expect(outcome.matches).toEqual([]);
    expect(breaksOf(outcome)).toEqual(['data  / l1']);
  });
});

describe('The pass by batch', () => {
  it('makes a provider’s payout of its transactions (P14)', () => {
    const parts = [100n, 76n, -25n, -3n].map((amount, index) =>
      item(`t${index}`, amount, { keys: { payoutId: 'po_1' } }),
    );
    const outcome = run('B', [item('po_1', 148n, { keys: { payoutId: 'po_1' } })], parts);
    expect(matchesOf(outcome)).toEqual(['batch_group po_1 = t0+t1+t2+t3']);
  });

  it('says by how much the transactions miss the payout (P14)', () => {
    const parts = [item('t1', 100n, { keys: { payoutId: 'po_1' } })];
    const outcome = run('B', [item('po_1', 148n, { keys: { payoutId: 'po_1' } })], parts);
    expect(outcome.breaks).toMatchObject([{ type: 'split', differenceMinor: -48n }]);
  });

  it('makes one debit of the payouts that were sent in its batch', () => {
    const batch = { keys: { endToEndId: 'x', batchId: 'b1' } };
    const left = ['p1', 'p2'].map((id) =>
      item(id, -5n, { keys: { ...batch.keys, endToEndId: id } }),
    );
    const right = [item('l1', -10n, { keys: { batchId: 'b1' } })];
    expect(matchesOf(run('D', left, right))).toEqual(['batch_group p1+p2 = l1']);
  });

  it('makes one debit of the payments that it lists', () => {
    const left = [payout('p1', 5n), payout('p2', 6n), payout('p3', 7n)];
    const right = [item('l1', -11n, { parts: ['p1', 'p2'] })];
    const outcome = run('D', left, right);
    expect(matchesOf(outcome)).toEqual(['batch_group p1+p2 = l1']);
    expect(outcome.awaited).toEqual(['p3']);
  });

  it('adds instalments of one order', () => {
    const credit = (id: string, amount: bigint) =>
      item(id, amount, { keys: { orderNumber: 'o1' } });
    const outcome = run(
      'E',
      [item('o1', 9n, { keys: { orderNumber: 'o1' } })],
      [credit('l1', 4n), credit('l2', 5n)],
    );
    expect(matchesOf(outcome)).toEqual(['batch_group o1 = l1+l2']);
  });

  it('never searches for sums', () => {
    const outcome = run('D', [payout('p1', 5n), payout('p2', 6n)], [item('l1', -11n)]);
    expect(outcome.matches).toEqual([]);
  });
});

describe('The fuzzy pass', () => {
  const named = (id: string, name: string, date = '2026-06-26') => item(id, -5n, { name, date });

  it('only suggests', () => {
    const outcome = run('D', [named('p1', 'Seller A GmbH')], [named('l1', 'SELLER A')]);
    expect(outcome.matches).toEqual([]);
    expect(outcome.suggestions).toEqual([{ left: 'p1', right: 'l1', score: 67 }]);
    expect(breaksOf(outcome)).toEqual(['unexpected  / l1']);
  });

  it('looks no further than the window, and at no other amount', () => {
    expect(run('D', [named('p1', 'A')], [named('l1', 'A', '2026-07-02')]).suggestions).toEqual([]);
    expect(run('D', [named('p1', 'A')], [item('l1', -6n, { name: 'A' })]).suggestions).toEqual([]);
  });
});

describe('What no pass took', () => {
  it('is awaited within the window, and missing after it', () => {
    const left = [payout('p1', 5n)];
    expect(run('D', left, [], '2026-07-01').awaited).toEqual(['p1']);
    expect(run('D', left, [], '2026-07-02').breaks).toMatchObject([
      { type: 'missing', ageBusinessDays: 4, ageBand: '4-7', since: '2026-06-26' },
    ]);
  });

  it('came back, and names the payment', () => {
    const returned = item('l2', 5n, { keys: { endToEndId: 'p1' }, returned: 'AC04' });
    const outcome = run('D', [payout('p1', 5n)], [debit('l1', 5n, 'p1'), returned]);
    expect(matchesOf(outcome)).toEqual(['exact p1 = l1']);
    expect(outcome.breaks).toMatchObject([
      { type: 'returned', detail: 'The payment p1 came back: AC04.' },
    ]);
  });

  it('keeps its id from day to day', () => {
    const ids = ['2026-07-02', '2026-09-01'].map(
      (asOf) => run('D', [payout('p1', 5n)], [], asOf).breaks[0]?.id,
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('is a defect where two items have one id', () => {
    expect(() => run('D', [payout('p1', 5n), payout('p1', 6n)], [])).toThrow('have the id p1');
  });
});
