import { brotliDecompressSync } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import { int16s } from './outlines.ts';
import { INDEX_FORMAT_OFFSET, METRICS_OFFSET, type Tables, withNumbers } from './sfnt.ts';
import { rebuildGlyphs } from './woff2-glyphs.ts';

/** The tags that WOFF2 writes as a number, four letters each. */
const TAGS =
  'cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOSGSUBEBSCJSTFMATHCBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorxopbdproptrakZapfSilfGlatGlocFeatSill';
const OTHER_TAG = 63;
const SIGNATURE = 0x774f4632;

type Entry = { readonly tag: string; readonly length: number; readonly isTransformed: boolean };

/**
 * The tables of the TrueType font that a web font was made of (W3C, WOFF File Format 2.0). The PDF library reads
 * web fonts, but can neither vary their weight nor take single letters out of them.
 *
 * @throws RangeError where the bytes are no such font.
 */
export function unpackWoff2(bytes: Uint8Array): Tables {
  const reader = new ByteReader(bytes);
  if (reader.uint32() !== SIGNATURE) throw new RangeError('This is no WOFF2 font.');
  reader.take(8);
  const count = reader.uint16();
  reader.take(6);
  const packedLength = reader.uint32();
  reader.take(24);
  const entries = Array.from({ length: count }, () => readEntry(reader));
  const body = new ByteReader(brotliDecompressSync(reader.take(packedLength)));
  const packed = new Map(entries.map((entry) => [entry.tag, body.take(entry.length)]));
  return entries.some(({ isTransformed }) => isTransformed) ? rebuilt(packed, entries) : packed;
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.uint8();
  const index = flags & 0x3f;
  const tag =
    index === OTHER_TAG
      ? Buffer.from(reader.take(4)).toString('latin1')
      : TAGS.slice(index * 4, index * 4 + 4);
  const length = reader.base128();
  const version = flags >> 6;
  const isTransformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0;
  return { tag, isTransformed, length: isTransformed ? reader.base128() : length };
}

function rebuilt(packed: Tables, entries: readonly Entry[]): Tables {
  const tables = new Map(packed);
  const isTransformed = (tag: string): boolean =>
    entries.some((one) => one.tag === tag && one.isTransformed);
  const table = (tag: string): Uint8Array => {
    const found = packed.get(tag);
    if (found === undefined) throw new RangeError(`The font has no table ${tag}.`);
    return found;
  };
  const { glyf, loca, leftEdges } = rebuildGlyphs(table('glyf'));
  const head = withNumbers(packed, 'head', { [INDEX_FORMAT_OFFSET]: 1 });
  tables.set('glyf', glyf).set('loca', loca).set('head', head);
  const metrics = Buffer.from(table('hhea')).readUInt16BE(METRICS_OFFSET);
  if (isTransformed('hmtx')) tables.set('hmtx', rebuildMetrics(table('hmtx'), metrics, leftEdges));
  return tables;
}

/** The left side bearings of what was left out are the left edges of the letters. */
function rebuildMetrics(
  packed: Uint8Array,
  metrics: number,
  leftEdges: readonly number[],
): Uint8Array {
  const reader = new ByteReader(packed);
  const flags = reader.uint8();
  const advances = Array.from({ length: metrics }, () => reader.uint16());
  const bearings = leftEdges.map((edge, index) =>
    (flags & (index < metrics ? 1 : 2)) === 0 ? reader.int16() : edge,
  );
  return int16s(
    bearings.flatMap((bearing, index) =>
      index < metrics ? [advances[index] ?? 0, bearing] : [bearing],
    ),
  );
}
