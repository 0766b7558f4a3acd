import { readFileSync } from 'node:fs';
import { decodePayload } from '../../src/adapters/carriers/decode.ts';
import {
  type CarrierName,
  carrierNames,
  carrierParsers,
  isCarrierName,
  recognize,
} from '../../src/adapters/carriers/readers.ts';
import type { CarrierReading, Tracking } from '../../src/adapters/carriers/reading.ts';
import { parseXml } from '../../src/adapters/carriers/xml.ts';
import { trackReport } from './track-report.ts';

const usage = `Usage: npm run --silent track -- CARRIER FILE...

Reads the payload files of one shipment, webhooks or API answers in JSON or XML, as one history and
prints its canonical status as JSON. CARRIER is one of ${carrierNames.join(', ')}, or auto.
`;

/** What a file holds, or why it is no tracking. */
type FileReading = Tracking | { readonly kind: 'refused'; readonly reason: string };

const readFile = (carrier: CarrierName | 'auto', path: string): FileReading => {
  const decoded = decodePayload(readFileSync(path), parseXml);
  if (decoded.kind === 'undecodable') return { kind: 'refused', reason: decoded.reason };
  const reading =
    carrier === 'auto' ? recognize(decoded.value)?.reading : carrierParsers[carrier](decoded.value);
  return accepted(reading);
};

const accepted = (reading: CarrierReading | undefined): FileReading => {
  switch (reading?.kind) {
    case 'tracking':
      return reading;
    case 'ignored':
      return { kind: 'refused', reason: `It is about something else: ${reading.what}.` };
    case 'unreadable':
      return { kind: 'refused', reason: reading.reason };
    default:
      return { kind: 'refused', reason: 'No carrier is known whose tracking this is.' };
  }
};

const run = ([carrier = '', ...paths]: readonly string[]): number => {
  if (carrier === '--help' || carrier === '-h') {
    process.stdout.write(usage);
    return 0;
  }
  if ((carrier !== 'auto' && !isCarrierName(carrier)) || paths.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  const read: Tracking[] = [];
  for (const path of paths) {
    const reading = readFile(carrier, path);
    if (reading.kind === 'refused') {
      process.stderr.write(`${path} is not a tracking payload. ${reading.reason}\n`);
      return 1;
    }
    read.push(reading);
  }
  process.stdout.write(`${JSON.stringify(trackReport(read), null, 2)}\n`);
  return 0;
};

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
