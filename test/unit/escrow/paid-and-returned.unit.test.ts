import * as fc from 'fast-check';
import type { MilestonePaymentReturned } from '../../../events/escrow/milestone-payment-returned.v1.ts';
import type { CommandOf, EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { type EscrowState, initialEscrow } from '../../../src/escrow/state.ts';
import { later, story } from '../../support/builders.ts';
import { given } from './escrow-states.ts';
import { bulkEndsAt, releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

const released = [
  ...shippedWith(sampleAndBulk),
  story.deliveryConfirmed,
  releaseOf('sample'),
  releaseOf('bulk'),
];
const settledAt = later(bulkEndsAt, 60);
const paid = (milestoneId: string) =>
  ({ ...story.milestonePaid, milestoneId, payoutId: `payout_${milestoneId}` }) as const;
const recordPaid = (milestoneId: string) =>
  ({
    type: 'RecordMilestonePaid',
    milestoneId,
    payoutId: `payout_${milestoneId}`,
    at: settledAt,
  }) as const;
const returned = (milestoneId: string, attempt = 1): MilestonePaymentReturned => ({
  ...{ type: 'MilestonePaymentReturned', version: 1, milestoneId },
  ...{ payoutId: `payout_${milestoneId}`, attempt, code: 'AC04' },
});
const recordReturned = (
  milestoneId: string,
  attempt = 1,
): CommandOf<'RecordMilestoneReturned'> => ({
  ...{ type: 'RecordMilestoneReturned', milestoneId, payoutId: `payout_${milestoneId}` },
  ...{ attempt, code: 'AC04' },
});
const settled = { type: 'TradeSettled', version: 1, settledAt } as const;
const paidAll = [...released, paid('sample'), paid('bulk'), settled];

describe('A trade whose seller was paid and whose bank gave it back', () => {
  it('is not settled any more when a payment comes back, and is again once it is paid anew', () => {
    given(...paidAll)
      .when(recordReturned('bulk'))
      .thenEvents(returned('bulk'));
    expect([...paidAll, returned('bulk')].reduce(evolveEscrow, initialEscrow)).toMatchObject({
      ...{ status: 'released', settled: false, paidMilestoneIds: ['sample'] },
    });
    given(...paidAll, returned('bulk'))
      .when({ ...recordPaid('bulk'), attempt: 2 })
      .thenEvents({ ...paid('bulk'), attempt: 2 }, settled);
  });

  it('hears of a return once, and of none that is over', () => {
    given(...paidAll, returned('bulk'))
      .when(recordReturned('bulk'))
      .thenNothing();
    given(...paidAll, returned('bulk'), { ...paid('bulk'), attempt: 2 }, settled)
      .when(recordReturned('bulk'))
      .thenNothing();
    given(...paidAll, returned('bulk'))
      .when(recordPaid('bulk'))
      .thenNothing();
  });

  it('takes a payment that overtook the return of the one before it', () => {
    given(...paidAll)
      .when({ ...recordPaid('bulk'), attempt: 2 })
      .thenEvents({ ...paid('bulk'), attempt: 2 });
    given(...paidAll, { ...paid('bulk'), attempt: 2 })
      .when(recordReturned('bulk'))
      .thenNothing();
  });

  it('lets a return wait for its payment', () => {
    given(...released)
      .when(recordReturned('bulk'))
      .thenTooEarly('escrow.not_paid');
    given(...paidAll)
      .when(recordReturned('bulk', 2))
      .thenTooEarly('escrow.not_paid');
  });

  it('ends the same in any order of payments and returns, however often they are told', () => {
    const told: readonly EscrowCommand[] = [
      ...[recordPaid('sample'), recordPaid('bulk'), recordReturned('bulk')],
      ...[{ ...recordPaid('bulk'), attempt: 3 }, recordReturned('bulk', 3)],
      { ...recordPaid('bulk'), attempt: 4 },
    ];
    const twice = fc.shuffledSubarray([...told, ...told], { minLength: 12 });
    fc.assert(
      fc.property(twice, (order) => {
        let state: EscrowState = released.reduce(evolveEscrow, initialEscrow);
        const waiting = [...order];
        for (let turns = 0; turns < 500; turns += 1) {
          const command = waiting.shift();
          if (command === undefined) break;
          const decision = decideEscrow(command, state);
          expect(decision.kind).not.toBe('rejected');
          if (decision.kind === 'decided') state = decision.events.reduce(evolveEscrow, state);
          else waiting.push(command);
        }
        expect(waiting).toEqual([]);
        expect(state).toMatchObject({ status: 'settled', paidAttempts: { sample: 1, bulk: 4 } });
      }),
    );
  });
});
