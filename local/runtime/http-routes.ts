import type { Route } from './model.ts';

export type MatchedRoute = {
  readonly route: Route;
  /** The values of the path's parameters, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

export type RouteTable = (method: string, path: string) => MatchedRoute | undefined;

type CompiledRoute = {
  readonly route: Route;
  readonly method: string;
  readonly path: RegExp;
  readonly parameters: readonly string[];
  /** Orders routes: the most specific one sorts last. */
  readonly specificity: string;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A segment is text, a `{parameter}`, or a `{greedy+}` parameter that takes the rest of the path. */
const compileSegment = (segment: string) => {
  const [, parameter, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(segment) ?? [];
  if (parameter === undefined) return { pattern: escaped(segment), weight: '2' };
  return greedy === '+'
    ? { parameter, pattern: '(.+)', weight: '0' }
    : { parameter, pattern: '([^/]+)', weight: '1' };
};

const compile = (route: Route): CompiledRoute => {
  if (route.routeKey === '$default') {
    return { route, method: 'ANY', path: /^/, parameters: [], specificity: '0' };
  }
  const [method = '', path = ''] = route.routeKey.split(' ');
  const segments = path.split('/').map(compileSegment);
  const weights = segments.map(({ weight }) => weight).join('');
  return {
    route,
    method,
    path: new RegExp(`^${segments.map(({ pattern }) => pattern).join('/')}$`),
    parameters: segments.flatMap(({ parameter }) => (parameter === undefined ? [] : [parameter])),
    specificity: `1${weights}${method === 'ANY' ? '0' : '1'}`,
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};

/**
 * Compiles routes into a lookup. As in API Gateway the most specific route wins: text over a
 * parameter, a parameter over a greedy one, a method over `ANY`, and `$default` last. Of two equal
 * routes the first wins.
 */
export const compileRoutes = (routes: readonly Route[]): RouteTable => {
  const compiled = routes
    .map(compile)
    .sort((left, right) => right.specificity.localeCompare(left.specificity));
  return (requested, requestedPath) => {
    for (const { route, method, path, parameters } of compiled) {
      if (method !== 'ANY' && method !== requested) continue;
      const match = path.exec(requestedPath);
      if (match === null) continue;
      const values = parameters.map((name, index) => [name, decode(match[index + 1] ?? '')]);
      return { route, pathParameters: Object.fromEntries(values) };
    }
    return undefined;
  };
};
