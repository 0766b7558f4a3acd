import { namedId } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore, WorkEntry } from '../reconciliation/ports.ts';

export type NamedByUetrPorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'findLinked' | 'reopenItems'>;
};

/**
 * A bank's line may name a payment of ours by its UETR alone. It gets the payment's end-to-end id, by which
 * everything else finds it: a payment that was refused and is debited all the same, and one that comes back.
 * Either may be looked at first, the line or the payment. True where a line got one.
 */
export async function nameByUetr(
  { lanes }: NamedByUetrPorts,
  lane: Lane,
  work: readonly WorkEntry[],
): Promise<boolean> {
  if (lane !== 'bank_out') return false;
  const looked = await lanes.getItems(lane, [...new Set(work.map(({ itemId }) => itemId))]);
  const payments = looked.flatMap((one) => (isPayment(one) ? (one.item.keys.uetr ?? []) : []));
  const linked = await Promise.all(payments.map((uetr) => lanes.findLinked(lane, `uetr#${uetr}`)));
  const besides = await lanes.getItems(lane, [...new Set(linked.flat())]);
  const lines = new Map(
    [...looked, ...besides].filter(isNameless).map((line) => [line.item.id, line]),
  );
  const uetrs = new Set([...lines.values()].flatMap(({ item }) => item.keys.uetr ?? []));
  const known = await lanes.getItems(lane, [...uetrs].map(namedId));
  const nameOf = new Map(known.map(({ item: { keys } }) => [keys.uetr, keys.endToEndId]));
  const named = [...lines.values()].flatMap((line) => withName(line, nameOf));
  if (named.length > 0) await lanes.reopenItems(named);
  return named.length > 0;
}

const isPayment = ({ side, status, item }: StoredItem): boolean =>
  side === 'left' && status === 'open' && item.keys.endToEndId !== undefined;

/** True of a bank's open line that names a payment by its UETR alone. */
const isNameless = ({ side, status, item: { keys } }: StoredItem): boolean =>
  side === 'right' && status === 'open' && keys.uetr !== undefined && keys.endToEndId === undefined;

function withName(
  line: StoredItem,
  nameOf: ReadonlyMap<string | undefined, string | undefined>,
): readonly StoredItem[] {
  const endToEndId = nameOf.get(line.item.keys.uetr);
  if (endToEndId === undefined) return [];
  return [{ ...line, item: { ...line.item, keys: { ...line.item.keys, endToEndId } } }];
}
