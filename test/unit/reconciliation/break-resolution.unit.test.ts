import { money } from '../../../src/money/money.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { given, proposed, raised, step } from './break-builders.ts';

describe('A write-off', () => {
  it('within the limit is one person’s', () => {
    const outcome = given(raised(-5_000n)).when({
      type: 'WriteOff',
      limitMinor: 5_000n,
      ...step('ann'),
    });
    expect(outcome).toMatchObject({
      events: [{ type: 'BreakWrittenOff', amount: money('EUR', -5_000n), approvedBy: null }],
    });
  });

  it('above the limit waits for a second person', () => {
    const outcome = given(raised(-5_000n)).when({
      type: 'WriteOff',
      limitMinor: 4_999n,
      ...step('ann'),
    });
    expect(outcome).toMatchObject({ events: [{ type: 'WriteOffProposed', by: 'ann' }] });
  });

  it('is never approved by whoever proposed it', () => {
    const approval = { type: 'ApproveWriteOff', ...step('ann') } as const;
    expect(given(raised(-5_000n), proposed).when(approval)).toMatchObject({
      code: 'break.same_person',
    });
  });

  it('names both people, each with a reason', () => {
    const outcome = given(raised(-5_000n), proposed).when({
      type: 'ApproveWriteOff',
      ...step('bob', 'Agreed.'),
    });
    expect(outcome).toMatchObject({
      events: [
        {
          ...{ type: 'BreakWrittenOff', by: 'ann', reason: step('ann').reason },
          ...{ approvedBy: 'bob', approvalReason: 'Agreed.' },
        },
      ],
    });
  });

  it('that is declined opens the break again', () => {
    const declined = {
      type: 'WriteOffDeclined',
      version: 1,
      breakId: 'brk_1',
      ...step('bob'),
    } as const;
    const again = { type: 'WriteOff', limitMinor: 0n, ...step('bob') } as const;
    expect(
      given(raised(-5_000n), proposed).when({ type: 'DeclineWriteOff', ...step('bob') }),
    ).toMatchObject({
      events: [{ type: 'WriteOffDeclined' }],
    });
    expect(given(raised(-5_000n), proposed).when(again)).toMatchObject({
      code: 'break.write_off_proposed',
    });
    expect(given(raised(-5_000n), proposed, declined).when(again)).toMatchObject({
      kind: 'decided',
    });
  });

  it('needs a difference', () => {
    expect(
      given(raised(0n)).when({ type: 'WriteOff', limitMinor: 0n, ...step('ann') }),
    ).toMatchObject({
      code: 'break.nothing_to_write_off',
    });
  });
});

describe('A match by hand', () => {
  const match = (more: object) =>
    ({
      type: 'MatchByHand',
      left: ['ord_1'],
      right: ['lin_1', 'lin_2'],
      leftTotal: money('EUR', 5n),
      rightTotal: money('EUR', 5n),
      ...step('ann'),
      ...more,
    }) as BreakCommand;

  it.each([
    [
      'of equal amounts resolves it',
      {},
      { events: [{ type: 'BreakMatched', amount: money('EUR', 5n) }] },
    ],
    [
      'of other amounts is refused',
      { rightTotal: money('EUR', 6n) },
      { code: 'break.amounts_differ' },
    ],
    [
      'across currencies is refused',
      { rightTotal: money('USD', 5n) },
      { code: 'break.currency_mismatch' },
    ],
    [
      'without the break’s own items is refused',
      { right: ['lin_2'] },
      { code: 'break.items_missing' },
    ],
    ['with one side is refused', { left: [] }, { code: 'break.items_missing' }],
  ])('%s', (_, more, expected) => {
    expect(given(raised(-5n)).when(match(more))).toMatchObject(expected);
  });
});

describe('Sending back', () => {
  it('is for money that came and is too much', () => {
    const command = { type: 'SendBack', ...step('ann') } as const;
    expect(given(raised(5n)).when(command)).toMatchObject({
      events: [{ type: 'BreakSentBack', amount: money('EUR', 5n) }],
    });
    expect(given(raised(-5n)).when(command)).toMatchObject({ code: 'break.nothing_to_send_back' });
  });
});
