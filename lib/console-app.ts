import { join } from 'node:path';
import { buildSync, formatMessagesSync } from 'esbuild';

const appDir = join(import.meta.dirname, '..', 'console', 'finance', 'app');

/** A file that the browser loads, as it lies beside the console's function. */
export type ConsoleFile = { readonly name: 'app.js' | 'app.css'; readonly contents: Uint8Array };

/**
 * Bundles finance's console for browsers: one script and one style, minified, without source maps.
 *
 * @throws an error naming file and line where it does not build, or builds with a warning.
 */
export function bundleConsole(): readonly ConsoleFile[] {
  const { outputFiles, warnings } = buildSync({
    entryPoints: [
      { in: join(appDir, 'main.tsx'), out: 'app' },
      { in: join(appDir, 'style.css'), out: 'app' },
    ],
    outdir: appDir,
    bundle: true,
    write: false,
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    format: 'esm',
    minify: true,
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  if (warnings.length > 0) {
    throw new Error(formatMessagesSync(warnings, { kind: 'warning' }).join('\n'));
  }
  return outputFiles.map(({ path, contents }) => ({
    ...{ name: path.endsWith('.css') ? 'app.css' : 'app.js', contents },
  }));
}
