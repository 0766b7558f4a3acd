import { isUtf8 } from 'node:buffer';

/**
 * A file's text. Banks send UTF-8, UTF-16 and Windows-1252, with and without a mark. A byte order
 * mark decides; then what an XML declaration says; then whether the bytes are UTF-8; what is left
 * is Windows-1252, of which Latin-1 is a part and which reads any byte.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const encoding = declaredEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  return new TextDecoder(encoding).decode(bytes);
}

/** UTF-16 without a mark shows itself by its zero bytes. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return undefined;
}

const DECLARATION_BYTES = 200;
const SINGLE_BYTE = /^(?:iso-8859-(?:[1-9]|1[0-6])|windows-125[0-8]|us-ascii|latin1)$/;

/** What an XML declaration says, where it says that every byte is a character. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, DECLARATION_BYTES));
  const name = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase();
  return name !== undefined && SINGLE_BYTE.test(name) ? name : undefined;
}
