import type { WriteOnceFiles } from '../../platform/write-once-files.ts';

/** Files in memory; `contents` is what a bucket would show to whoever may look into it. */
export const inMemoryWriteOnceFiles = (
  contents = new Map<string, Uint8Array>(),
): WriteOnceFiles => ({
  get: async (key) => {
    const bytes = contents.get(key);
    return bytes === undefined ? undefined : Uint8Array.from(bytes);
  },
  putOnce: async (key, bytes) => {
    if (contents.has(key)) return false;
    contents.set(key, Uint8Array.from(bytes));
    return true;
  },
});
