import * as fc from 'fast-check';
import type { Item } from '../../../console/finance/app/answers.ts';
import type { Link, TradeChain } from '../../../console/finance/app/answers-chain.ts';
import { itemsOf } from '../../../console/finance/app/chain-items.ts';
import { placeOf } from '../../../console/finance/app/find-place.ts';
import { actionOf, goKeys } from '../../../console/finance/app/keys.ts';
import { stateOf } from '../../../console/finance/app/line-state.ts';
import {
  accountsFor,
  choiceOf,
  daysApart,
  gapWith,
  hasText,
  sumsOf,
} from '../../../console/finance/app/match-sums.ts';
import { kindNames, movementFrom } from '../../../console/finance/app/movement-fields.ts';
import { RecordMovement } from '../../../events/ledger/record-movement.v1.ts';

const item = (id: string, side: Item['side'], minor: string, more: Partial<Item> = {}): Item => ({
  ...{ id, side, status: 'open', date: '2026-06-26' },
  ...{ amount: { currency: 'EUR', amountMinor: minor }, references: {}, ...more },
});

describe('An id that is searched for', () => {
  it.each([
    ['trd_0123', '#/trades/trd_0123'],
    [' lin_9z ', '#/bank-lines/lin_9z'],
    ['brk_1', '#/breaks/brk_1'],
    ['stm_1', '#/statements/stm_1'],
    ['batch_20260709_krw_000000000000_1', '#/payouts/batch_20260709_krw_000000000000_1'],
    ['bank_hanbit', '#/debts/bank_hanbit'],
    ['acct_1', '#/debts/acct_1'],
    ['2026-07', '#/periods/2026-07'],
  ])('%p opens %s', (text, place) => {
    expect(placeOf(text)).toBe(place);
  });

  it.each(['', 'invoice 99', 'trd_1/../x', '2026'])('%p opens nothing', (text) => {
    expect(placeOf(text)).toBeUndefined();
  });
});

describe('A movement from the form', () => {
  const written: Readonly<Record<string, string>> = {
    ...{ movementId: ' mv-1 ', occurredAt: '2026-08-25T09:00', direction: 'sweep' },
    ...{ amount: '99.04', 'amount.currency': 'eur', sold: '10', 'sold.currency': 'USD' },
    ...{ bought: '9', 'bought.currency': 'EUR', carried: '10', 'carried.currency': 'USD' },
    ...{ tradeId: 'trd_00000000000000000000000000', refundId: 'rfd_1' },
  };

  it.each(kindNames)('of the kind %s is what the API takes', (kind) => {
    const movement = movementFrom(kind, (name) => written[name] ?? '');
    if (!('body' in movement)) throw new Error('An amount was not read.');
    expect(RecordMovement.safeParse(movement.body).error).toBeUndefined();
  });

  it('is not sent with an amount that its currency does not have', () => {
    const text = (name: string) => (name === 'amount' ? '1.005' : (written[name] ?? ''));
    expect(movementFrom('own_funds_moved', text)).toEqual({
      unread: [{ name: 'amount', why: 'decimals' }],
    });
  });
});

