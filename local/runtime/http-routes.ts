import type { Route } from './model.ts';

export type MatchedRoute = {
  readonly route: Route;
  /** The values of the path's parameters, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

export type RouteTable = (method: string, path: string) => MatchedRoute | undefined;

/** A segment is text, a `{parameter}`, or a `{greedy+}` parameter that takes the rest of the path. */
type Segment = { readonly text?: string; readonly parameter?: string; readonly greedy?: boolean };

type CompiledRoute = {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly Segment[];
  /** Orders routes: the most specific one sorts last. */
  readonly specificity: string;
};

const parseSegment = (text: string): Segment => {
  const [, parameter, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(text) ?? [];
  return parameter === undefined ? { text } : { parameter, greedy: greedy === '+' };
};

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const weightOf = ({ text, greedy }: Segment): string => {
  if (text !== undefined) return '2';
  return greedy === true ? '0' : '1';
};

const compile = (route: Route): CompiledRoute => {
  const isDefault = route.routeKey === '$default';
  const [method = '', path = ''] = isDefault ? ['ANY', ''] : route.routeKey.split(' ');
  const segments = isDefault
    ? [{ parameter: '', greedy: true }]
    : segmentsOf(path).map(parseSegment);
  const weights = segments.map(weightOf).join('');
  const specificity = `${isDefault ? '0' : '1'}${weights}${method === 'ANY' ? '0' : '1'}`;
  return { route, method, segments, specificity };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};

const matchSegments = (
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, { text, parameter = '', greedy }] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (greedy === true) {
      const rest = parts.slice(index).join('/');
      return parameter === '' ? parameters : { ...parameters, [parameter]: decode(rest) };
    }
    if (text === undefined ? part === '' : part !== text) return undefined;
    if (text === undefined) parameters[parameter] = decode(part);
  }
  return segments.length === parts.length ? parameters : undefined;
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
  return (method, path) => {
    const parts = segmentsOf(path);
    for (const { route, method: wanted, segments } of compiled) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const pathParameters = matchSegments(segments, parts);
      if (pathParameters !== undefined) return { route, pathParameters };
    }
    return undefined;
  };
};
