import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** What the browser loads after the page, as `lib/console-app.ts` builds it. */
export type ConsoleAssets = { readonly 'app.js': Buffer; readonly 'app.css': Buffer };

export type ConsoleAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

/** What a browser asked for: a file, or the page where there is none. */
export type ConsoleRequest = {
  readonly file: string | undefined;
  readonly acceptEncoding: string | undefined;
};

/**
 * The page runs its own script with its own style, and talks to its own origin and to the bucket that
 * takes large files: nothing inline, nothing from elsewhere, no frame, no form that is sent without the
 * script.
 */
const contentSecurityPolicy = (uploadsOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${uploadsOrigin}`,
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const headersFor = (uploadsOrigin: string) => ({
  'content-security-policy': contentSecurityPolicy(uploadsOrigin),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
  vary: 'accept-encoding',
});

const types = { 'app.js': 'text/javascript', 'app.css': 'text/css' } as const;
const HASH_LENGTH = 16;

/**
 * Finance's console over its files: the same for everybody, since all data comes from the API.
 * `uploadsOrigin` is where files go that are too large for the API.
 */
export function consoleSite(
  assets: ConsoleAssets,
  uploadsOrigin: string,
): (request: ConsoleRequest) => ConsoleAnswer {
  const headers = headersFor(uploadsOrigin);
  const pack = packed(headers);
  const page = pack(Buffer.from(pageOf(assets)), 'text/html', 'no-cache');
  const files = new Map(
    (['app.js', 'app.css'] as const).map((name) => [
      name as string,
      pack(assets[name], types[name], 'public, max-age=31536000, immutable'),
    ]),
  );
  const missing = notFound(headers);
  return ({ file, acceptEncoding = '' }) => {
    const found = file === undefined ? page : files.get(file);
    return found === undefined ? missing : found(/\bgzip\b/.test(acceptEncoding));
  };
}

type Headers = Readonly<Record<string, string>>;

const notFound = (headers: Headers): ConsoleAnswer => ({
  statusCode: 404,
  headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'There is no such file. The console is at /console.\n',
  isBase64Encoded: false,
});

/** Compressed once, when the function starts. */
const packed = (headers: Headers) => (content: Buffer, type: string, caching: string) => {
  const answer = (encoded: object, body: Buffer): ConsoleAnswer => ({
    statusCode: 200,
    headers: {
      ...headers,
      ...encoded,
      'content-type': `${type}; charset=utf-8`,
      'cache-control': caching,
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  });
  const small = answer({ 'content-encoding': 'gzip' }, gzipSync(content, { level: 9 }));
  const plain = answer({}, content);
  return (takesGzip: boolean): ConsoleAnswer => (takesGzip ? small : plain);
};

/** A file's address changes with its content, so that it may be kept for ever. */
const addressOf = (assets: ConsoleAssets, name: keyof ConsoleAssets): string =>
  `/console/${name}?v=${createHash('sha256').update(assets[name]).digest('hex').slice(0, HASH_LENGTH)}`;

const pageOf = (assets: ConsoleAssets): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>Tradelane Finance</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${addressOf(assets, 'app.css')}">
<script type="module" src="${addressOf(assets, 'app.js')}"></script></head>
<body><div id="app"></div><noscript>The finance console needs JavaScript.</noscript></body></html>
`;
