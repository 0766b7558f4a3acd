/**
 * The states of `escrow-states.ts` in groups that answer alike: each gives one answer for all of its states.
 */

/** The states of an unpaid trade and of one whose money is held, each with one answer for all. */
export const unpaid = <T>(answer: T) => ({
  opened: answer,
  payment_requested: answer,
  canceling: answer,
  expiring: answer,
  partly_paid: answer,
  partly_expiring: answer,
});
export const closed = <T>(answer: T) => ({
  canceled: answer,
  expired: answer,
  partly_expired: answer,
});
export const shipped = <T>(answer: T) => ({
  in_fulfilment: answer,
  delivered: answer,
  delivery_withdrawn: answer,
});
export const over = <T>(answer: T) => ({ released: answer, settled: answer });
export const unshipped = <T>(answer: T) => ({ funded: answer, converted: answer });
export const returning = <T>(answer: T) => ({
  refunding: answer,
  refund_valued: answer,
  refund_submitted: answer,
  refund_failed: answer,
});
export const returned = <T>(answer: T) => ({ ...returning(answer), refunded: answer });
export const disputed = <T>(answer: T) => ({ disputed: answer, escalated: answer });
export const frozen = <T>(answer: T) => ({ charged_back: answer, released_charged_back: answer });
export const claimed = <T>(answer: T) => ({
  ...disputed(answer),
  ...frozen(answer),
  dispute_withdrawn: answer,
  chargeback_won: answer,
  chargeback_lost: answer,
});
/** Claims on a trade whose goods are delivered and whose money is still held. */
export const claimedWhileHeld = <T>(answer: T) => ({
  ...disputed(answer),
  dispute_withdrawn: answer,
  charged_back: answer,
  chargeback_won: answer,
});
export const goesOn = <T>(answer: T) => ({ dispute_withdrawn: answer, chargeback_won: answer });
export const kept = <T>(answer: T) => ({
  ...unshipped(answer),
  ...shipped(answer),
  ...over(answer),
});
export const paid = <T>(answer: T) => ({
  ...kept(answer),
  ...returned(answer),
  ...claimed(answer),
});
export const unfunded = <T>(answer: T) => ({
  not_opened: answer,
  ...unpaid(answer),
  ...closed(answer),
});
export const every = <T>(answer: T) => ({
  not_opened: answer,
  ...unpaid(answer),
  ...closed(answer),
  ...paid(answer),
});

/** Trades of which a part has been paid are refused as the others are. */
export const partly = (refuse: (status: string) => string) => ({
  partly_paid: refuse('awaiting_payment'),
  partly_expiring: refuse('canceling'),
  partly_expired: refuse('expired'),
});
