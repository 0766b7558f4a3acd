import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { openMilestones } from '../../../src/escrow/holdings.ts';
import type { ProviderChargeback } from '../../../src/escrow/ports.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { assertBalanced } from '../../../src/ledger/journal.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { later } from '../../support/builders.ts';
import { anyConverted, anyTurns, type Turn } from './any-history.ts';
import { asksOf, startsAt } from './any-history-asks.ts';
import { fundedOf } from './grown.ts';

/** What happened up to a moment, and the trade then. */
type Moment = { readonly events: readonly EscrowEvent[]; readonly state: FundedState };

/** Lets the turns happen to a trade one by one; whatever is decided must be able to follow. */
function* moments(converted: readonly EscrowEvent[], turns: readonly Turn[]): Generator<Moment> {
  let state = fundedOf(converted);
  let at = startsAt;
  const events = [...converted];
  const chargebacks: ProviderChargeback[] = [];
  for (const [count, turn] of turns.entries()) {
    at = later(at, turn.hours * 3_600);
    for (const command of asksOf({ state, at, turn, count, chargebacks })) {
      const decision = decideEscrow(command, state);
      if (decision.kind !== 'decided' || decision.events.length === 0) continue;
      const after = decision.events.reduce(evolveEscrow, state as never);
      if (!isFunded(after)) throw new Error(`The trade is ${after.status}.`);
      state = after;
      events.push(...decision.events);
      yield { events, state };
    }
  }
}

const total = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** What an account owes: credits less debits, over all currencies that it is kept in. */
const owedOn = (events: readonly EscrowEvent[], account: string): readonly bigint[] =>
  balancesOf(events.flatMap(journalize))
    .filter((balance) => balance.account === account)
    .map(({ creditMinor, debitMinor }) => creditMinor - debitMinor);

/** Accounts of what is owed to somebody: nobody ever owes it back to us there. */
const NEVER_NEGATIVE = ['2000', '2100', '2310', '2400'];

function expectConserved({ events, state }: Moment): void {
  events.flatMap(journalize).forEach(assertBalanced);
  for (const account of NEVER_NEGATIVE) {
    expect(owedOn(events, account).every((minor) => minor >= 0n)).toBe(true);
  }
  const { payment, releases, refunds, chargebacks } = state;
  const left = total(openMilestones(state).map(({ remaining }) => remaining));
  const unvalued = refunds.filter(({ status }) => status === 'requested');
  const asked = total(unvalued.flatMap(({ parts }) => parts.map(({ held }) => held)));
  expect(owedOn(events, '2100').reduce((sum, minor) => sum + minor, 0n)).toBe(left + asked);
  const released = releases.map(({ milestoneId }) => milestoneId);
  expect(new Set(released).size).toBe(released.length);
  const back = refunds.filter(
    ({ status, reason }) => status !== 'canceled' && reason !== 'overpayment',
  );
  const taken = chargebacks.flatMap((each) => each.taken?.covered ?? []);
  const gone = total([...back.map(({ amount }) => amount), ...taken]);
  expect(gone <= payment.received.amountMinor).toBe(true);
}

/** What of what a milestone held was decided for the buyer, or taken by the buyer's bank. */
const decidedFor = ({ refunds, chargebacks }: FundedState, milestoneId: string): bigint =>
  total(
    [
      ...refunds.filter(({ status }) => status !== 'canceled').flatMap(({ parts }) => parts),
      ...chargebacks.flatMap(({ taken }) => taken?.parts ?? []),
    ]
      .filter((part) => part.milestoneId === milestoneId)
      .map(({ held }) => held),
  );

describe('Whatever happens to a trade, in whichever order', () => {
  it('can be told to its end, conserves every minor unit, and pays nobody twice', () => {
    fc.assert(
      fc.property(anyConverted, anyTurns, (converted, turns) => {
        for (const moment of moments(converted, turns)) expectConserved(moment);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never gives the seller what was decided for the buyer', () => {
    fc.assert(
      fc.property(anyConverted, anyTurns, (converted, turns) => {
        const decided = new Map<string, bigint>();
        for (const { state } of moments(converted, turns)) {
          for (const { milestoneId } of state.terms.milestones) {
            const before = decided.get(milestoneId) ?? 0n;
            const now = decidedFor(state, milestoneId);
            expect(now >= before).toBe(true);
            decided.set(milestoneId, now);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
