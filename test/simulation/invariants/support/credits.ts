import type { TradelaneEvent } from '../../../../events/index.ts';
import type { PayoutPart } from '../../../../events/payout/common.ts';
import { addTo, type Sums, scopedAccount } from './balances.ts';

/** The account on which stands what is owed to a seller. */
const owedOn = (sellerId: string, currency: string): string =>
  scopedAccount('2200', sellerId, currency);

/** What waits for each seller's next payout, by where it stands in the books, event by event. */
export function waitingCredits(events: readonly TradelaneEvent[]): Sums {
  const waiting: Sums = new Map();
  const taken = new Map<string, readonly PayoutPart[]>();
  const add = (parts: readonly PayoutPart[], sign: 1n | -1n): void => {
    for (const { sellerId, amount } of parts) {
      addTo(waiting, owedOn(sellerId, amount.currency), sign * amount.amountMinor);
    }
  };
  for (const event of events) {
    if (event.type === 'SellerCreditCarried') add(event.parts, 1n);
    if (event.type === 'SellerPayoutAllocated') {
      taken.set(event.allocationId, event.taken);
      add(event.taken, -1n);
    }
    if (event.type === 'SellerAllocationReleased') add(taken.get(event.allocationId) ?? [], 1n);
  }
  return waiting;
}

/** Of how many payouts something of each account was left over. */
export function leftOverTimes(events: readonly TradelaneEvent[]): Sums {
  const times: Sums = new Map();
  for (const event of events) {
    if (event.type !== 'PayoutLeftOver') continue;
    for (const { sellerId, amount } of event.parts)
      addTo(times, owedOn(sellerId, amount.currency), 1n);
  }
  return times;
}
