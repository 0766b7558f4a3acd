import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSite } from '../../../local/runtime/site.ts';

const onRequest = `function handler(event) {
  if (event.request.uri === '/') {
    return { statusCode: 302, headers: { location: { value: '/site' } } };
  }
  if (event.request.uri === '/site') event.request.uri = '/site/index.html';
  return event.request;
}`;

describe('A site as it is hosted', () => {
  const directory = mkdtempSync(join(tmpdir(), 'site-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<p>Here</p>');
  writeFileSync(join(directory, 'assets', 'app.js'), 'run()');
  afterAll(() => rmSync(directory, { recursive: true }));

  const headers = { 'content-security-policy': "connect-src 'self' https://bucket.example" };
  const model = {
    ...{ logicalId: 'Site', headers, onRequest },
    folders: [{ directory, prefix: 'site', cacheControl: 'no-cache' }],
  };
  const site = createSite(model, (text) =>
    text.replace('https://bucket.example', 'http://127.0.0.1:1'),
  );

  it('gives the page, by the function of its distribution, with the headers of its policy', () => {
    expect(site('/site')).toEqual({
      statusCode: 200,
      headers: {
        ...{ 'content-type': 'text/html', 'cache-control': 'no-cache' },
        'content-security-policy': "connect-src 'self' http://127.0.0.1:1",
      },
      body: Buffer.from('<p>Here</p>'),
    });
  });

  it('gives files within folders, each with its type', () => {
    expect(site('/site/assets/app.js')).toMatchObject({
      ...{ headers: { 'content-type': 'text/javascript' }, body: Buffer.from('run()') },
    });
  });

  it('answers what the function answers itself', () => {
    expect(site('/')).toMatchObject({ statusCode: 302, headers: { location: '/site' } });
  });

  it.each(['/site/other', '/index.html', '/site/../site/index.html', '/v1/trades'])(
    'has nothing at %s',
    (path) => {
      expect(site(path)).toBeUndefined();
    },
  );

  it('without a function serves paths as they are', () => {
    const plain = createSite({ ...model, onRequest: undefined }, (text) => text);
    expect(plain('/site')).toBeUndefined();
    expect(plain('/site/index.html')).toMatchObject({ headers });
  });
});
