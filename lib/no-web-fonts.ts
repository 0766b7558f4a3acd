/** Stands in the bundles for what unpacks web fonts: fonts here are TrueType. */
export const decompress = (): never => {
  throw new Error('Web fonts are not read here.');
};
