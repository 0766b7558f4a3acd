import type { Stripe } from 'stripe';
import { invalidRequest, resourceMissing } from './errors.ts';
import type { FormValue } from './forms.ts';
import { group, integer, type Parameter, text, type Values } from './parameters.ts';

/** The parameters that every list takes. */
export const pagination = { limit: integer(), starting_after: text(), ending_before: text() };

export type Page = Values<typeof pagination>;

const bounds = { gt: integer(), gte: integer(), lt: integer(), lte: integer() };

export type TimeRange = Values<typeof bounds>;

/** A creation time: an exact second, or bounds such as `created[gte]`. */
export function timeRange(): Parameter<TimeRange, false> {
  return {
    required: false,
    read(value: FormValue, name) {
      if (typeof value !== 'string') return group(bounds).read(value, name);
      const exact = integer().read(value, name);
      return { gt: undefined, gte: exact, lt: undefined, lte: exact };
    },
  };
}

export function isWithin(seconds: number, range: TimeRange | undefined): boolean {
  if (range === undefined) return true;
  const { gt, gte, lt, lte } = range;
  return (
    (gt === undefined || seconds > gt) &&
    (gte === undefined || seconds >= gte) &&
    (lt === undefined || seconds < lt) &&
    (lte === undefined || seconds <= lte)
  );
}

/** Whether an object passes filters of which some were not given. */
export function passes<Item>(item: Item, filters: Partial<Record<keyof Item, unknown>>): boolean {
  return Object.entries(filters).every(
    ([field, wanted]) => wanted === undefined || item[field as keyof Item] === wanted,
  );
}

/** @throws StripeApiError 400 for a limit outside 1 to 100. */
export function limitOf(limit: number | undefined): number {
  if (limit === undefined) return 10;
  if (limit >= 1 && limit <= 100) return limit;
  throw invalidRequest('Invalid limit: must be between 1 and 100', {
    code: 'parameter_invalid_integer',
    param: 'limit',
  });
}

/**
 * One page of a list that is newest first.
 * @throws StripeApiError 400 resource_missing for a cursor that is not in the list.
 */
export function paginate<Item extends { id: string }>(
  items: readonly Item[],
  page: Page,
  list: { url: string; what: string },
): Stripe.ApiList<Item> {
  const limit = limitOf(page.limit);
  const positionOf = (id: string, param: string) => {
    const position = items.findIndex((item) => item.id === id);
    if (position >= 0) return position;
    throw resourceMissing({ what: list.what, id, param, status: 400 });
  };
  const answer = (start: number, end: number, has_more: boolean): Stripe.ApiList<Item> => ({
    object: 'list',
    data: items.slice(start, end),
    has_more,
    url: list.url,
  });
  if (page.ending_before !== undefined) {
    const end = positionOf(page.ending_before, 'ending_before');
    return answer(Math.max(0, end - limit), end, end > limit);
  }
  const { starting_after: after } = page;
  const start = after === undefined ? 0 : positionOf(after, 'starting_after') + 1;
  return answer(start, start + limit, items.length > start + limit);
}
