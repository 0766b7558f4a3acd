import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildSync, formatMessagesSync, type OutputFile } from 'esbuild';
import { fontFiles, printers } from './fonts.ts';
import { type FunctionName, functionNames } from './functions.ts';
import { packageDir } from './packages.ts';
import { replaceIfChanged } from './replace-file.ts';

export type BundleOptions = {
  /** Holds one folder per function, each with a `handler.ts`. */
  readonly functionsDir: string;
  /** Receives `functions/<name>/index.cjs`, the fonts of those that print, `source-maps/<name>.cjs.map` and `metafile.json`. */
  readonly distDir: string;
};

/** Where a function's bundle is, and how many bytes a cold start has to read. */
export type Bundle = { readonly directory: string; readonly bytes: number };

/**
 * Bundles every function in one pass: minified CommonJS for Node 24 with everything inside.
 *
 * CommonJS, and no dynamic imports, because loading `node:http` or `node:https` as an ES module
 * pulls in undici and costs a cold start 15 to 35 ms (nodejs/node#57649, #59686). Source maps stay
 * out of what is deployed, where they would only be read; they serve to symbolicate afterwards.
 *
 * Files are replaced only where their content changed, and at once, so that two processes may bundle
 * the same sources side by side.
 *
 * @throws an error naming file and line where a handler does not build, or builds with a warning.
 */
export const bundleFunctions = ({
  functionsDir,
  distDir,
}: BundleOptions): Readonly<Record<FunctionName, Bundle>> => {
  const { outputFiles, metafile, warnings } = buildSync({
    entryPoints: functionNames.map((name) => ({
      in: join(functionsDir, name, 'handler.ts'),
      out: join(name, 'index'),
    })),
    outdir: join(distDir, 'functions'),
    outExtension: { '.js': '.cjs' },
    absWorkingDir: dirname(functionsDir),
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // As escapes, the texts of the pages in other scripts would take twice the bytes.
    charset: 'utf8',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    alias: {
      // As an ES module it looks for its files beside a URL, which a bundle does not have.
      pdfkit: join(packageDir('pdfkit'), 'js', 'pdfkit.js'),
      // Else it would be there twice, once as the PDF library asks for it and once as an ES module.
      fontkit: join(packageDir('fontkit'), 'dist', 'main.cjs'),
      linebreak: join(packageDir('linebreak'), 'dist', 'main.cjs'),
      // Unpacks web fonts with half a megabyte of a dictionary, which Node has itself.
      'brotli/decompress.js': join(import.meta.dirname, 'no-web-fonts.ts'),
      '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
      // For operations that stream, of which this product uses none.
      '@smithy/core/event-streams': join(import.meta.dirname, 'event-streams.ts'),
    },
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'silent',
  });
  if (warnings.length > 0) {
    throw new Error(formatMessagesSync(warnings, { kind: 'warning' }).join('\n'));
  }
  for (const file of outputFiles) replaceIfChanged(destinationOf(file, distDir), file.contents);
  for (const printer of printers) {
    for (const { path, source } of fontFiles(printer)) {
      const destination = join(distDir, 'functions', printer, 'fonts', path);
      replaceIfChanged(destination, readFileSync(source));
    }
  }
  replaceIfChanged(join(distDir, 'metafile.json'), Buffer.from(JSON.stringify(metafile)));
  return describeBundles(outputFiles, distDir);
};

const isSourceMap = ({ path }: OutputFile) => path.endsWith('.map');

const functionOf = ({ path }: OutputFile) => basename(dirname(path));

const destinationOf = (file: OutputFile, distDir: string) =>
  isSourceMap(file) ? join(distDir, 'source-maps', `${functionOf(file)}.cjs.map`) : file.path;

const describeBundles = (files: readonly OutputFile[], distDir: string) =>
  Object.fromEntries(
    files
      .filter((file) => !isSourceMap(file))
      .map((file) => [
        functionOf(file),
        { directory: join(distDir, 'functions', functionOf(file)), bytes: file.contents.length },
      ]),
  ) as Record<FunctionName, Bundle>;
