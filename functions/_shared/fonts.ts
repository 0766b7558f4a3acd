import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FontCase, fontCase } from '../../src/adapters/pdf/font-case.ts';

/** The fonts that stand beside the bundle of a function. */
export const bundledFonts = (): FontCase =>
  fontCase((path) => readFile(join(__dirname, 'fonts', path)));
