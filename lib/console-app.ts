import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync, formatMessagesSync } from 'esbuild';
import { replaceIfChanged } from './replace-file.ts';

const appDir = join(import.meta.dirname, '..', 'console', 'finance', 'app');
const HASH_LENGTH = 16;

/** A file that the page loads, under a name that follows from its content. */
export type ConsoleAsset = {
  readonly kind: 'script' | 'style';
  /** `app-0123456789abcdef.js` */
  readonly name: string;
  readonly contents: Uint8Array;
};

/** Where a built console lies: the page, and apart from it what may be kept for ever. */
export type ConsoleFolders = { readonly page: string; readonly assets: string };

/**
 * Bundles finance's console for browsers: one script and one style, minified, without source maps.
 *
 * @throws an error naming file and line where it does not build, or builds with a warning.
 */
export function bundleConsole(): readonly ConsoleAsset[] {
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
  return outputFiles.map(({ path, contents }) => {
    const hash = sha256(contents).slice(0, HASH_LENGTH);
    return path.endsWith('.css')
      ? { kind: 'style', name: `app-${hash}.css`, contents }
      : { kind: 'script', name: `app-${hash}.js`, contents };
  });
}

/**
 * Builds the console into a folder of its own below `dist/console`, named by its content, so that no
 * file of an earlier build is deployed with it.
 */
export function buildConsole({ distDir }: { readonly distDir: string }): ConsoleFolders {
  const bundled = bundleConsole();
  const page = Buffer.from(consolePage(bundled));
  const directory = join(distDir, 'console', sha256(page).slice(0, HASH_LENGTH));
  const folders = { page: join(directory, 'page'), assets: join(directory, 'assets') };
  for (const { name, contents } of bundled) replaceIfChanged(join(folders.assets, name), contents);
  replaceIfChanged(join(folders.page, 'index.html'), page);
  return folders;
}

const sha256 = (contents: Uint8Array): string =>
  createHash('sha256').update(contents).digest('hex');

/** The page: nothing inline, nothing of others. */
export function consolePage(assets: readonly ConsoleAsset[]): string {
  const addressOf = (kind: ConsoleAsset['kind']) =>
    `/console/assets/${assets.find((asset) => asset.kind === kind)?.name}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>Tradelane Finance</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${addressOf('style')}">
<script type="module" src="${addressOf('script')}"></script></head>
<body><div id="app"></div><noscript>The finance console needs JavaScript.</noscript></body></html>
`;
}
