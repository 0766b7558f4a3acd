import type { Checks, Step, Violation, World } from '../world.ts';
import { tradeConservesMoney } from './01-trade-conserves-money.ts';
import { twoWaysMakeTheWhole } from './01-two-ways-make-the-whole.ts';
import { journalBalances } from './02-journal-balances.ts';
import { holdResolvedOnce } from './03-hold-resolved-once.ts';
import { nothingLeavesBlockedFunds } from './04-nothing-leaves-blocked-funds.ts';
import { nothingMovesWhileChargedBack } from './04-nothing-moves-while-charged-back.ts';
import { nothingMovesWhileDisputed } from './04-nothing-moves-while-disputed.ts';
import { payoutFollowsRelease } from './04-payout-follows-release.ts';
import { allocationsUsed } from './05-allocations-used.ts';
import { bankReconciles } from './05-bank-reconciles.ts';
import { breaksSayWhy } from './05-breaks-say-why.ts';
import { chargebacksReconcile } from './05-chargebacks-reconcile.ts';
import { creditedRefundsLeave } from './05-credited-refunds-leave.ts';
import { debtsRecoveredOnce } from './05-debts-recovered-once.ts';
import { eventsBookedOnce } from './05-events-booked-once.ts';
import { linesAccountedFor } from './05-lines-accounted-for.ts';
import { providerReconciles } from './05-provider-reconciles.ts';
import { lockedQuoteUsed } from './06-locked-quote-used.ts';
import { quoteUsedOnce } from './06-quote-used-once.ts';
import { feesAndCurrencies } from './07-fees-and-currencies.ts';
import { askedBeforeAgain } from './08-asked-before-again.ts';
import { nextKeyAfterRefusal } from './08-next-key-after-refusal.ts';
import { oneEffectPerIntent } from './08-one-effect-per-intent.ts';
import { oneKeyPerIntent } from './08-one-key-per-intent.ts';
import { onePaymentIntent } from './08-one-payment-intent.ts';
import { legalEdges } from './09-legal-edges.ts';
import { versionsGapless } from './10-versions-gapless.ts';
import { financeListsEqualReplay } from './11-finance-lists-equal-replay.ts';
import { readModelsEqualReplay } from './11-read-models-equal-replay.ts';
import { causeAppliedOnce } from './12-cause-applied-once.ts';
import { fileReadOnce } from './12-file-read-once.ts';
import { orderConverges } from './12-order-converges.ts';
import { decisionsStand } from './13-decisions-stand.ts';
import { lockedMonthsStand } from './13-locked-months-stand.ts';
import { lateScanNeverMovesBack } from './14-late-scan-never-moves-back.ts';
import { carrierAskedInTime } from './15-carrier-asked-in-time.ts';
import { deliveredWhenAllAre } from './15-delivered-when-all-are.ts';
import { limitsKept } from './15-limits-kept.ts';
import { releasedWhenDue } from './15-released-when-due.ts';
import { lostWebhooksHealed } from './16-lost-webhooks-healed.ts';
import { webhooksAccountedFor } from './16-webhooks-accounted-for.ts';
import { everyRecordPublished } from './17-every-record-published.ts';
import { poisonSetAside } from './18-poison-set-aside.ts';
import { failuresReported } from './19-failures-reported.ts';
import { oneLabelPerShipment } from './20-one-label-per-shipment.ts';
import { sentOrCalledOff } from './20-sent-or-called-off.ts';
import { unusedLabelsGivenBack } from './20-unused-labels-given-back.ts';
import { forgedWebhooksRefused } from './21-forged-webhooks-refused.ts';
import { stateFollowsProviders } from './21-state-follows-providers.ts';
import { blockedFundsStandApart } from './22-blocked-funds-stand-apart.ts';
import { comesToRest } from './22-comes-to-rest.ts';
import { limitsEndHolding } from './22-limits-end-holding.ts';
import { silenceIsBroken } from './22-silence-is-broken.ts';
import { workBounded } from './23-work-bounded.ts';
import { personalDataInVault } from './24-personal-data-in-vault.ts';
import { crashLeavesNothingOpen } from './25-crash-leaves-nothing-open.ts';
import { type Invariant, NONE } from './invariant.ts';

/** Every invariant, in the order of performance.md, section 4.4. */
export const INVARIANTS: readonly Invariant[] = [
  tradeConservesMoney,
  twoWaysMakeTheWhole,
  journalBalances,
  holdResolvedOnce,
  payoutFollowsRelease,
  nothingMovesWhileDisputed,
  nothingMovesWhileChargedBack,
  nothingLeavesBlockedFunds,
  eventsBookedOnce,
  providerReconciles,
  linesAccountedFor,
  breaksSayWhy,
  bankReconciles,
  debtsRecoveredOnce,
  allocationsUsed,
  chargebacksReconcile,
  creditedRefundsLeave,
  lockedQuoteUsed,
  quoteUsedOnce,
  feesAndCurrencies,
  oneEffectPerIntent,
  askedBeforeAgain,
  oneKeyPerIntent,
  nextKeyAfterRefusal,
  onePaymentIntent,
  legalEdges,
  versionsGapless,
  financeListsEqualReplay,
  readModelsEqualReplay,
  causeAppliedOnce,
  orderConverges,
  fileReadOnce,
  decisionsStand,
  lockedMonthsStand,
  lateScanNeverMovesBack,
  releasedWhenDue,
  limitsKept,
  carrierAskedInTime,
  deliveredWhenAllAre,
  webhooksAccountedFor,
  lostWebhooksHealed,
  everyRecordPublished,
  poisonSetAside,
  failuresReported,
  oneLabelPerShipment,
  unusedLabelsGivenBack,
  sentOrCalledOff,
  forgedWebhooksRefused,
  stateFollowsProviders,
  comesToRest,
  blockedFundsStandApart,
  limitsEndHolding,
  silenceIsBroken,
  workBounded,
  personalDataInVault,
  crashLeavesNothingOpen,
];

const hasChanged = ({ appended, charges, transfers, labels }: Step): boolean =>
  appended.length > 0 || charges.length > 0 || transfers.length > 0 || labels.length > 0;

function foundBy(invariants: readonly Invariant[], world: World): readonly Violation[] {
  let found = NONE;
  for (const { check } of invariants) {
    const violations = check(world);
    if (violations.length > 0) found = [...found, ...violations];
  }
  return found;
}

/** The given invariants as a world's checks. Steps that change nothing are passed over. */
export function checksOf(invariants: readonly Invariant[]): Required<Checks> {
  const afterStep = invariants.filter(({ when }) => when === 'step');
  const atRest = invariants.filter(({ when }) => when === 'rest');
  return {
    checkStep: (world) => (hasChanged(world.step) ? foundBy(afterStep, world) : NONE),
    checkRest: (world) => foundBy(atRest, world),
  };
}

/** All of them. */
export const checks = checksOf(INVARIANTS);
