import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from './packages.ts';

/** A font file by the path under which a function reads it, and where it comes from. */
export type FontFile = { readonly path: string; readonly source: string };

const SANS = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'];
const FAMILIES = ['arabic', 'jp', 'kr', 'sc', 'tc'];

/**
 * The fonts that is printed in (SIL Open Font License), beside the function that prints. Of web fonts
 * these are the slices of the scripts that nothing else has, and the index of them.
 */
export const fontFiles = (): readonly FontFile[] => [
  ...SANS.map((path) => ({
    ...{ path, source: join(packageDir('@embedpdf/fonts-latin'), 'fonts', path) },
  })),
  ...FAMILIES.flatMap((family) => {
    const name = `noto-sans-${family}`;
    const directory = packageDir(`@fontsource-variable/${name}`);
    const slices = readdirSync(join(directory, 'files'))
      .filter((file) => /-(?:\d+|arabic)-wght-normal\.woff2$/.test(file))
      .map((file) => join('files', file));
    return ['unicode.json', ...slices].map((path) => ({
      ...{ path: join(name, path), source: join(directory, path) },
    }));
  }),
];
