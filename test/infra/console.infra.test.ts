import { gzipSync } from 'node:zlib';
import { bundleConsole, type ConsoleAsset, consolePage } from '../../lib/console-app.ts';

const assets = bundleConsole();
const files = new Map(assets.map(({ kind, contents }) => [kind, Buffer.from(contents)]));

describe("finance's console, as it is built", () => {
  it('is one script and one style', () => {
    expect(assets.map(({ kind }) => kind).sort()).toEqual(['script', 'style']);
  });

  it('is a script of less than 120 KB as it is sent', () => {
    const script = files.get('script') ?? Buffer.alloc(0);
    expect(script.length).toBeGreaterThan(10_000);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(120_000);
  });

  it('loads nothing later and makes no code of text', () => {
    expect(files.get('script')?.toString()).not.toMatch(
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

describe('its page', () => {
  const page = consolePage(assets);

  it('has nothing inline and names no other server', () => {
    expect(page).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=/);
    expect(page).not.toMatch(/https?:/);
  });

  it('loads files whose names change with their content, so that they may be kept', () => {
    const [, script = ''] = /src="([^"]+)"/.exec(page) ?? [];
    expect(script).toMatch(/^\/console\/assets\/app-[0-9a-f]{16}\.js$/);
    expect(script).toBe(`/console/assets/${assets.find(({ kind }) => kind === 'script')?.name}`);
    const other: ConsoleAsset = {
      ...{ kind: 'script', name: 'app-0.js', contents: Buffer.from('walk()') },
    };
    expect(consolePage([other])).toContain('src="/console/assets/app-0.js"');
  });
});
