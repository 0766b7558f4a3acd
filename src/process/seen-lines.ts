import { paymentId } from '../reconciliation/expectations.ts';
import { linksOf } from '../reconciliation/lane.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import type { SeenPayment } from '../settlement/refuse-payment.ts';

/**
 * Asks whether a statement shows a payment of ours, also where settlement has not been told: its line
 * stands in a break, as one of another amount does, or was just read. A debit of a whole batch that is not
 * matched names none of its payments.
 */
export const isSeenIn =
  (lanes: Pick<LaneStore, 'getItems' | 'findLinked'>) =>
  async ({ endToEndId, uetr }: SeenPayment): Promise<boolean> => {
    const links = linksOf({ keys: { endToEndId, uetr } });
    const linked = await Promise.all(links.map((link) => lanes.findLinked('bank_out', link)));
    const ids = new Set([paymentId(endToEndId), ...linked.flat()]);
    const items = await lanes.getItems('bank_out', [...ids]);
    return items.some(({ side, status }) =>
      side === 'left' ? status === 'matched' : status === 'open',
    );
  };
