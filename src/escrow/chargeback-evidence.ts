import type { HeldEvidence } from '../../events/escrow/chargeback-response-requested.v1.ts';
import type { FundedState } from './state.ts';

/**
 * What the trade's own stream proves: what was sold, how it went, that it arrived and that the buyer
 * took it. No person is in it. It is what the bank is told by default.
 */
export function heldEvidence({ terms, booking, delivery, releases }: FundedState): HeldEvidence {
  const accepted = releases.find(({ rule }) => rule === 'buyer_accepted');
  const passed = releases.find(({ rule }) => rule === 'inspection_passed');
  const lines = [
    `Trade ${terms.tradeId}, ${terms.incoterm}: the payment was held until the goods had arrived.`,
    booking && `Handed to ${booking.carrier}, tracking number ${booking.trackingNumber}.`,
    delivery &&
      `Delivered at ${delivery.deliveredAt} by the carrier's own scan, whose SHA-256 is ${delivery.evidenceSha256}.`,
    accepted &&
      `Accepted by the buyer at ${accepted.releasedAt}; the SHA-256 of that word is ${accepted.evidenceSha256}.`,
    passed && `Not objected to until the end of inspection at ${passed.releasedAt}.`,
  ];
  return {
    ...(booking === null ? {} : { carrier: booking.carrier }),
    ...(booking === null ? {} : { trackingNumber: booking.trackingNumber }),
    ...(delivery === null ? {} : { deliveredAt: delivery.deliveredAt }),
    statement: lines.filter((line) => typeof line === 'string').join('\n'),
  };
}
