import type { TradelaneEvent } from '../../events/index.ts';
import { subtract } from '../../src/money/money.ts';
import { amountText, placeText, plainWords } from './format.ts';

type Meanings = {
  readonly [Type in TradelaneEvent['type']]: (
    event: Extract<TradelaneEvent, { readonly type: Type }>,
  ) => string;
};

const always = (text: string) => (): string => text;

/** What each event means, for people who watch. */
const MEANINGS: Meanings = {
  TradeOpened: ({ amount, quote }) =>
    `${amountText(amount)} are agreed; the buyer is to pay ${amountText(quote.sell)}`,
  PaymentRequested: always('Stripe waits for the buyer to pay'),
  PartialPaymentReceived: ({ added, received }) =>
    `${amountText(added)} have come, ${amountText(received)} so far`,
  PaymentNoLongerNeeded: always('the payment at Stripe is to be closed: receipts have paid'),
  RestRequested: ({ rest }) => `${amountText(rest)} are to be charged: receipts have paid the rest`,
  EscrowFunded: ({ received, settled, fee }) =>
    `${amountText(received)} paid; credited ${amountText(settled)}, fee ${amountText(fee)}`,
  FundsConverted: ({ converted, spread, rateDate }) =>
    `${amountText(converted)} held at the rate of ${rateDate}; spread ${amountText(spread)}`,
  ShipmentRequested: always('the intent to buy one label is recorded'),
  CarrierShipmentCreated: always('the carrier knows parcel and customs data; nothing is bought'),
  LabelPurchased: ({ carrier, service, price }) =>
    `a label of ${carrier} ${service}, for ${amountText(price)}`,
  LabelRefused: ({ code }) => `the carrier sells no label: ${code}`,
  ShipmentBooked: ({ trackingNumber }) => `the trade is in fulfilment, as ${trackingNumber}`,
  TrackingFlagged: ({ status, flags }) =>
    `${status}, and to know of it: ${flags.length === 0 ? 'nothing any more' : flags.join(', ')}`,
  TrackingUpdated: ({ status, scans }) =>
    [plainWords(status), placeText(scans.findLast(({ synthetic }) => synthetic !== true)?.place)]
      .filter((part) => part !== '')
      .join(', '),
  ShipmentDelivered: always('the carrier has delivered'),
  ShipmentDeliveryWithdrawn: ({ status }) => `not delivered after all: ${plainWords(status)}`,
  DeliveryConfirmed: always("the buyer's inspection begins"),
  DeliveryWithdrawn: always("the buyer's inspection is off"),
  MilestoneReleased: ({ rule, net, amount }) =>
    `${plainWords(rule)}: ${amountText(net)} to the seller, fee ${amountText(subtract(amount, net))}`,
  PayoutRequested: always('the intent to pay the seller is recorded'),
  PayoutSubmitted: ({ transferId, batchId }) =>
    batchId === undefined
      ? `Stripe holds the transfer ${transferId}`
      : `the next file for the bank is to have it, as ${transferId}`,
  PayoutSettled: ({ amount, rail }) =>
    `${rail === 'bank_file' ? 'the bank' : 'Stripe'} confirms: ${amountText(amount)} have gone to the seller`,
  MilestonePaid: ({ milestoneId }) => `the milestone "${milestoneId}" is paid`,
  MilestonePaymentReturned: ({ milestoneId, code }) =>
    `what paid the milestone "${milestoneId}" came back: ${code}`,
  TradeSettled: always('every milestone is paid'),
  CancellationRequested: always('the intent to close the unpaid trade is recorded'),
  CancellationRefused: always('it stays open: the buyer has paid or is paying'),
  TradeCanceled: always('closed unpaid'),
  TradeExpired: always('closed, since nobody paid in time'),
  RefundRequested: ({ amount, reason }) =>
    `${amountText(amount)} are to go back to the buyer: ${plainWords(reason)}`,
  RefundValued: ({ midValue }) => `what is given back is worth ${amountText(midValue)} today`,
  RefundSubmitted: ({ providerRefundId }) => `Stripe holds the refund ${providerRefundId}`,
  RefundCredited: ({ booking }) =>
    `${amountText(booking.amount)} lie on the buyer's cash balance at Stripe`,
  RefundSettled: ({ booking }) => `Stripe confirms: ${amountText(booking.amount)} have gone back`,
  RefundFailed: ({ reason }) => `the refund failed: ${plainWords(reason)}`,
  RefundRetried: ({ attempt }) => `the refund is tried anew, for the ${attempt}. time`,
  RefundTurnedToBank: () =>
    'Stripe gives nothing of the charge back any more: finance pays the refund by bank',
  RefundCanceled: ({ reason }) => `the refund is called off: ${plainWords(reason)}`,
  SellerDebtIncurred: ({ amount, reason }) =>
    `the seller owes ${amountText(amount)} after a ${reason}, kept from later payouts`,
  DisputeOpened: ({ reason, escalatesAt }) =>
    `the buyer disputes: ${plainWords(reason)}; it escalates at ${escalatesAt}`,
  DisputeProposed: ({ by, toBuyer }) => `the ${by} proposes ${amountText(toBuyer)} to the buyer`,
  DisputeEscalated: ({ by, decideBy }) => `escalated by the ${by}; decided by ${decideBy}`,
  DisputeClosed: ({ outcome, toBuyer }) =>
    `${plainWords(outcome)}: ${amountText(toBuyer)} to the buyer`,
  ChargebackOpened: ({ amount, reason }) =>
    `the buyer's bank disputes ${amountText(amount)}: ${plainWords(reason)}; all is frozen`,
  ChargebackAdjusted: ({ withdrawn, reinstated }) =>
    `Stripe took ${amountText(withdrawn)} and gave back ${amountText(reinstated)}`,
  ChargebackWon: always("the buyer's bank gave the money back"),
  ChargebackLost: ({ held, released }) =>
    `lost: ${amountText(held)} of what is held, ${amountText(released)} owed by the seller`,
  ChargebackResponseRequested: ({ response }) =>
    response === 'contest'
      ? 'the intent to hand in evidence is recorded'
      : 'the intent to give the chargeback up is recorded',
  ChargebackAnswered: ({ response }) =>
    response === 'contest' ? 'Stripe has the evidence' : 'the chargeback is given up',
  ChargebackEvidenceAsked: ({ evidenceDueBy }) =>
    `the buyer's bank asks for an answer${evidenceDueBy === undefined ? '' : ` by ${evidenceDueBy}`}`,
  ChargebackEvidenceNear: ({ evidenceDueBy }) =>
    `no answer yet, and one counts only until ${evidenceDueBy}`,
  ChargebackUnanswered: always('nobody answered in time: the bank will decide for the buyer'),
  PayoutRefusalProposed: ({ code, accountAtFault }) =>
    `the bank is said to have refused it (${code}${accountAtFault === false ? ', not for the account' : ''}); another person is to agree`,
  PayoutFailed: ({ code }) => `not paid, and nothing has left: ${code}`,
  PayoutReturned: ({ returned, code }) => `${amountText(returned)} came back: ${code}`,
  PayoutReissued: ({ attempt }) => `the intent to try it again is recorded, as attempt ${attempt}`,
  PayoutRolledForward: ({ amount, minimum }) =>
    `${amountText(amount)} wait for the next payout: less than ${amountText(minimum)}`,
  PayoutSetOff: always("all of it is kept for the seller's debts"),
  PayoutLeftOver: always('what the rail can not pay to the last unit waits'),
  PayoutPaidThrough: ({ carrierPayoutId }) => `paid with ${carrierPayoutId}`,
  PayoutReversed: ({ amount }) => `${amountText(amount)} were taken back`,
  FundsBlocked: ({ held, caseId }) =>
    `nothing leaves: ${amountText(held)} are blocked as ${caseId}`,
  BlockedFundsAdjusted: ({ held }) => `${amountText(held)} more are blocked, or less`,
  UnblockProposed: ({ ground }) =>
    `the block is to be lifted by ${ground}, if another person agrees`,
  FundsUnblocked: ({ held }) => `${amountText(held)} are free again, and what waited goes on`,
  PayoutBlocked: always('what the seller is owed is blocked and not sent'),
  PayoutUnblocked: always('what the seller is owed is not blocked any more'),
  PayoutSentBeforeBlock: ({ transferId }) => `${transferId} had been sent before the block`,
  SellerTradeBlocked: always('no money of the blocked trade goes with another payout'),
  SellerTradeUnblocked: always('money of the trade may go with another payout again'),
  PayoutRetryDeferred: ({ code, retryAt }) => `still not possible: ${code}; again at ${retryAt}`,
  CarriedPayoutsSettled: ({ carried }) => `${carried.length} payouts that waited are paid with it`,
  SellerDebtRecorded: ({ amount }) => `the seller's debt of ${amountText(amount)} is open`,
  SellerWriteOffProposed: ({ amount }) =>
    `${amountText(amount)} of the seller's debt are to be given up, if another person agrees`,
  SellerDebtWrittenOff: ({ amount }) => `${amountText(amount)} of the seller's debt are given up`,
  SellerPayoutAllocated: always('what a payout keeps and carries is set aside'),
  SellerAllocationReleased: always('what was set aside is free again'),
  SellerCreditCarried: ({ reason }) => `what is owed waits: ${plainWords(reason)}`,
  SellerPayoutWaiting: ({ code }) => `a payout waits for the account to change: ${code}`,
  SellerPayoutResumed: always('a payout that waited is tried again'),
  TransferReversalRequested: ({ amount }) =>
    `the intent to take ${amountText(amount)} of a transfer back is recorded`,
  TransferReversed: ({ amount }) => `${amountText(amount)} of a transfer are taken back for a debt`,
  TransferReversalRefused: ({ code }) => `the transfer can not be taken back: ${code}`,
  PayoutAccountRegistered: always("the seller's bank account is in the vault"),
  PayoutAccountImpaired: ({ code }) => `the seller's bank refuses money: ${code}`,
  PayoutAccountRestored: always("the seller's account can be paid again"),
  PayoutInstructionAdded: ({ batchId }) => `the payment stands in ${batchId}`,
  PayoutBatchClosed: ({ instructionCount, controlSum }) =>
    `${instructionCount} payments of ${amountText(controlSum)} are ready for the bank`,
  DocumentPresented: ({ documentType }) => `a ${plainWords(documentType)} was presented`,
  DutiesEarmarked: ({ amount }) => `${amountText(amount)} are set aside for duties`,
  DutiesReleased: ({ amount }) => `${amountText(amount)} less duties than were set aside`,
  DutiesPaid: ({ amount }) => `${amountText(amount)} of duties are paid`,
  GoodsDispatched: ({ dispatchedAt }) => `the carrier has the goods since ${dispatchedAt}`,
  HoldLimitForced: always('the time to hold money is all but over: what is held goes now'),
  HoldLimitNear: ({ held, limitAt }) => `${amountText(held)} may be held until ${limitAt} only`,
  ShippingMissed: ({ shipBy }) => `not with the carrier by ${shipBy}: the buyer is refunded`,
  ShipmentDispatched: always('the carrier scanned the parcel for the first time'),
  LabelVoidRequested: always('nothing was handed over: the intent to give the label back'),
  LabelVoided: ({ outcome }) => `the label will not be used: ${plainWords(outcome)}`,
  LabelVoidRefused: ({ code }) => `the carrier does not take the label back: ${code}`,
  ShipmentCalledOff: always('all of the money went back: nothing is ordered any more'),
  TrackingSubscribed: ({ provider }) => `${provider} will push what it learns of the parcel`,
  ReturnRequested: always('the goods are to go back to their seller, for a dispute'),
  TrackingLinkRenewed: always('the buyer has a new link; older ones open nothing'),
  TrackingLinkRevoked: always('no link opens the buyer’s page any more'),
  PickupRequested: ({ readyAt }) => `the carrier is to come for the parcels, from ${readyAt} on`,
  PickupClaimed: always('one worker is about to order the pickup'),
  PickupScheduled: ({ confirmation }) => `the carrier comes: ${confirmation ?? 'no number'}`,
  PickupRefused: ({ code }) => `the carrier does not come: ${code}`,
  PickupUncertain: always('the carrier did not say whether it comes: a person must ask it'),
  PickupCancelRequested: always('the carrier is told not to come'),
  PickupCanceled: always('the carrier does not come any more'),
  PickupCancelRefused: ({ code }) => `the carrier comes all the same: ${code}`,
  PurchaseClaimed: always('one worker is about to buy the label'),
  ParcelsLabeled: ({ parcels }) => `${parcels.length} parcels go under it; all must arrive`,
  DeliveryReported: ({ stableAt }) => `delivered, says the carrier; it counts at ${stableAt}`,
  DeliveryProven: ({ kind }) => `the carrier has a proof of it: a ${kind}`,
  CarrierAsked: ({ asks }) => `the carrier was asked for news in vain, ${asks} times by now`,
  ShipmentSilent: ({ silentSince }) => `nothing was heard of the parcel since ${silentSince}`,
  PspToppedUp: ({ amount }) => `${amountText(amount)} went from the bank to the provider`,
  PspPayoutAnnounced: ({ amount, arrivesOn }) =>
    `${amountText(amount)} are to come from the provider on ${arrivesOn}`,
  PspPayoutCalledOff: ({ payoutId, code }) => `${payoutId} does not come: ${code}`,
  PspPayoutReceived: ({ amount }) => `${amountText(amount)} came from the provider to the bank`,
  OwnFundsMoved: ({ direction, amount }) =>
    `${amountText(amount)} of the platform's own: ${plainWords(direction)}`,
  CoverTraded: ({ sold, bought }) => `${amountText(sold)} sold for ${amountText(bought)}`,
  ReceiptSuspended: ({ amount }) => `${amountText(amount)} came, and nobody knows for what`,
  RefundReturned: ({ returned, code }) =>
    `${amountText(returned)} of a refund by bank came back: ${code}`,
  RefundPaid: ({ amount }) => `${amountText(amount)} went back to the buyer by bank`,
  ReceiptIdentified: ({ amount, tradeId }) => `${amountText(amount)} were for ${tradeId}`,
  ReceiptReleased: ({ amount, reason }) =>
    `${amountText(amount)} leave suspense: ${plainWords(reason)}`,
  ReferenceTaken: ({ movementId, lineId }) =>
    `${movementId} is ${lineId}, and nothing else is booked under it`,
  DifferenceTolerated: ({ amount, account }) =>
    `${amountText(amount)} are tolerated, on ${account}`,
  PeriodSoftClosed: ({ period }) => `${period} is about to be closed`,
  PeriodLocked: ({ period, snapshotSha256 }) => `${period} is locked, as ${snapshotSha256}`,
  PeriodReopeningProposed: ({ period }) => `somebody wants to open ${period} again`,
  PeriodReopened: ({ period }) => `${period} is open again`,
  BreakRaised: ({ rec, breakType, difference }) =>
    `rec ${rec} has a break: ${breakType}, ${amountText(difference)}`,
  BreakAssigned: ({ assignee }) => `${assignee} looks after it`,
  BreakExplained: ({ reason }) => `explained: ${reason}`,
  BreakMatched: ({ amount }) => `matched by hand, ${amountText(amount)}`,
  WriteOffProposed: ({ amount }) => `${amountText(amount)} are proposed to be written off`,
  WriteOffDeclined: ({ reason }) => `not written off: ${reason}`,
  BreakWrittenOff: ({ amount }) => `${amountText(amount)} are written off`,
  BreakSentBack: ({ amount }) => `${amountText(amount)} go back to whoever sent them`,
  BreakReopened: always('an item was used meanwhile: the break is open again'),
  BreakCleared: always('a later item matched: nothing is broken any more'),
};

/** One event in words, with its figures. */
export const meaningOf = (event: TradelaneEvent): string =>
  (MEANINGS[event.type] as (event: TradelaneEvent) => string)(event);
