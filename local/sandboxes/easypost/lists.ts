import { EasyPostApiError } from './errors.ts';

export type Page<Item> = { items: Item[]; hasMore: boolean };

/**
 * A page of a collection as EasyPost lists it: newest first, 20 unless told, at most 100, before or
 * after an id of the same collection.
 * @throws EasyPostApiError 422 where `page_size` is not a number.
 */
export function pageOf<Item extends { id: string }>(
  inCreationOrder: Iterable<Item>,
  query: URLSearchParams,
): Page<Item> {
  const newestFirst = [...inCreationOrder].reverse();
  const asked = Number(query.get('page_size') ?? 20);
  if (!Number.isInteger(asked) || asked < 1) {
    throw new EasyPostApiError(422, 'PARAMETER.INVALID', 'page_size must be a positive integer.');
  }
  const size = Math.min(asked, 100);
  const indexOf = (id: string | null) => newestFirst.findIndex((item) => item.id === id);
  const before = indexOf(query.get('before_id'));
  const after = indexOf(query.get('after_id'));
  const candidates = newestFirst.slice(before + 1, after === -1 ? undefined : after);
  const items = after === -1 ? candidates.slice(0, size) : candidates.slice(-size);
  return { items, hasMore: candidates.length > items.length };
}
