/** A piece of a product module's source, which must occur exactly once, and what stands there instead. */
export type Patch = {
  /** From the root of the project. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

/** A bug that somebody might well write, planted in the product while it is loaded. */
export type Mutant = {
  readonly name: string;
  /** What is wrong with it, in a sentence. */
  readonly bug: string;
  readonly patches: readonly Patch[];
  /** Of which trades the worlds are in which it is hunted, where it needs several of a rare kind. */
  readonly scenarios?: readonly string[];
};

/**
 * A module's source with a patch applied.
 *
 * @throws Error where what is to be replaced does not occur exactly once: the product has changed,
 * and the mutant must be written anew.
 */
export function patched(source: string, { file, find, replace }: Patch): string {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file} holds ${parts.length - 1} times: ${find}`);
  }
  return parts.join(replace);
}
