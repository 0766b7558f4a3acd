import { join } from 'node:path';

/** Where a package is installed. */
export const packageDir = (name: string): string =>
  join(import.meta.dirname, '..', 'node_modules', ...name.split('/'));
