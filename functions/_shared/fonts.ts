import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Family, type FontCase, fontCase } from '../../src/adapters/pdf/font-case.ts';

/** The fonts that stand beside the bundle of a function, as `lib/fonts.ts` puts them there. */
export const bundledFonts = (present?: readonly Family[]): FontCase =>
  fontCase((path) => readFile(join(__dirname, 'fonts', path)), present);
