import type { ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { shipmentStream } from '../../../src/platform/ids.ts';
import { consumeTracking } from '../../../src/process/consume-tracking.ts';
import { shipmentId, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { scanAt } from '../../support/scans.ts';

/** A shipment whose label is bought. */
export const labeled = [
  story.shipmentRequested,
  story.carrierShipmentCreated,
  story.labelPurchased,
];
const { trackerId } = story.labelPurchased;

/** The shipment as it is after `history`, followed from then on; what is decided comes after that. */
export async function trackingDesk(
  history: readonly ShipmentEvent[] = labeled,
  isTracked = true,
  graceSeconds = 0,
) {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const views = inMemoryViewStore();
  for (const [index, event] of history.entries()) {
    await records.append({
      ...recordOf(shipmentStream(shipmentId), index + 1),
      events: [event],
      journal: [],
    });
  }
  if (isTracked) await views.putTracker('easypost', trackerId, shipmentId);
  const now = () => new Date(story.deliveryConfirmed.confirmedAt);
  const consume = consumeTracking({ store: journaledStore(records), now, views, graceSeconds });
  const events = () =>
    records
      .all()
      .flatMap((record) => record.events)
      .slice(history.length);
  const types = () => events().map(({ type }) => type);
  return { consume, views, events, types };
}

export const [inTransit, delivered] = [scanAt(2, 'in_transit'), scanAt(9, 'delivered')];
