import { inflateSync } from 'node:zlib';

/** A stretch of text as a page shows it, in points from the left and the bottom. */
export type Shown = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly font: string;
  readonly text: string;
};

type Objects = ReadonlyMap<string, { readonly head: string; readonly stream: string }>;

/** Reads back what is shown in a file that the PDF library wrote, in the order in which it was written. */
export function shownIn(pdf: Buffer): readonly Shown[] {
  const objects = objectsOf(pdf);
  const pages = /\/Type \/Pages[\s\S]*?\/Kids \[([^\]]*)\]/.exec(pdf.toString('latin1'))?.[1] ?? '';
  return [...pages.matchAll(/(\d+) 0 R/g)].flatMap(([, id = ''], page) =>
    shownOn(objects, id).map((shown) => ({ page: page + 1, ...shown })),
  );
}

/** The lines of a file from the top of the first page on, each from left to right. */
export function linesIn(pdf: Buffer): readonly string[] {
  const lines = Map.groupBy(shownIn(pdf), ({ page, y }) => `${page} ${Math.round(y)}`);
  return [...lines.values()]
    .toSorted(([one], [other]) => heightOf(one) - heightOf(other))
    .map((line) =>
      line
        .toSorted((one, other) => one.x - other.x)
        .map(({ text }) => text)
        .join(' '),
    );
}

const heightOf = (shown: Shown | undefined): number =>
  shown === undefined ? 0 : shown.page * 10_000 - shown.y;

function objectsOf(pdf: Buffer): Objects {
  const found = pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g);
  return new Map(
    [...found].map(([, id = '', body = '']) => {
      const [head = '', packed] = body.split(/\nstream\n/);
      const bytes = Buffer.from(packed?.replace(/\nendstream$/, '') ?? '', 'latin1');
      const isPacked = packed !== undefined && head.includes('/FlateDecode');
      return [id, { head, stream: isPacked ? inflateSync(bytes).toString('latin1') : '' }];
    }),
  );
}

const referenced = (objects: Objects, head: string, key: string) =>
  objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? '') ?? { head: '', stream: '' };

function shownOn(objects: Objects, id: string): readonly Omit<Shown, 'page'>[] {
  const head = objects.get(id)?.head ?? '';
  const resources = referenced(objects, head, 'Resources').head;
  const { stream } = referenced(objects, head, 'Contents');
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font = '']) => {
      const dictionary = objects.get(font)?.head ?? '';
      const characters = charactersOf(referenced(objects, dictionary, 'ToUnicode').stream);
      const called = /\/BaseFont \/\w+\+(\S+)/.exec(dictionary)?.[1] ?? '';
      return [name, { called, characters }];
    }),
  );
  let font = fonts.get('');
  return [...stream.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = '']) => {
    const [, x, y] = /1 0 0 1 (\S+) (\S+) Tm/.exec(block) ?? [];
    font = fonts.get(/\/(F\d+) \S+ Tf/.exec(block)?.[1] ?? '') ?? font;
    const codes = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(
      ([, hex]) => hex?.match(/.{4}/g) ?? [],
    );
    const text = codes.map((code) => font?.characters[Number.parseInt(code, 16)] ?? '').join('');
    return { x: Number(x), y: Number(y), font: font?.called ?? '', text };
  });
}

/** By the map that the library writes: for each glyph the characters that it stands for. */
const charactersOf = (cmap: string): readonly string[] =>
  [...cmap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/g)].flatMap(([, body = '']) =>
    [...body.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) =>
      String.fromCharCode(
        ...(hex.match(/[0-9a-f]{4}/g) ?? []).map((one) => Number.parseInt(one, 16)),
      ),
    ),
  );
