export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under that name; empty where there is none. */
export const objectAt = (parent: Json, name: string): Json => {
  const value = parent[name];
  return isJson(value) ? value : {};
};

/** Trimmed text; null for a blank or anything else, as EasyPost answers it. */
export const textAt = (parent: Json, name: string): string | null => {
  const value = parent[name];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
};

/** A number, or text that is one, as EasyPost accepts both; null for anything else. */
export const numberAt = (parent: Json, name: string): number | null => {
  const value = parent[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};
