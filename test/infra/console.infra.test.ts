import { gzipSync } from 'node:zlib';
import { bundleConsole } from '../../lib/console-app.ts';

const files = new Map(bundleConsole().map(({ name, contents }) => [name, Buffer.from(contents)]));

describe("finance's console, as it is built", () => {
  it('is one script and one style', () => {
    expect([...files.keys()].sort()).toEqual(['app.css', 'app.js']);
  });

  it('is a script of less than 120 KB as it is sent', () => {
    const script = files.get('app.js') ?? Buffer.alloc(0);
    expect(script.length).toBeGreaterThan(10_000);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(120_000);
  });

  it('loads nothing later and makes no code of text', () => {
    expect(files.get('app.js')?.toString()).not.toMatch(
      /\bimport\(|\beval\(|new Function|sourceMappingURL/,
    );
  });

  it('names no other server', () => {
    const urls = [...files.values()].flatMap((file) =>
      [...file.toString().matchAll(/https?:\/\/[\w.-]+/g)].map(([url]) => url),
    );
    // Names of the markup languages, which Preact creates elements with.
    expect(urls.filter((url) => url !== 'http://www.w3.org')).toEqual([]);
  });
});
