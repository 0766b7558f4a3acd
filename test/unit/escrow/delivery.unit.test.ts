import { inspectionEnd } from '../../../src/escrow/decide-release.ts';
import { later, story } from '../../support/builders.ts';
import { commands, given, histories, inspectionEndsAt } from './escrow-states.ts';
import {
  bulkEndsAt,
  confirmedAt,
  DAY_SECONDS,
  passInspectionEnd,
  releaseOf,
  sampleAndBulk,
  sampleEndsAt,
  shippedWith,
} from './milestones.ts';

const otherShipment = 'ship_of_another_trade_1';

describe('The inspection', () => {
  it('ends so many seconds after we learned of the delivery', () => {
    expect(inspectionEnd('2026-07-06T08:21:45.033Z', { inspectionPeriodSeconds: 259_200 })).toBe(
      '2026-07-09T08:21:45.033Z',
    );
    expect(inspectionEnd('2026-07-06T08:21:45Z', { inspectionPeriodSeconds: 0 })).toBe(
      '2026-07-06T08:21:45.000Z',
    );
  });

  it('is not shortened by a scan that reaches us late', () => {
    const learnedAt = later(confirmedAt, 2 * DAY_SECONDS);
    given(...histories.in_fulfilment)
      .when({ ...commands.ConfirmDelivery, at: learnedAt })
      .thenEvents({
        ...story.deliveryConfirmed,
        confirmedAt: learnedAt,
        inspectionEndsAt: later(learnedAt, 3 * DAY_SECONDS),
      });
  });

  it('may be none at all: then the delivery itself makes the milestone due', () => {
    const uninspected = shippedWith(
      story.tradeOpened.milestones.map((milestone) => ({
        ...milestone,
        inspectionPeriodSeconds: 0,
      })),
    );
    given(...uninspected)
      .when(commands.ConfirmDelivery)
      .thenEvents({ ...story.deliveryConfirmed, inspectionEndsAt: confirmedAt });
    given(...uninspected, { ...story.deliveryConfirmed, inspectionEndsAt: confirmedAt })
      .when(passInspectionEnd(confirmedAt))
      .thenEvents({ ...story.milestoneReleased, releasedAt: confirmedAt });
  });
});

describe('A delivery', () => {
  it('of a shipment that is not the trade’s releases nothing', () => {
    given(...histories.in_fulfilment)
      .when({ ...commands.ConfirmDelivery, shipmentId: otherShipment })
      .thenRejected('escrow.unknown_shipment');
  });

  it('that comes before the withdrawal of the one that stands waits for it', () => {
    given(...histories.delivered)
      .when({ ...commands.ConfirmDelivery, at: later(confirmedAt, DAY_SECONDS) })
      .thenTooEarly('escrow.delivery_stands');
  });

  it('that is withdrawn before it is told makes the withdrawal wait, and releases nothing', () => {
    given(...histories.in_fulfilment)
      .when(commands.WithdrawDelivery)
      .thenTooEarly('escrow.no_delivery');
  });

  it('is not withdrawn by another shipment', () => {
    given(...histories.delivered)
      .when({ ...commands.WithdrawDelivery, shipmentId: otherShipment })
      .thenNothing();
  });
});

describe('A delivery that was withdrawn', () => {
  it('leaves nothing due: the deadline that it had set releases nothing', () => {
    given(...histories.delivery_withdrawn)
      .when(commands.PassInspectionEnd)
      .thenNothing();
  });

  const deliveredAgainAt = later(confirmedAt, 2 * DAY_SECONDS);
  const newEnd = later(deliveredAgainAt, 3 * DAY_SECONDS);
  const deliveredAgain = [
    ...histories.delivery_withdrawn,
    { ...story.deliveryConfirmed, confirmedAt: deliveredAgainAt, inspectionEndsAt: newEnd },
  ];

  it('and came again gives the buyer the whole inspection once more', () => {
    given(...histories.delivery_withdrawn)
      .when({ ...commands.ConfirmDelivery, at: deliveredAgainAt })
      .thenEvents({
        ...story.deliveryConfirmed,
        confirmedAt: deliveredAgainAt,
        inspectionEndsAt: newEnd,
      });
  });

  it('and came again is not released by the deadline of the first one', () => {
    given(...deliveredAgain)
      .when(commands.PassInspectionEnd)
      .thenNothing();
    given(...deliveredAgain)
      .when(passInspectionEnd(inspectionEndsAt, later(newEnd, -1)))
      .thenNothing();
  });

  it('and came again is released by its own deadline', () => {
    given(...deliveredAgain)
      .when(passInspectionEnd(newEnd))
      .thenEvents({ ...story.milestoneReleased, releasedAt: newEnd });
  });

  it('can still be accepted by the buyer, who has the goods', () => {
    const { decision } = given(...histories.delivery_withdrawn).when(commands.AcceptGoods);
    expect(decision).toMatchObject({ events: [{ rule: 'buyer_accepted' }] });
  });

  it('does not take back what was released before, and holds the rest', () => {
    const partlyReleased = [
      ...shippedWith(sampleAndBulk),
      { ...story.deliveryConfirmed, inspectionEndsAt: bulkEndsAt },
      releaseOf('sample', { releasedAt: sampleEndsAt }),
    ];
    given(...partlyReleased)
      .when(commands.WithdrawDelivery)
      .thenEvents(story.deliveryWithdrawn);
    given(...partlyReleased, story.deliveryWithdrawn)
      .when(passInspectionEnd(bulkEndsAt))
      .thenNothing();
    given(...partlyReleased, story.deliveryWithdrawn)
      .when({ type: 'AcceptGoods', evidenceSha256: 'a'.repeat(64), at: bulkEndsAt })
      .thenEvents(
        releaseOf('bulk', {
          rule: 'buyer_accepted',
          evidenceSha256: 'a'.repeat(64),
          releasedAt: bulkEndsAt,
        }),
      );
  });

  it('is ignored once all money is released', () => {
    given(...histories.released)
      .when(commands.WithdrawDelivery)
      .thenNothing();
  });
});
