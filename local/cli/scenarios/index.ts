import { UsageError } from '../options.ts';
import { canceled } from './canceled.ts';
import { chargebackLostAfterRelease, chargebackLostBeforeRelease } from './chargeback-lost.ts';
import { chargebackWon } from './chargeback-won.ts';
import { customsHeld } from './customs-held.ts';
import { ddpDuty } from './ddp-duty.ts';
import { disputeSplit } from './dispute-split.ts';
import { earlyAcceptance } from './early-acceptance.ts';
import { happy } from './happy.ts';
import { koreaBankFile } from './korea-bank-file.ts';
import { labelTimeout } from './label-timeout.ts';
import { lostInTransit } from './lost-in-transit.ts';
import { milestones } from './milestones.ts';
import { multiParcel } from './multi-parcel.ts';
import { notShipped } from './not-shipped.ts';
import { partialRefund } from './partial-refund.ts';
import { payoutFailed } from './payout-failed.ts';
import { payoutReturned } from './payout-returned.ts';
import { refundAfterRelease } from './refund-after-release.ts';
import { refundBeforeRelease } from './refund-before-release.ts';
import { returned } from './returned.ts';
import type { Scenario } from './scenario.ts';
import { threeDecimal } from './three-decimal.ts';
import { unpaidExpiry } from './unpaid-expiry.ts';
import { zeroDecimal } from './zero-decimal.ts';

/** Every story that the demo can tell, in the order in which they are listed and played. */
export const scenarios: readonly Scenario[] = [
  happy,
  milestones,
  earlyAcceptance,
  unpaidExpiry,
  canceled,
  notShipped,
  multiParcel,
  labelTimeout,
  lostInTransit,
  returned,
  customsHeld,
  ddpDuty,
  partialRefund,
  refundBeforeRelease,
  refundAfterRelease,
  disputeSplit,
  chargebackWon,
  chargebackLostBeforeRelease,
  chargebackLostAfterRelease,
  payoutFailed,
  payoutReturned,
  koreaBankFile,
  zeroDecimal,
  threeDecimal,
];

/** A month of trades and its close: told by itself, since it is about no one trade. */
export const MONTH_END = {
  name: 'month-end',
  title:
    'A month with seven troubles: each is found, resolved through the API, and the month is closed',
} as const;

/** @throws UsageError with all names, where there is none of that name. */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = [...scenarios, MONTH_END].map((scenario) => scenario.name).join(', ');
  throw new UsageError(`There is no scenario '${name}'. There are: ${names}.`);
}
