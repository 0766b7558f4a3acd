import { bankAsksFirst, bankChangesItsMind, wonOnAppeal } from './bank-turns.ts';
import { blockedFunds } from './blocked-funds.ts';
import { cancellation, cancellationRacesPayment, cancellationTooLate } from './cancellation.ts';
import {
  chargebackAfterRelease,
  chargebackBeforeRelease,
  chargebackOnMilestones,
  chargebackRacesDispute,
  chargebackRacesRefund,
} from './chargebacks.ts';
import { creditedRefund } from './credited-refunds.ts';
import { dispute } from './disputes.ts';
import { duties } from './duties.ts';
import { earlyAcceptance } from './early-acceptance.ts';
import { abandoned, expiry, expiryRacesPayment } from './expiry.ts';
import { happy } from './happy.ts';
import { heldTooLong, neverDelivered } from './hold-limit.ts';
import { hastyAcceptance, impatience, keyReuse } from './impatience.ts';
import { labelGivenBack, labelTimeout } from './label-trouble.ts';
import { latePayment } from './late-payment.ts';
import { disputedInPart, heldInPart, notShippedInPart } from './milestone-disputes.ts';
import { milestones } from './milestones.ts';
import { notShipped, shippedAtTheLastMoment } from './missed-shipping.ts';
import { mixedPayment } from './mixed-payments.ts';
import { parcelLate, parcelLost, severalParcels } from './parcels.ts';
import { partExpires, partTopUp } from './partial-funding.ts';
import { paidByBank, payoutBlocked, smallPayouts } from './payout-trouble.ts';
import { quotedCheckout, quoteNamedTwice } from './quoted-checkout.ts';
import { identifiedReceipt, receiptBeside } from './receipts.ts';
import { recoveredByReversal, returnedAfterSettlement } from './recovery.ts';
import { partialRefunds, refundBeforeRelease } from './refunds.ts';
import { mixedRules, releasedByDocument, releasedOnADay } from './release-rules.ts';
import { sameCurrency } from './same-currency.ts';
import type { Scenario } from './scenario.ts';
import { labelRefused, returnedAfterDelivery } from './shipping.ts';
import { neverTold } from './silence.ts';
import { threeDecimal } from './three-decimal.ts';
import { unusedCashAndChargeback } from './unused-cash.ts';

/** What the product supports; a new capability adds its scenarios here. */
export const SCENARIOS: readonly Scenario[] = [
  happy,
  earlyAcceptance,
  milestones,
  sameCurrency,
  threeDecimal,
  quotedCheckout,
  quoteNamedTwice,
  latePayment,
  cancellation,
  cancellationRacesPayment,
  cancellationTooLate,
  expiry,
  expiryRacesPayment,
  abandoned,
  impatience,
  keyReuse,
  hastyAcceptance,
  returnedAfterDelivery,
  labelRefused,
  payoutBlocked,
  paidByBank,
  refundBeforeRelease,
  partialRefunds,
  creditedRefund,
  recoveredByReversal,
  returnedAfterSettlement,
  dispute,
  disputedInPart,
  notShippedInPart,
  heldInPart,
  releasedByDocument,
  releasedOnADay,
  mixedRules,
  notShipped,
  shippedAtTheLastMoment,
  heldTooLong,
  neverDelivered,
  duties,
  blockedFunds,
  smallPayouts,
  chargebackBeforeRelease,
  chargebackAfterRelease,
  chargebackOnMilestones,
  chargebackRacesRefund,
  chargebackRacesDispute,
  bankAsksFirst,
  bankChangesItsMind,
  wonOnAppeal,
  partTopUp,
  partExpires,
  identifiedReceipt,
  receiptBeside,
  mixedPayment,
  unusedCashAndChargeback,
  severalParcels,
  parcelLost,
  parcelLate,
  neverTold,
  labelTimeout,
  labelGivenBack,
];
