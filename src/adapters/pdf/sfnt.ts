import { ByteReader } from './byte-reader.ts';

/** The tables of a TrueType font by their tags. */
export type Tables = ReadonlyMap<string, Uint8Array>;

/** In `head`: whether `loca` has long numbers. */
export const INDEX_FORMAT_OFFSET = 50;
/** In `hhea`: how many glyphs have a width of their own. */
export const METRICS_OFFSET = 34;

const TRUE_TYPE = 0x00010000;

/** The tables of a font file. */
export function readFont(bytes: Uint8Array): Tables {
  const reader = new ByteReader(bytes);
  if (reader.uint32() !== TRUE_TYPE) throw new RangeError('This is no TrueType font.');
  const count = reader.uint16();
  reader.take(6);
  const entries = Array.from({ length: count }, (): [string, Uint8Array] => {
    const tag = Buffer.from(reader.take(4)).toString('latin1');
    reader.take(4);
    const offset = reader.uint32();
    return [tag, bytes.subarray(offset, offset + reader.uint32())];
  });
  return new Map(entries);
}

/** A font file of its tables, without the sums that only guard a file on its way. */
export function writeFont(tables: Tables): Buffer {
  const directory = Buffer.alloc(12 + tables.size * 16);
  directory.writeUInt32BE(TRUE_TYPE, 0);
  directory.writeUInt16BE(tables.size, 4);
  const parts: Uint8Array[] = [directory];
  let offset = directory.length;
  for (const [index, tag] of [...tables.keys()].sort().entries()) {
    const bytes = tables.get(tag) ?? new Uint8Array();
    const at = 12 + index * 16;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(bytes.length, at + 12);
    const padding = (4 - (bytes.length % 4)) % 4;
    parts.push(bytes, new Uint8Array(padding));
    offset += bytes.length + padding;
  }
  return Buffer.concat(parts);
}

/** A copy of a table with some of its 16-bit numbers set anew, by their place. */
export function withNumbers(
  tables: Tables,
  tag: string,
  numbers: Readonly<Record<number, number>>,
): Buffer {
  const found = tables.get(tag);
  if (found === undefined) throw new RangeError(`The font has no table ${tag}.`);
  const table = Buffer.from(found);
  for (const [at, number] of Object.entries(numbers)) table.writeUInt16BE(number, Number(at));
  return table;
}
