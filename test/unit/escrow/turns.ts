import type { EscrowEvent } from '../../../events/index.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given } from './escrow-states.ts';

/** A bank that turns: what was lost is won after all, what was won is asked for again. */
export const usd = (minor: bigint) => money('USD', minor);
export const at = story.chargebackWon.closedAt;
export const taken = usd(1_160_000n);

/** What a chargeback has taken, and given back once, when it takes the money a second time. */
export const again = { withdrawn: usd(2_320_000n), reinstated: taken } as const;

/** The command that records what is reported of the chargeback. */
export const report = (changes: Parameters<typeof reportedChargeback>[0]) =>
  ({ ...commands.RecordChargeback, chargeback: reportedChargeback(changes), at }) as const;

/** The events of a history and of all that is reported after it. */
export function told(
  history: readonly EscrowEvent[],
  ...changes: readonly Parameters<typeof reportedChargeback>[0][]
): readonly EscrowEvent[] {
  const events = [...history];
  for (const change of changes) {
    const { decision } = given(...events).when(report(change));
    if (decision.kind !== 'decided') throw new Error(decision.code);
    events.push(...decision.events);
  }
  return events;
}

/** What is disputed at the moment, by the books. */
export const openAt1300 = (events: readonly EscrowEvent[]): bigint =>
  balancesOf(events.flatMap(journalize))
    .filter(({ account }) => account === '1300')
    .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n);
