import type { Entries } from './answers.ts';
import type { Page } from './desk-answers.ts';

export type Entry = Entries['entries'][number];
/** What of the API is read with. */
type Reader = { readonly get: <T>(path: string) => Promise<T> };

/** A page of `GET /v1/ledger/entries`, as the other lists have theirs. */
export async function readEntries(api: Reader, path: string): Promise<Page<Entry>> {
  const { entries, next } = await api.get<Entries>(path);
  return { data: entries, next };
}

/** The entries of one trade, which may be on any page: all are read. */
export async function entriesOfTrade(
  api: Reader,
  path: string,
  trade: string,
): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  let from = path;
  for (;;) {
    const { data, next } = await readEntries(api, from);
    found.push(...data.filter(({ tradeId }) => tradeId === trade));
    if (next === null) return found;
    from = `${path}&after=${encodeURIComponent(next)}`;
  }
}
