import type { ShipmentEvent } from '../../../events/index.ts';
import { decideShipment, type ShipmentCommand } from '../../../src/shipment/decide.ts';
import { shipmentEvolution } from '../../../src/shipment/shipment.ts';
import { story } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';
import { scanAt } from '../../support/scans.ts';

const { given } = specification({ evolution: shipmentEvolution, decide: decideShipment });
const { pickupRequested, pickupClaimed, pickupScheduled, pickupRefused, pickupUncertain } = story;
const { pickupCancelRequested, pickupCanceled, pickupCancelRefused } = story;
const { pickupId, readyAt, closesAt } = pickupRequested;

const labeled = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const requested = [...labeled, pickupRequested];
const claimed = [...requested, pickupClaimed];
const scheduled = [...requested, pickupScheduled];
const canceling = [...scheduled, pickupCancelRequested];
const at = '2026-07-01T18:00:00.000Z';
const request = { type: 'RequestPickup', pickupId: 'pkp_2', readyAt, closesAt, at } as const;

const outcomeOf = (history: readonly ShipmentEvent[], command: ShipmentCommand) =>
  summaryOf(given(...history).when(command).decision);

describe('A pickup', () => {
  it.each<[string, readonly ShipmentEvent[], string]>([
    ['a label', labeled, 'PickupRequested'],
    ['none', [story.shipmentRequested], 'rejected pickup.no_label'],
    ['one that is ordered', requested, 'rejected pickup.ordered'],
    ['one that is agreed', [...requested, pickupScheduled], 'rejected pickup.ordered'],
    ['one that nobody knows of', [...claimed, pickupUncertain], 'rejected pickup.ordered'],
    ['one that was refused', [...requested, pickupRefused], 'PickupRequested'],
    ['one that is being canceled', canceling, 'rejected pickup.ordered'],
    ['one that was canceled', [...canceling, pickupCanceled], 'PickupRequested'],
    [
      'one that could not be canceled',
      [...canceling, pickupCancelRefused],
      'rejected pickup.ordered',
    ],
    [
      'a label that goes back',
      [...labeled, story.labelVoidRequested],
      'rejected pickup.label_given_back',
    ],
    [
      'a label that can not go back',
      [...labeled, story.labelVoidRequested, story.labelVoidRefused],
      'PickupRequested',
    ],
    [
      'parcels on their way',
      [...labeled, { ...story.trackingUpdated, scans: [scanAt(1, 'picked_up')] }],
      'rejected pickup.handed_over',
    ],
  ])('is ordered with %s, or refused by its code', (_, history, outcome) => {
    expect(outcomeOf(history, request)).toBe(outcome);
  });

  it('is the same under the same key and times, and no other', () => {
    expect(outcomeOf(requested, { ...request, pickupId })).toBe('nothing');
    const later = { ...request, pickupId, closesAt: '2026-07-02T18:00:00.000Z' };
    expect(outcomeOf(requested, later)).toBe('rejected pickup.id_reused');
  });

  it('is not ordered for a time that is over, and again once the last one is', () => {
    expect(outcomeOf(labeled, { ...request, at: closesAt })).toBe('rejected pickup.too_late');
    const next = { ...request, readyAt: closesAt, closesAt: '2026-07-03T17:00:00.000Z' };
    expect(outcomeOf([...requested, pickupScheduled], { ...next, at: closesAt })).toBe(
      'PickupRequested',
    );
  });
});

describe('A claim to order a pickup', () => {
  const claim = { type: 'ClaimPickup', pickupId, claimSeconds: 300 } as const;

  it('is one worker’s, until nobody can hold it any more', () => {
    const { claimedAt } = pickupClaimed;
    const afterSeconds = (seconds: number) =>
      new Date(Date.parse(claimedAt) + seconds * 1_000).toISOString();
    expect(outcomeOf(requested, { ...claim, at: claimedAt })).toBe('PickupClaimed');
    expect(outcomeOf(claimed, { ...claim, at: afterSeconds(299) })).toBe(
      'too early shipment.pickup_under_way',
    );
    expect(outcomeOf(claimed, { ...claim, at: afterSeconds(300) })).toBe('PickupUncertain');
    expect(outcomeOf([...claimed, pickupScheduled], { ...claim, at: afterSeconds(300) })).toBe(
      'nothing',
    );
    expect(outcomeOf(labeled, { ...claim, at: claimedAt })).toBe('nothing');
  });
});

