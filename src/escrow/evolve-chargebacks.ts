import type { EscrowEvent } from '../../events/index.ts';
import { add, zero } from '../money/money.ts';
import { isCovered, unappliedLeft } from './evolve-refunds.ts';
import { expectLegal } from './legal.ts';
import type { Chargeback, FundedState } from './state.ts';

export type ChargebackEvent = Extract<
  EscrowEvent,
  { type: 'ChargebackOpened' | 'ChargebackAdjusted' | 'ChargebackWon' | 'ChargebackLost' }
>;

/** The chargebacks of a trade after one of their events. */
export function evolveChargebacks(
  state: FundedState,
  event: ChargebackEvent,
): readonly Chargeback[] {
  const { chargebacks } = state;
  const before = chargebacks.find(({ chargebackId }) => chargebackId === event.chargebackId);
  if (event.type === 'ChargebackOpened') {
    expectLegal(before === undefined, event, state);
    const { chargebackId, amount, withdrawn, fee } = event;
    const reinstated = zero(withdrawn.currency);
    const opened = { chargebackId, amount, withdrawn, reinstated, fee };
    return [...chargebacks, { ...opened, status: 'open', taken: null }];
  }
  expectLegal(before !== undefined, event, state);
  return chargebacks.map((each) => (each === before ? after(each, event, state) : each));
}

function after(
  chargeback: Chargeback,
  event: Exclude<ChargebackEvent, { type: 'ChargebackOpened' }>,
  state: FundedState,
): Chargeback {
  switch (event.type) {
    case 'ChargebackAdjusted':
      expectLegal(event.isClosed === (chargeback.status !== 'open'), event, state);
      return {
        ...chargeback,
        withdrawn: add(chargeback.withdrawn, event.withdrawn),
        reinstated: add(chargeback.reinstated, event.reinstated),
        fee: add(chargeback.fee, event.fee),
      };
    case 'ChargebackWon':
      expectLegal(chargeback.status === 'open', event, state);
      return { ...chargeback, status: 'won' };
    case 'ChargebackLost': {
      const { covered, parts, spread, unapplied } = event;
      const isLegal =
        isCovered(state, { amount: covered, parts }) &&
        (unapplied?.amount.amountMinor ?? 0n) <= unappliedLeft(state).amountMinor;
      expectLegal(chargeback.status === 'open' && isLegal, event, state);
      return {
        ...chargeback,
        status: 'lost',
        taken: {
          ...{ covered, parts, spread },
          ...(unapplied === undefined ? {} : { unapplied: unapplied.amount }),
        },
      };
    }
  }
}
