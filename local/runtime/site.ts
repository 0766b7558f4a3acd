import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { GatewayResponse } from './http-payload.ts';
import type { SiteFolder, SiteModel } from './model.ts';

/** Answers a path, or undefined where the site has nothing there. */
export type Site = (path: string) => GatewayResponse | undefined;

type EdgeRequest = { readonly method: string; readonly uri: string };
type EdgeResponse = {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, { readonly value: string }>>;
};
type EdgeFunction = (event: { readonly request: EdgeRequest }) => EdgeRequest | EdgeResponse;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const filesOf = ({ directory, prefix, cacheControl }: SiteFolder) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path): [string, Omit<GatewayResponse, 'statusCode'>] => [
      `/${[prefix, ...relative(directory, path).split(sep)].join('/')}`,
      {
        headers: {
          'content-type': types[extname(path)] ?? 'application/octet-stream',
          ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
        },
        body: readFileSync(path),
      },
    ]);

/**
 * Serves what a distribution would: the files that a deployment puts into its bucket, by the function
 * that it runs on each request, with the headers of its policy.
 *
 * @param locally where what a header says of AWS is found on this machine
 */
export const createSite = (
  { folders, headers, onRequest }: SiteModel,
  locally: (header: string) => string,
): Site => {
  const files = new Map(folders.flatMap(filesOf));
  const edge: EdgeFunction =
    onRequest === undefined
      ? ({ request }) => request
      : runInNewContext(`${onRequest}\nhandler`, Object.create(null));
  const always = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, locally(value)]),
  );
  return (path) => {
    const decided = edge({ request: { method: 'GET', uri: path } });
    if ('statusCode' in decided) {
      const own = Object.entries(decided.headers ?? {}).map(([name, { value }]) => [name, value]);
      return {
        statusCode: decided.statusCode,
        headers: { ...Object.fromEntries(own), ...always },
        body: Buffer.alloc(0),
      };
    }
    const file = files.get(decided.uri);
    if (file === undefined) return undefined;
    return { statusCode: 200, headers: { ...file.headers, ...always }, body: file.body };
  };
};
