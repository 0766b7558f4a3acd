import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where recorded provider payloads lie, if this machine has them. They belong to their providers
 * and are no part of the project: set `CORPUS_DIR` to run the tests that replay them.
 *
 * @example const corpus = corpusDirectory(); (corpus ? it : it.skip)('…', () => {});
 */
export const corpusDirectory = (): string | undefined => process.env['CORPUS_DIR'] || undefined;

/** The name of a test that needs the corpus, which says why it is skipped where it is. */
export const corpusTest = (name: string): string =>
  corpusDirectory() === undefined ? `${name} (skipped: CORPUS_DIR is not set)` : name;

/** A corpus file's bytes. */
export const readCorpus = (...path: readonly string[]): Buffer =>
  readFileSync(join(corpusDirectory() ?? '', ...path));
