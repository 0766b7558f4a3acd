import { registerHooks } from 'node:module';
import { type Mutant, patched } from './mutant.ts';

/** A planted mutant. `assertLoaded` says whether the product has loaded every patched module. */
export type Planted = { readonly assertLoaded: () => void };

/**
 * Plants a mutant in this process: its patches are applied to the sources as Node loads them, so
 * nothing changes on disk. Call it before any module of the product is imported, once in a process.
 */
export function plant({ name, patches }: Mutant): Planted {
  const pending = new Set(patches);
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const own = patches.filter(({ file }) => url.endsWith(`/${file}`));
      if (own.length === 0) return loaded;
      for (const patch of own) pending.delete(patch);
      return { ...loaded, source: own.reduce(patched, String(loaded.source)) };
    },
  });
  return {
    assertLoaded: () => {
      const [left] = pending;
      if (left !== undefined) throw new Error(`${name}: ${left.file} was never loaded.`);
    },
  };
}
