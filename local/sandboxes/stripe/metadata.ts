import { invalidRequest } from './errors.ts';
import type { Parameter } from './parameters.ts';

export type Metadata = Record<string, string>;

const maximumKeys = 50;
const maximumKeyLength = 40;
const maximumValueLength = 500;

/**
 * Reads metadata: keys of at most 40 and values of at most 500 characters. A key with an empty
 * value is to be removed; `metadata=` alone is to remove all, which is read as null.
 */
export function metadata(): Parameter<Metadata | null, false> {
  return {
    required: false,
    read(value, name) {
      if (value === '') return null;
      if (typeof value === 'string') throw invalidRequest('Invalid object', { param: name });
      const entries = Object.entries(value).map(([key, inner]): [string, string] => {
        const param = `${name}[${key}]`;
        if (typeof inner !== 'string') {
          throw invalidRequest('Metadata values must be strings.', { param });
        }
        refuseLong('keys', key, { maximum: maximumKeyLength, param });
        refuseLong('values', inner, { maximum: maximumValueLength, param });
        return [key, inner];
      });
      return Object.fromEntries(entries);
    },
  };
}

function refuseLong(what: string, content: string, limit: { maximum: number; param: string }) {
  if (content.length <= limit.maximum) return;
  throw invalidRequest(
    `Metadata ${what} can have up to ${limit.maximum} characters, but you passed in a ` +
      `${what === 'keys' ? 'key' : 'value'} that is ${content.length} characters. ` +
      `Invalid ${what === 'keys' ? 'key' : 'value'}: ${content}`,
    { param: limit.param },
  );
}

/**
 * Applies a change to metadata: keys merge, an empty value removes its key, null removes all.
 * @throws StripeApiError 400 past 50 keys.
 */
export function mergeMetadata(current: Metadata, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return current;
  if (change === null) return {};
  const merged = Object.fromEntries(
    Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''),
  );
  if (Object.keys(merged).length <= maximumKeys) return merged;
  throw invalidRequest(`You can only have up to ${maximumKeys} metadata keys.`, {
    param: 'metadata',
  });
}