describe('What a carrier answers of a pickup', () => {
  const scheduled = {
    type: 'RecordPickup',
    pickupId,
    answer: { kind: 'scheduled', pickupId: 'pickup_1' },
  } as const;
  const refused = {
    type: 'RecordPickup',
    pickupId,
    answer: { kind: 'refused', code: 'PICKUP.NONE', message: '' },
  } as const;

  it.each([
    ['what was requested', requested],
    ['what was claimed', claimed],
    ['what was uncertain', [...claimed, pickupUncertain]],
  ])('settles %s', (_, history) => {
    expect(outcomeOf(history, scheduled)).toBe('PickupScheduled');
    expect(outcomeOf(history, refused)).toBe('PickupRefused');
  });

  it.each([
    ['what is settled', [...requested, pickupScheduled]],
    ['what was never requested', labeled],
    ['a shipment without a label', []],
  ])('changes nothing of %s', (_, history) => {
    expect(outcomeOf(history, scheduled)).toBe('nothing');
    expect(outcomeOf(history, refused)).toBe('nothing');
  });
});

describe('Canceling a pickup', () => {
  const cancel = { type: 'CancelPickup', pickupId, at } as const;
  const isOnItsWay = { ...story.trackingUpdated, scans: [scanAt(1, 'picked_up')] };

  it.each<[string, readonly ShipmentEvent[], string]>([
    ['that is agreed', scheduled, 'PickupCancelRequested'],
    ['that was refused once', [...canceling, pickupCancelRefused], 'PickupCancelRequested'],
    ['that is being canceled', canceling, 'nothing'],
    ['that was canceled', [...canceling, pickupCanceled], 'nothing'],
    ['that is being ordered', requested, 'too early pickup.under_way'],
    ['that one worker is ordering', claimed, 'too early pickup.under_way'],
    ['that does not come', [...requested, pickupRefused], 'rejected pickup.not_scheduled'],
    ['that nobody knows of', [...claimed, pickupUncertain], 'rejected pickup.not_scheduled'],
    ['that was never ordered', labeled, 'rejected pickup.not_found'],
    ['of no label', [story.shipmentRequested], 'rejected pickup.not_found'],
    ['that has come', [...scheduled, isOnItsWay], 'rejected pickup.handed_over'],
  ])('%s is told by its code', (_, history, outcome) => {
    expect(outcomeOf(history, cancel)).toBe(outcome);
  });

  it('is too late once its time is over', () => {
    expect(outcomeOf(scheduled, { ...cancel, at: closesAt })).toBe('rejected pickup.too_late');
  });

  it('ends as the carrier answers, once', () => {
    const answered = { type: 'RecordPickupCanceled', pickupId } as const;
    const refused = { kind: 'refused', code: 'PICKUP.LATE', message: '' } as const;
    const canceled = { kind: 'canceled' } as const;
    expect(outcomeOf(canceling, { ...answered, answer: canceled })).toBe('PickupCanceled');
    expect(outcomeOf(canceling, { ...answered, answer: refused })).toBe('PickupCancelRefused');
    for (const history of [scheduled, [...canceling, pickupCanceled], labeled, []]) {
      expect(outcomeOf(history, { ...answered, answer: canceled })).toBe('nothing');
    }
  });

  it('leaves nothing for a late answer of its order to change', () => {
    const answer = { kind: 'scheduled', pickupId: 'pickup_2' } as const;
    for (const history of [canceling, [...canceling, pickupCanceled]]) {
      expect(outcomeOf(history, { type: 'RecordPickup', pickupId, answer })).toBe('nothing');
    }
  });
});
