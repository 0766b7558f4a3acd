import { presentBreak } from './break-view.ts';
import { type BreakStatus, type BreakSummary, breakKey, type ViewStore } from './views.ts';

type Lists = Pick<ViewStore, 'listBreaks'>;

/** So many are read at once. */
const READ_AT_ONCE = 500;

/** Breaks of a status from one on, however many there are; the oldest first. */
export async function* breaksFrom(
  views: Lists,
  status: BreakStatus,
  from?: string,
): AsyncGenerator<BreakSummary> {
  let after = from;
  for (;;) {
    const page = await views.listBreaks({ status, after, limit: READ_AT_ONCE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < READ_AT_ONCE) return;
    after = breakKey(last);
  }
}

/** Every break of a status. */
export async function everyBreak(
  views: Lists,
  status: BreakStatus,
): Promise<readonly BreakSummary[]> {
  const all: BreakSummary[] = [];
  for await (const one of breaksFrom(views, status)) all.push(one);
  return all;
}

export type BreakQuery = {
  readonly status: BreakStatus;
  readonly kind?: BreakSummary['kind'] | undefined;
  readonly rec?: BreakSummary['rec'] | undefined;
  readonly age?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/**
 * The answer of `GET /v1/breaks`: as many of those that are asked for as a page holds, however many
 * others lie between them, and where the next page begins.
 */
export async function breakPage(
  views: Lists,
  { status, kind, rec, age, after, limit }: BreakQuery,
  today: string,
) {
  const data: ReturnType<typeof presentBreak>[] = [];
  let last: string | undefined;
  for await (const summary of breaksFrom(views, status, after)) {
    if (kind !== undefined && summary.kind !== kind) continue;
    if (rec !== undefined && summary.rec !== rec) continue;
    const one = presentBreak(summary, today);
    if (age !== undefined && one.age !== age) continue;
    if (data.length === limit) return { data, next: last ?? null };
    data.push(one);
    last = breakKey(summary);
  }
  return { data, next: null };
}
