import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { resolveBreak } from '../../../src/process/resolve-break.ts';
import type { EventOf } from '../invariants/support/history.ts';
import { insist, wait } from './bank.ts';
import { nowOf, type Plant, storesOf } from './plant.ts';

const DAY_SECONDS = 86_400;
/** What one person may write off alone, in major units. */
const WRITE_OFF_LIMITS = { USD: 2_000n, EUR: 2_000n };

/**
 * Two persons of finance: where the bank has debited a payment otherwise than it was told to, they
 * write the difference off some days later, and the payment counts for what was expected.
 */
export const createFinanceDesk =
  (plantOf: () => Plant) =>
  ({ events }: TradelaneRecord): void => {
    for (const event of events) {
      if (event.type === 'BreakRaised' && isOfPayment(event)) void writeOff(plantOf(), event);
    }
  };

const isOfPayment = ({ rec, left, right }: EventOf<'BreakRaised'>): boolean =>
  rec === 'D' && left.length > 0 && right.length > 0;

async function writeOff(plant: Plant, { breakId }: EventOf<'BreakRaised'>): Promise<void> {
  await wait(plant, plant.sim.random.between(1, 3 * DAY_SECONDS));
  const reason = 'The bank debited otherwise than it was told to.';
  await step(plant, breakId, { kind: 'write_off', reason }, 'finance_1');
  await step(plant, breakId, { kind: 'approve', reason }, 'finance_2');
}

/** One step on a break, until it is answered; what is refused is not asked for again. */
export const step = (
  plant: Plant,
  breakId: string,
  given: Parameters<typeof resolveBreak>[1],
  by: string,
): Promise<void> =>
  insist(plant, 'finance-api', (task) =>
    resolveBreak(
      {
        ...{ breaks: storesOf(plant, task).breaks, lanes: plant.lanes.storeFor(task) },
        ...{ now: nowOf(plant, task), writeOffLimits: WRITE_OFF_LIMITS },
      },
      given,
      { breakId, by, requestId: `${breakId}#${given.kind}#${by}` },
    ),
  );
