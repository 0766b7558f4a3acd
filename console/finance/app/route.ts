export const screens = [
  ...([
    'today',
    'settlements',
    'disputes',
    'breaks',
    'statements',
    'trades',
    'bank-lines',
  ] as const),
  ...(['ledger', 'treasury', 'payouts', 'debts', 'periods', 'lanes', 'rates'] as const),
] as const;
export type Screen = (typeof screens)[number];

/** Where the console is: a screen, what of it is open, and how its list is narrowed. */
export type Route = {
  readonly screen: Screen;
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
};

const isScreen = (name: string): name is Screen => (screens as readonly string[]).includes(name);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};

/** Reads a deep link: `#/breaks/brk_1` or `#/breaks?kind=missing`. What is unknown is today. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [name = '', id] = path.split('/');
  const query = Object.fromEntries(new URLSearchParams(search));
  return isScreen(name)
    ? { screen: name, id: id ? decoded(id) : undefined, query }
    : { screen: 'today', id: undefined, query: {} };
}

/** The deep link of a place; what is empty is left out. */
export function linkTo(
  screen: Screen,
  { id, ...query }: { readonly id?: string } & Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const path = `#/${screen}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  return search.size === 0 ? path : `${path}?${search}`;
}
