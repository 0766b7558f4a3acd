import { bai2Reader } from './bai2/read-bai2.ts';
import { camtReader } from './camt/read-camt.ts';
import type { CsvMapping } from './csv/mapping.ts';
import { csvReader, readCsv } from './csv/read-csv.ts';
import { decodeText } from './decode-text.ts';
import { mt940Reader } from './mt940/read-mt940.ts';
import { refused, type StatementReader, type StatementReading } from './reading.ts';
import { stripeJsonReader } from './stripe/json.ts';

/** About 57,000 entries of camt, which take under 1 GB of memory to read. Banks split above that. */
export const largestFileBytes = 32 * 1024 * 1024;

/** The first that recognizes the content reads it. The last takes what is left. */
const readers: readonly StatementReader[] = [
  camtReader,
  stripeJsonReader,
  mt940Reader,
  bai2Reader,
  csvReader,
];

/**
 * Reads a bank's or a provider's file of any known format. Its content decides which, never its
 * name. It never throws: what can't be read is a problem with its place, and what can be read comes
 * through.
 */
export function readStatements(bytes: Uint8Array, mapping?: CsvMapping): StatementReading {
  if (bytes.byteLength > largestFileBytes) {
    const detail = `Expected at most ${largestFileBytes} bytes, received ${bytes.byteLength}.`;
    return refused(null, 'statement.too_large', detail, {});
  }
  const text = decodeText(bytes);
  if (text.trim() === '') {
    return refused(null, 'statement.empty', 'The file is empty.', { line: 1, column: 1 });
  }
  if (mapping !== undefined) return readCsv(text, mapping);
  const reader = readers.find(({ recognizes }) => recognizes(text)) ?? csvReader;
  return reader.read(text);
}
