import type { ResourceNames } from './model.ts';

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** CDK ends a logical id with eight hexadecimal digits, unless an app names them itself. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/**
 * Finds one resource by its physical name, its logical id, the end of its physical name
 * (`payments` for `tradelane-local-payments`), its construct id with or without its kind
 * (`events` for `EventsTable1A2B3C4D`), or the beginning of its construct id. The first of these that
 * fits exactly one resource decides.
 *
 * @param kind the word that construct ids of this kind may end with, such as `Table`
 * @throws where nothing fits, naming what there is.
 */
export const findByName = <T extends ResourceNames>(
  resources: readonly T[],
  wanted: string,
  kind: string,
): T => {
  const constructIdOf = ({ logicalId }: T) => plain(withoutHash(logicalId));
  const rules: readonly ((resource: T) => boolean)[] = [
    ({ name, logicalId }) => name === wanted || logicalId === wanted,
    ({ name }) => name.endsWith(`-${wanted}`),
    (resource) => [plain(wanted), plain(wanted + kind)].includes(constructIdOf(resource)),
    (resource) => constructIdOf(resource).startsWith(plain(wanted)),
  ];
  for (const rule of rules) {
    const [found, another] = resources.filter(rule);
    if (found !== undefined && another === undefined) return found;
  }
  const names = resources.map(({ name }) => name).join(', ');
  throw new Error(`No one ${kind.toLowerCase()} is meant by ${wanted}. There are: ${names}`);
};
