import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from './functions.ts';
import { packageDir } from './packages.ts';

/** A font file by the path under which a function reads it, and where it comes from. */
export type FontFile = { readonly path: string; readonly source: string };

const SANS = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'];

/** What each function that prints has beside Latin, Greek, Cyrillic and Devanagari. */
const PRINTERS = {
  papers: ['arabic', 'jp', 'kr', 'sc', 'tc'],
  'finance-api': ['kr'],
} as const satisfies Partial<Record<FunctionName, readonly string[]>>;

type Printer = keyof typeof PRINTERS;
export const printers = Object.keys(PRINTERS) as readonly Printer[];

/**
 * The fonts that a function prints in (SIL Open Font License), which lie beside its bundle. Of web fonts
 * these are the slices of the scripts that nothing else has, and the index of them.
 */
export const fontFiles = (printer: Printer): readonly FontFile[] => [
  ...SANS.map((path) => ({
    ...{ path, source: join(packageDir('@embedpdf/fonts-latin'), 'fonts', path) },
  })),
  ...PRINTERS[printer].flatMap((family) => {
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