describe('A match by hand', () => {
  const items = [
    item('a', 'left', '-300'),
    item('b', 'left', '-200'),
    item('c', 'right', '-500', { references: { endToEndId: 'TLX9' } }),
  ];

  it('has what the break holds chosen for good, and what may go with it after that', () => {
    const [a, , c] = items as [Item, Item, Item];
    const other = { ...item('d', 'right', '-300'), score: 85, why: ['same_amount'] };
    const choice = choiceOf({ kind: 'under', items: [a, c] }, [other]);
    expect(choice.items.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    expect([...choice.chosen]).toEqual(['a', 'c']);
    expect(choice.fixed).toEqual(choice.chosen);
  });

  it('chooses none of several that may be meant, each of which stands there once', () => {
    const payment = item('p', 'left', '-300');
    const twice = ['x', 'y'].map((id) => ({ ...item(id, 'right', '-300'), score: 95 }));
    const other = { ...item('z', 'right', '-300'), score: 40 };
    const own = [payment, ...twice.map(({ score: _, ...one }) => one)];
    const choice = choiceOf({ kind: 'duplicate', items: own }, [...twice, other]);
    expect(choice.items.map(({ id, score = 0 }) => [id, score])).toEqual([
      ...[
        ['p', 0],
        ['x', 95],
        ['y', 95],
        ['z', 40],
      ],
    ]);
    expect([[...choice.chosen], [...choice.fixed]]).toEqual([['p'], []]);
  });

  it('posts a difference with the provider to its fees, and one with the bank elsewhere', () => {
    expect(['A', 'D', 'G', 'F'].map((rec) => accountsFor(rec).join(' '))).toEqual([
      ...['5000', '5500 5200 5300', '5500 5200 5300', ''],
    ]);
  });

  it('adds up each side, and says what one more item would leave', () => {
    const chosen = new Set(['a', 'c']);
    const sums = sumsOf(items, chosen);
    expect(sums).toEqual({ left: -300n, right: -500n });
    const [a, b] = items as [Item, Item, Item];
    expect(gapWith(b, chosen, sums)).toBe(0n);
    expect(gapWith(a, chosen, sums)).toBe(-200n);
  });

  it('leaves the same whichever of two items is chosen first', () => {
    const minors = fc.array(fc.bigInt().map(String), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(minors, fc.constantFrom('left', 'right'), (amounts, side) => {
        const all = amounts.map((minor, index) => item(`i${index}`, side, minor));
        const [first, ...rest] = all as [Item, ...Item[]];
        const chosen = new Set(rest.map(({ id }) => id));
        const before = gapWith(first, chosen, sumsOf(all, chosen));
        const { left, right } = sumsOf(all, new Set([...chosen, first.id]));
        expect(before).toBe(right - left);
      }),
    );
  });

  it('finds an item by any of its texts', () => {
    const [, , c] = items as [Item, Item, Item];
    expect(['tlx', 'C', '06-26', ' -500 '].map((text) => hasText(c, text))).toEqual(
      Array(4).fill(true),
    );
    expect(hasText(c, 'payout')).toBe(false);
  });

  it('counts the days between the break and an item', () => {
    expect(daysApart('2026-10-24', '2026-10-27')).toBe('+3');
    expect(daysApart('2026-03-01', '2026-02-28')).toBe('-1');
    expect(daysApart('2026-03-01', '2026-03-01')).toBe('0');
  });
});

describe('A line of a statement', () => {
  it.each([
    [null, 'announced'],
    [{ lane: 'bank_in', status: 'open' }, 'open'],
    [{ lane: 'bank_in', status: 'open', breakId: 'brk_1' }, 'in_break'],
    [{ lane: 'bank_in', status: 'matched' }, 'matched'],
    [{ lane: 'bank_in', status: 'closed', breakId: 'brk_1' }, 'matched'],
  ] as const)('that is %j is %s', (matching, state) => {
    expect(stateOf({ matching })).toBe(state);
  });
});

describe('A chain as a table', () => {
  it('has what was expected, each followed by what it was matched with', () => {
    const line = item('lin_1', 'right', '-5');
    const link = (id: string): Link => ({ ...item(id, 'left', '-5'), matchedWith: [line] });
    const eur = { currency: 'EUR', amountMinor: '5' };
    const payout = { payoutId: 'p', attempt: 1, rail: 'bank_file', amount: eur, settled: true };
    const chain: TradeChain = {
      ...{ tradeId: 'trd_1', order: { amount: eur, payIn: eur }, charge: null, hold: null },
      ...{ releases: [], refunds: [] },
      payouts: [{ ...payout, bank: link('payout_sent:1'), returned: null }],
    };
    expect(itemsOf(chain).map(({ step, item: { id } }) => [step, id])).toEqual([
      ['payout', 'payout_sent:1'],
      ['payout', 'lin_1'],
    ]);
  });
});

describe('A shortcut', () => {
  it('opens a screen after g, and does nothing else then', () => {
    expect(actionOf('g', false)).toEqual({ kind: 'wait' });
    expect(actionOf('b', true)).toEqual({ kind: 'go', screen: 'breaks' });
    expect(actionOf('j', true)).toEqual({ kind: 'none' });
    expect(actionOf('b', false)).toEqual({ kind: 'none' });
    expect(actionOf('constructor', false)).toEqual({ kind: 'none' });
  });

  it('is a letter of its own for each screen', () => {
    const letters = Object.values(goKeys);
    expect(new Set(letters).size).toBe(letters.length);
  });
});
