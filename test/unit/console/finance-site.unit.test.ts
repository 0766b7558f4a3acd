import { gunzipSync } from 'node:zlib';
import { consoleSite } from '../../../console/finance/site.ts';

const BUCKET = 'https://bucket.example';
const serve = consoleSite(
  { 'app.js': Buffer.from('run()'), 'app.css': Buffer.from('p{}') },
  BUCKET,
);
const bodyOf = ({ body }: { body: string }) => Buffer.from(body, 'base64');

describe("Finance's console as it is served", () => {
  it('is a page without inline script or style, which may only talk to its own origin and the bucket', () => {
    const page = serve({ file: undefined, acceptEncoding: undefined });
    const html = bodyOf(page).toString();
    expect(html).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=/);
    expect(html).not.toMatch(/https?:/);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https://bucket.example; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.headers).toMatchObject({
      ...{ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' },
      'cache-control': 'no-cache',
    });
  });

  it('names its files by their content, so that they may be kept', () => {
    const html = bodyOf(serve({ file: undefined, acceptEncoding: undefined })).toString();
    const [, script = ''] = /src="([^"]+)"/.exec(html) ?? [];
    expect(script).toMatch(/^\/console\/app\.js\?v=[0-9a-f]{16}$/);
    const other = consoleSite(
      { 'app.js': Buffer.from('walk()'), 'app.css': Buffer.from('p{}') },
      BUCKET,
    );
    const next = bodyOf(other({ file: undefined, acceptEncoding: undefined })).toString();
    expect(next).not.toContain(script);
    const file = serve({ file: 'app.js', acceptEncoding: undefined });
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('is compressed for whoever takes that', () => {
    const plain = serve({ file: 'app.js', acceptEncoding: 'br' });
    const small = serve({ file: 'app.js', acceptEncoding: 'br, gzip' });
    expect(bodyOf(plain).toString()).toBe('run()');
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(gunzipSync(bodyOf(small)).toString()).toBe('run()');
  });

  it('has no other file', () => {
    expect(serve({ file: 'constructor', acceptEncoding: 'gzip' }).statusCode).toBe(404);
    expect(serve({ file: '../index.cjs', acceptEncoding: 'gzip' }).statusCode).toBe(404);
  });
});
