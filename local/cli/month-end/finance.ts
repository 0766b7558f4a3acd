import { FINANCE_SCOPES, LOCAL_MARKETPLACE, type LocalStack } from '../../stack/index.ts';
import { until } from '../../stack/until.ts';

/** A break as `GET /v1/breaks/{breakId}` answers it. */
export type Break = {
  readonly id: string;
  readonly rec: string;
  readonly kind: string;
  readonly status: string;
  readonly since: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
};

export type Check = {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
};

export type Period = {
  readonly status: string;
  readonly checks: readonly Check[];
  readonly snapshot?: { readonly snapshotSha256: string };
};

/** A person of finance: knows the API and a key of their own, and nothing else of Tradelane. */
export type Person = {
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: object) => Promise<T>;
  /** Uploads a statement and waits until it is read. */
  readonly upload: (content: string, signal: AbortSignal) => Promise<void>;
  readonly breaks: () => Promise<readonly Break[]>;
};

/** What the demos look at of an entry of the books. */
type Entry = { readonly kind: string };
type EntryPage = { readonly entries: readonly Entry[]; readonly next: string | null };

/** All entries of an account, currency and day, however many pages they take. */
export async function entriesOf(
  { get }: Pick<Person, 'get'>,
  query: { readonly account: string; readonly currency: string; readonly day: string },
): Promise<readonly Entry[]> {
  const path = `/v1/ledger/entries?${new URLSearchParams(query)}`;
  const all: Entry[] = [];
  let from = path;
  for (;;) {
    const { entries, next } = await get<EntryPage>(from);
    all.push(...entries);
    if (next === null) return all;
    from = `${path}&after=${encodeURIComponent(next)}`;
  }
}

/** @throws from every call that is not answered 2xx, with the problem's own words. */
export async function createPerson(stack: LocalStack): Promise<Person> {
  const apiKey = await stack.addApiKey(LOCAL_MARKETPLACE, FINANCE_SCOPES);
  const call = async (method: string, path: string, body?: string, type = 'application/json') => {
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': type },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
  };
  const breaks = async (): Promise<readonly Break[]> => {
    const lists = await Promise.all(
      ['open', 'write_off_proposed', 'resolved'].map((status) =>
        call('GET', `/v1/breaks?status=${status}`),
      ),
    );
    return lists.flatMap(({ data }) => data);
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, JSON.stringify(body)),
    upload: async (content, signal) => {
      const { fileId } = await call('POST', '/v1/statements', content, 'text/plain');
      const isRead = async (): Promise<boolean> => {
        const { status, problems } = await call('GET', `/v1/statement-files/${fileId}`);
        if (status === 'refused') throw new Error(`Nobody could read it: ${problems[0]?.detail}`);
        return status === 'read';
      };
      await until(isRead, { what: 'a statement to be read', signal });
    },
    breaks,
  };
}
