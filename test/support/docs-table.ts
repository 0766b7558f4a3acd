import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '../../docs');

/**
 * A generated table in a document, between `<!-- begin NAME -->` and `<!-- end NAME -->`. With
 * `UPDATE_DOCS=1` it is written; the caller then compares it with what stands there.
 */
export const docsTable = (
  document: string,
  name: string,
  rows: readonly (readonly string[])[],
): { readonly written: string; readonly generated: string } => {
  const path = join(docs, document);
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
  const [before = '', rest = ''] = text.split(begin);
  const [written = '', after = ''] = rest.split(end);
  const generated = `\n${table(rows)}\n`;
  if (process.env['UPDATE_DOCS'] !== '1') return { written, generated };
  writeFileSync(path, `${before}${begin}${generated}${end}${after}`);
  return { written: generated, generated };
};

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('');
};
