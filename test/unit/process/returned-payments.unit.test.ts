import { money } from '../../../src/money/money.ts';
import { expectationOf, paymentNamed } from '../../../src/reconciliation/expectations.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { story } from '../../support/builders.ts';
import { item } from '../reconciliation/items.ts';
import { matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, payment, raised, statusOf } from './matching-items.ts';

describe('a payment that comes back', () => {
  it('is a break and told to settlement; what settlement books of it clears the break', async () => {
    const desk = matchingDesk();
    const back = debit('lin_2', 'A', -480n);
    await desk.lanes.addItems([
      ...[payment('A', 500n), debit('lin_1', 'A', 500n)],
      { ...back, item: { ...back.item, returned: 'AC04' } },
    ]);
    await desk.run('bank_out');
    expect(desk.outcomes.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'confirmed' },
      { kind: 'returned', code: 'AC04', returned: { amountMinor: 480n } },
    ]);
    expect(raised(desk)).toMatchObject([{ breakType: 'returned' }]);
    await desk.lanes.addItems([
      {
        ...{ lane: 'bank_out', side: 'left', rec: 'D' },
        item: item('payout_returned:A', 480n, { keys: { endToEndId: 'A' }, returned: 'AC04' }),
      },
    ]);
    await desk.run('bank_out');
    expect(breaksOf(desk)).toEqual(['BreakRaised', 'BreakCleared']);
    expect(desk.outcomes).toHaveLength(2);
  });

  it('is told once the payment is known, where the bank’s lines were read before', async () => {
    const desk = matchingDesk();
    const back = debit('lin_2', 'A', -480n);
    await desk.lanes.addItems([
      ...[debit('lin_1', 'A', 500n), { ...back, item: { ...back.item, returned: 'AC04' } }],
    ]);
    await desk.run('bank_out');
    expect(desk.outcomes).toEqual([]);
    await desk.lanes.addItems([payment('A', 500n)]);
    await desk.run('bank_out');
    expect(desk.outcomes.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'confirmed' },
      { kind: 'returned', code: 'AC04', returned: { amountMinor: 480n } },
    ]);
  });

  it('is told once the payment is known, though nobody has seen its debit', async () => {
    const desk = matchingDesk();
    const back = debit('lin_2', 'A', -480n);
    await desk.lanes.addItems([{ ...back, item: { ...back.item, returned: 'AC04' } }]);
    await desk.run('bank_out');
    await desk.lanes.addItems([payment('A', 500n)]);
    await desk.run('bank_out');
    expect(desk.outcomes.map(({ outcome: { kind } }) => kind)).toEqual(['returned']);
    await desk.lanes.addItems([debit('lin_1', 'A', 500n)]);
    await desk.run('bank_out');
    expect([...new Set(desk.outcomes.map(({ messageId }) => messageId))]).toEqual([
      'statement#returned#A',
      'statement#confirmed#A',
    ]);
  });
});

describe('a payment that comes back under its UETR alone', () => {
  const uetr = '0e1b5a3c-7d2f-4a68-9c31-5f2e8d7b6a90';
  const named = { endToEndId: 'A', uetr };
  const sent = () => {
    const { item: paid, ...one } = payment('A', 500n);
    return [{ ...one, item: { ...paid, keys: named } }, paymentNamed(named, paid.date)];
  };
  const lineOf = (id: string, minor: bigint, returned?: string) => {
    const { item: found, ...one } = debit(id, 'A', minor);
    return {
      ...one,
      item: { ...found, keys: { uetr }, ...(returned === undefined ? {} : { returned }) },
    };
  };
  const debited = lineOf('lin_1', 500n);
  const back = lineOf('lin_2', -480n, 'AC04');

  it.each([
    ['after its debit', [sent(), [debited], [back]]],
    ['with its debit', [sent(), [debited, back]]],
    ['before the payment is known', [[debited, back], sent()]],
  ])('is told with the payment’s end-to-end id, where it is read %s', async (_, steps) => {
    const desk = matchingDesk();
    for (const added of steps) {
      await desk.lanes.addItems(added);
      await desk.run('bank_out');
    }
    expect(desk.outcomes).toMatchObject([
      { endToEndId: 'A', outcome: { kind: 'confirmed' } },
      { endToEndId: 'A', outcome: { kind: 'returned', returned: { amountMinor: 480n } } },
    ]);
    const returned = { kind: 'payout_returned', endToEndId: 'A', code: 'AC04' } as const;
    const amount = money(back.item.currency, 480n);
    await desk.lanes.addItems([expectationOf({ ...returned, amount, on: '2026-06-26' })]);
    await desk.run('bank_out');
    expect(breaksOf(desk).at(-1)).toBe('BreakCleared');
    expect(statusOf(desk, 'lin_2')).toBe('matched');
  });

  it('is a person’s, where no payment of ours is known by it', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([back]);
    await desk.run('bank_out');
    expect([desk.outcomes.length, breaksOf(desk)]).toEqual([0, ['BreakRaised']]);
  });
});

