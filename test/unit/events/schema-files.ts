import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

const root = fileURLToPath(new URL('../../../events/', import.meta.url));

/** Files whose main schema is not named as the file is. */
const SCHEMA_NAMES: Readonly<Record<string, string>> = {
  'event-record': 'EventRecordSchema',
  'marketplace/party': 'PartyProfile',
};

/** Every published schema file, as `folder/name` without `.v1.ts`. */
export const schemaFiles: readonly string[] = readdirSync(root, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((path) => path.endsWith('.v1.ts'))
  .map((path) => path.slice(0, -'.v1.ts'.length))
  .sort();

/** Every sample, as `folder/name` without `.v1.json`. */
export const sampleFiles: readonly string[] = readdirSync(root, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((path) => path.endsWith('.v1.json'))
  .map((path) => path.slice(0, -'.v1.json'.length))
  .sort();

const pascalCase = (kebab: string): string =>
  kebab.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The schema that a file is there for. */
export async function schemaOf(name: string): Promise<z.ZodMiniType> {
  const exported = SCHEMA_NAMES[name] ?? pascalCase(name.slice(name.lastIndexOf('/') + 1));
  const module: Readonly<Record<string, unknown>> = await import(`../../../events/${name}.v1.ts`);
  const schema = module[exported];
  if (schema instanceof z.ZodMiniType) return schema;
  throw new Error(`events/${name}.v1.ts exports no schema ${exported}.`);
}

/** The value once for each of its objects, with one field in that object that no schema knows. */
export function withUnknownField(value: Json): readonly { at: string; value: Json }[] {
  if (Array.isArray(value)) {
    return value.flatMap((member, index) =>
      withUnknownField(member).map(({ at, value: changed }) => ({
        at: `/${index}${at}`,
        value: value.with(index, changed),
      })),
    );
  }
  if (!isJsonObject(value)) return [];
  const here = { at: '', value: { ...value, unheardOf: true } };
  const inside = Object.entries(value).flatMap(([key, member]) =>
    withUnknownField(member).map(({ at, value: changed }) => ({
      at: `/${key}${at}`,
      value: { ...value, [key]: changed } satisfies JsonObject,
    })),
  );
  return [here, ...inside];
}
