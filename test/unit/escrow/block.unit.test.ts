import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { at, block, blocked, caseId } from './blocked.ts';
import {
  type CommandName,
  commandNames,
  commands,
  given,
  histories,
  stateNames,
} from './escrow-states.ts';

const { tradeId, amount } = story.tradeOpened;

const FUNDS_BLOCKED = 'escrow.funds_blocked';

const opened = stateNames.filter((state) => state !== 'not_opened');
const caughtOf = (history: readonly EscrowEvent[]) => blocked(history).at(-1);

describe('Funds that are blocked', () => {
  it('are what is held, in a trade whose goods are on their way', () => {
    given(...histories.in_fulfilment)
      .when({ ...block, evidenceSha256: 'a'.repeat(64) })
      .thenEvents({
        ...{ type: 'FundsBlocked', version: 1, tradeId, caseId },
        ...{ held: amount, clearing: money('EUR', 0n), owed: [], gone: [] },
        ...{ evidenceSha256: 'a'.repeat(64), blockedBy: 'key_1', blockedAt: at },
      });
  });

  it.each([
    { state: 'opened', held: 0n, clearing: 0n },
    { state: 'partly_paid', held: 0n, clearing: 400_000n },
    { state: 'partly_expired', held: 0n, clearing: 400_000n },
    { state: 'funded', held: 0n, clearing: 1_024_674n },
    { state: 'converted', held: 1_150_000n, clearing: 0n },
    { state: 'refunding', held: 1_150_000n, clearing: 0n },
    { state: 'refund_valued', held: 0n, clearing: 0n },
    { state: 'released', held: 0n, clearing: 0n },
    { state: 'charged_back', held: 1_150_000n, clearing: 0n },
    { state: 'chargeback_lost', held: 0n, clearing: 0n },
  ] as const)('of a trade that is $state', ({ state, held, clearing }) => {
    expect(caughtOf(histories[state])).toMatchObject({
      held: money('USD', held),
      clearing: money('EUR', clearing),
    });
  });

  it('name what is owed to the seller, and what had been paid before', () => {
    const net = story.milestoneReleased.net;
    expect(caughtOf(histories.released)).toMatchObject({
      owed: [{ milestoneId: 'delivery', amount: net }],
      gone: [],
    });
    expect(caughtOf(histories.settled)).toMatchObject({
      owed: [],
      gone: [{ milestoneId: 'delivery', amount: net }],
    });
  });

  it('are blocked once; another case is told that they are', () => {
    const history = blocked(histories.delivered);
    given(...history)
      .when(block)
      .thenNothing();
    given(...history)
      .when({ ...block, caseId: 'case_2' })
      .thenRejected('block.other_case');
    given().when(block).thenRejected('trade.not_found');
  });
});

/** What would let money go, and what is asked of it. */
const refused: readonly CommandName[] = [
  ...(['AcceptGoods', 'RequestRefund', 'RetryRefund', 'AgreeAward', 'DecideDispute'] as const),
  'RequestCancellation',
];
const others: readonly EscrowCommand[] = [
  {
    ...{ type: 'PresentDocument', milestoneId: 'delivery', documentType: 'bill_of_lading' },
    ...{ documentSha256: 'a'.repeat(64), at },
  },
  { type: 'EarmarkDuties', dutyId: 'dty_1', amount: money('USD', 100n), at },
  { type: 'RecordDutiesPaid', dutyId: 'dty_1', at },
  { ...commands.RequestResponse, response: 'accept' },
];

describe.each(opened)('While the funds of a trade that is %s are blocked', (state) => {
  const history = blocked(histories[state]);

  it.each(refused)('%s is refused', (name) => {
    given(...history)
      .when(commands[name])
      .thenRejected(FUNDS_BLOCKED);
  });

  it.each(others)('$type is refused', (command) => {
    given(...history)
      .when(command)
      .thenRejected(FUNDS_BLOCKED);
  });

  it('a refund is not valued, which it is before it is made', () => {
    given(...history)
      .when(commands.ValueRefund)
      .thenTooEarly(FUNDS_BLOCKED);
  });

  it.each([
    ...(['payment_due', 'inspection_end', 'release_date', 'shipping_due', 'hold_forced'] as const),
    ...(['dispute_escalation', 'dispute_decision'] as const),
  ])('the deadline %s waits', (deadline) => {
    const late = '2027-07-01T00:00:00.000Z';
    given(...history)
      .when({ type: 'PassDeadline', deadline, subjectId: tradeId, dueAt: late, at: late })
      .thenNothing();
  });

  it('nothing is decided by which money goes, whatever comes', () => {
    const going = [
      ...['MilestoneReleased', 'RefundValued', 'RefundRetried', 'DutiesPaid', 'DutiesEarmarked'],
      ...['DisputeClosed', 'CancellationRequested', 'HoldLimitForced', 'ShippingMissed'],
    ];
    const decided = commandNames
      // The buyer withdraws a dispute by hand; it moves no money. A lost chargeback voids one.
      .filter((name) => name !== 'WithdrawDispute' && name !== 'RecordChargebackLost')
      .map((name) => summaryOf(given(...history).when(commands[name]).decision));
    expect(decided.filter((what) => going.some((type) => what.split(' ').includes(type)))).toEqual(
      [],
    );
  });
});
