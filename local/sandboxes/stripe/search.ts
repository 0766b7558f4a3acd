import { invalidRequest } from './errors.ts';
import { limitOf } from './lists.ts';

type Operator = ':' | '~' | '<' | '>' | '<=' | '>=';

type Clause = {
  negated: boolean;
  /** The way to the value: one field name, or `metadata` and a key. */
  path: readonly string[];
  operator: Operator;
  /** Null asks for objects that do not have the field. */
  value: string | null;
};

/** What is searched, and by which of its fields it can be. */
type Searched = {
  readonly resource: 'payment_intents' | 'customers';
  readonly searchable: readonly string[];
};

export type SearchQuery = { clauses: Clause[]; joined: 'AND' | 'OR' };

const quoted = `'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)"`;
const clausePattern = new RegExp(
  `^(-?)([a-z_]+)(?:\\[(?:${quoted})\\])?(:|~|<=|>=|<|>)(?:${quoted}|(-?\\d+|null))$`,
);

/**
 * Reads Stripe's search language: clauses such as `metadata['order']:'7'` or `amount>1000`, joined
 * by AND or by OR but not by both, each negated by a leading minus.
 * @throws StripeApiError 400 for a query that does not parse or names a field it can't search.
 */
export function parseSearch(query: string, searched: Searched): SearchQuery {
  const { parts, joiners } = split(query.trim());
  const joined = joiners[0] ?? 'AND';
  if (joiners.some((joiner) => joiner !== joined)) throw unparsable(query);
  return { joined, clauses: parts.map((part) => parseClause(part, { query, ...searched })) };
}

/** Splits at AND and OR outside quotes. */
function split(query: string): { parts: string[]; joiners: ('AND' | 'OR')[] } {
  const parts: string[] = [''];
  const joiners: ('AND' | 'OR')[] = [];
  for (const piece of query.match(new RegExp(`${quoted}|\\s+(?:AND|OR)\\s+|[^]`, 'gi')) ?? []) {
    const joiner = piece.trim().toUpperCase();
    if (/^\s/.test(piece) && (joiner === 'AND' || joiner === 'OR')) {
      joiners.push(joiner);
      parts.push('');
    } else {
      parts[parts.length - 1] += piece;
    }
  }
  return { parts: parts.map((part) => part.trim()), joiners };
}

function parseClause(part: string, context: Searched & { query: string }): Clause {
  const match = clausePattern.exec(part);
  const [, minus, field = '', singleKey, doubleKey, operator, single, double, bare] = match ?? [];
  const key = singleKey ?? doubleKey;
  if (!match || (field === 'metadata') !== (key !== undefined)) throw unparsable(context.query);
  if (!context.searchable.includes(field)) {
    throw invalidRequest(
      `Field \`${field}\` is an unsupported search field for resource \`${context.resource}\`. See ` +
        `https://stripe.com/docs/search#query-fields-for-${context.resource.replace('_', '-')} for a ` +
        'list of supported fields.',
      { param: 'query' },
    );
  }
  const value = single ?? double ?? bare ?? '';
  return {
    negated: minus === '-',
    path: key === undefined ? [field] : [field, withoutBackslashes(key)],
    operator: operator as Operator,
    value: bare === 'null' ? null : withoutBackslashes(value),
  };
}

const withoutBackslashes = (content: string) => content.replaceAll(/\\(.)/g, '$1');

function unparsable(query: string) {
  return invalidRequest(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` ' +
      `to query for metadata or key:"value" to query for other fields. Query: ${query}`,
    { param: 'query' },
  );
}

export function matchesSearch(object: object, query: SearchQuery): boolean {
  const matches = (clause: Clause) => fits(object, clause) !== clause.negated;
  return query.joined === 'AND' ? query.clauses.every(matches) : query.clauses.some(matches);
}

function fits(object: object, { path, operator, value }: Clause): boolean {
  const actual = path.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name],
    object,
  );
  const isMissing = actual === undefined || actual === null;
  if (value === null) return isMissing;
  if (isMissing) return false;
  switch (operator) {
    case ':':
      return String(actual) === value;
    case '~':
      return String(actual).toLowerCase().includes(value.toLowerCase());
    case '<':
      return Number(actual) < Number(value);
    case '>':
      return Number(actual) > Number(value);
    case '<=':
      return Number(actual) <= Number(value);
    case '>=':
      return Number(actual) >= Number(value);
  }
}

/** One page of what a search found; the cursor is the number of results before the next page. */
export function searchPage<Item>(
  found: readonly Item[],
  page: { limit: number | undefined; page: string | undefined },
  url: string,
): object {
  const limit = limitOf(page.limit);
  const start = page.page === undefined ? 0 : Number(/^page_(\d+)$/.exec(page.page)?.[1]);
  if (Number.isNaN(start)) throw invalidRequest('Invalid page cursor', { param: 'page' });
  const end = start + limit;
  const has_more = found.length > end;
  return {
    object: 'search_result',
    data: found.slice(start, end),
    has_more,
    next_page: has_more ? `page_${end}` : null,
    url,
  };
}