describe('a payout that came back and whose line a person writes off', () => {
  it('stays what the books have of it, once that is expected', async () => {
    const desk = matchingDesk();
    const line = debit('lin_2', 'A', -480n);
    const back = { ...line, item: { ...line.item, returned: 'AC04' } };
    await desk.lanes.addItems([payment('A', 500n), debit('lin_1', 'A', 500n), back]);
    await desk.run('bank_out');
    const [found] = raised(desk);
    await desk.decide(found?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.' },
      at: desk.clock.at,
    });
    const expected = { kind: 'payout_returned', endToEndId: 'A', code: 'AC04' } as const;
    const amount = money('EUR', 480n);
    await desk.lanes.addItems([expectationOf({ ...expected, amount, on: '2026-06-26' })]);
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    expect(breaksOf(desk).slice(-2)).toEqual(['BreakReopened', 'BreakCleared']);
    const written = desk.journal().flatMap(({ legs }) => legs);
    expect(
      written.reduce((sum, leg) => (leg.account === '1200' ? sum + leg.amountMinor : sum), 0n),
    ).toBe(0n);
  });
});

describe('a refund by bank that comes back', () => {
  const refundPaid = { ...story.refundPaid, movementId: 'RF-1', amount: money('EUR', 500n) };
  const back = (id: string, minor: bigint) => {
    const line = debit(id, 'RF-1', -minor);
    return { ...line, item: { ...line.item, returned: 'AC04' } };
  };
  const balances = (desk: ReturnType<typeof matchingDesk>) =>
    ['1200', '2310', '5500'].map((code) =>
      desk
        .journal()
        .flatMap(({ legs }) => legs)
        .filter(({ account }) => account === code)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    );
  const paid = async () => {
    const desk = matchingDesk();
    await recordMovement({ store: desk.treasury, now: () => new Date(desk.clock.at) }, refundPaid, {
      ...{ marketplaceId: 'mkt_1', cause: 'api#paid' },
    });
    return desk;
  };

  it('is owed again, less nothing of what banks kept, and once', async () => {
    const desk = await paid();
    await desk.lanes.addItems([back('lin_1', 480n)]);
    await desk.run('bank_out');
    expect(desk.movements().at(-1)).toMatchObject({
      ...{ type: 'RefundReturned', reference: 'RF-1', refundId: refundPaid.refundId },
      ...{ returned: { amountMinor: 480n }, code: 'AC04', occurredAt: '2026-06-26T00:00:00Z' },
    });
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
    await desk.lanes.addItems([back('lin_2', 480n)]);
    await desk.run('bank_out');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
  });

  it('is booked once, where a person writes its line off in the same moment', async () => {
    const desk = await paid();
    await desk.lanes.addItems([back('lin_1', 480n)]);
    await desk.run('bank_out');
    const [found] = raised(desk);
    await desk.decide(found?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.' },
      at: desk.clock.at,
    });
    await desk.lanes.addWork('bank_out', ['lin_1']);
    await desk.run('bank_out');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
    expect(desk.breakEvents().at(-1)).toMatchObject({ type: 'BreakReopened', taken: ['lin_1'] });
    const expected = { kind: 'refund_returned', endToEndId: 'RF-1', code: 'AC04' } as const;
    const amount = money('EUR', 480n);
    await desk.lanes.addItems([expectationOf({ ...expected, amount, on: '2026-06-26' })]);
    await desk.run('bank_out');
    expect(breaksOf(desk).at(-1)).toBe('BreakCleared');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
  });

  it('with more than was paid, or in another currency, is a person’s', async () => {
    const desk = await paid();
    const euros = back('lin_1', 501n);
    const dollars = back('lin_2', 500n);
    await desk.lanes.addItems([
      euros,
      { ...dollars, item: { ...dollars.item, currency: 'USD' as const } },
    ]);
    await desk.run('bank_out');
    expect(desk.movements()).toHaveLength(1);
    expect(raised(desk)).toHaveLength(2);
  });
});
