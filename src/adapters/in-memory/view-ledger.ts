import {
  type LedgerViews,
  type Posting,
  postingKey,
  type SliceKey,
  type TurnoverSlice,
} from '../../process/views.ts';
import { byKey } from './sorting.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

const sliceKeyOf = ({ account, currency, minute }: SliceKey): string =>
  `${account}#${currency}#${minute}`;

/** One account's postings of one day, by the key that orders them. */
type Page = Map<string, Posting>;

const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

function sumPostings(key: SliceKey, page: Page): TurnoverSlice {
  const amounts = [...page.values()]
    .filter(({ bookedAt }) => bookedAt.startsWith(key.minute))
    .map(({ amountMinor }) => amountMinor);
  return {
    ...key,
    postings: amounts.length,
    debitMinor: sum(amounts.filter((amount) => amount > 0n)),
    creditMinor: -sum(amounts.filter((amount) => amount < 0n)),
  };
}

/** Postings by account and day, and the trial balance in slices of a minute. */
export function inMemoryLedger(): LedgerViews {
  const pages = new Map<string, Page>();
  const slices = new Map<string, TurnoverSlice>();
  const pageOf = (account: string, currency: string, day: string): Page => {
    const key = `${account}#${currency}#${day}`;
    const page = pages.get(key) ?? new Map<string, Posting>();
    pages.set(key, page);
    return page;
  };
  return {
    putPostings: async (postings) => {
      for (const posting of postings) {
        const { account, currency, bookedAt } = posting;
        const page = pageOf(account, currency, bookedAt.slice(0, DAY_LENGTH));
        page.set(postingKey(posting), { ...posting });
      }
    },
    listPostings: async ({ account, currency, day, after = '', limit }) =>
      [...pageOf(account, currency, day)]
        .filter(([key]) => key > after)
        .sort(byKey(([key]) => key))
        .slice(0, limit)
        .map(([, posting]) => ({ ...posting })),
    listLatePostings: async (month) =>
      [...pages.values()]
        .flatMap((page) => [...page.values()])
        .filter(({ occurredAt }) => occurredAt?.startsWith(month) === true)
        .sort(byKey(({ postingId }) => postingId))
        .map((posting) => ({ ...posting })),
    sumSlice: async (key) =>
      sumPostings(key, pageOf(key.account, key.currency, key.minute.slice(0, DAY_LENGTH))),
    putSlice: async (slice) => {
      const key = sliceKeyOf(slice);
      const kept = slices.get(key);
      if (kept === undefined || kept.postings <= slice.postings) slices.set(key, { ...slice });
    },
    listLedgerDays: async (until) =>
      [...new Set([...slices.values()].map(({ minute }) => minute.slice(0, DAY_LENGTH)))]
        .filter((day) => day <= until)
        .sort(),
    listSlices: async (day, of) =>
      [...slices.values()]
        .filter(({ minute }) => minute.startsWith(day))
        .filter(({ account }) => of === undefined || account === of.account)
        .filter(({ currency }) => of === undefined || currency === of.currency)
        .sort(byKey(sliceKeyOf))
        .map((slice) => ({ ...slice })),
  };
}
