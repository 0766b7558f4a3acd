/** True for a JSON object: neither an array nor null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Text of at most `longest` characters, without control characters and outer spaces; empty for
 * anything that is not text.
 */
export const text = (value: unknown, longest: number): string =>
  typeof value === 'string'
    ? value
        .slice(0, 4 * longest)
        .toWellFormed()
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, longest)
        .toWellFormed()
    : '';

/** An id that can stand in an event: printable ASCII without spaces, at most 128 characters. */
export const printableId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined;

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * An ISO 8601 time as UTC with milliseconds. A time without a zone is read as UTC and says so.
 * Undefined for anything that is not a time, or not in a four-digit year.
 */
export const utcInstant = (
  value: unknown,
): { readonly occurredAt: string; readonly timeZoneKnown: boolean } | undefined => {
  const parts = typeof value === 'string' ? ISO_TIME.exec(value.trim().slice(0, 40)) : null;
  if (parts === null) return undefined;
  const [, date, time, zone] = parts;
  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2');
  const ms = Date.parse(`${date}T${time}${offset}`);
  if (Number.isNaN(ms)) return undefined;
  const occurredAt = new Date(ms).toISOString();
  return /^\d{4}-/.test(occurredAt) ? { occurredAt, timeZoneKnown: zone !== undefined } : undefined;
};

/** The objects in a JSON array; none where it is no array. A lone object stands for one of them. */
export const objectsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);

/** A member of an object by its path; undefined where any step is missing. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inside, name) => (isObject(inside) ? inside[name] : undefined), value);

/** An id that came as text or as a whole number, as `printableId`. */
export const idOf = (value: unknown): string | undefined =>
  printableId(typeof value === 'number' ? String(value) : textOrUndefined(value));

const textOrUndefined = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim().replaceAll(/\s+/g, '-') : undefined;
