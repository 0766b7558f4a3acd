import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { invariant } from './invariant.ts';
import { firstOf } from './support/history.ts';
import { shipmentStatuses } from './support/parcel.ts';
import { silenceOf } from './support/silence.ts';

/** Nobody waits for such a parcel any more. */
const ENDED: ReadonlySet<string> = new Set(['delivered', 'returned', 'failed', 'cancelled']);

/** At rest nobody is asked any more, because the parcel has ended or its lane has given it up. */
export const silenceIsBroken = invariant({
  name: '22-silence-is-broken',
  number: 22,
  when: 'rest',
  find: ({ streams }, report) => {
    for (const [streamId, records] of streams) {
      if (!streamId.startsWith('shipment#')) continue;
      const tradeId = records[0]?.tradeId ?? null;
      if (firstOf(records, 'LabelPurchased') === undefined || hasEnded(records)) continue;
      const last = silenceOf(records).asked.at(-1);
      if (last === undefined) report(tradeId, `${streamId} is silent and nobody asks`);
      else if (last.nextAskAt !== undefined) report(tradeId, `${streamId} is not asked any more`);
    }
  },
});

const hasEnded = (records: readonly TradelaneRecord[]): boolean =>
  firstOf(records, 'LabelVoided') !== undefined ||
  [...shipmentStatuses(records)].some((status) => ENDED.has(status));
