import { sha256Hex } from '../platform/ids.ts';

const DIGEST_LENGTH = 32;

const normalized = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * The identity of a scan: the same scan, told again in a later history, has the same key. Case and
 * spacing do not count. The provider stands in front, because times without a zone compare within
 * one provider only. The rest is a digest of 128 bits, so no free text shows through.
 *
 * @example scanKey('easypost', ['EZ4000000004', '2026-11-20T08:10:00Z', 'delivered', 'BERLIN'])
 */
export const scanKey = (provider: string, parts: readonly string[]): string =>
  `${provider}:${sha256Hex(parts.map(normalized).join('\n')).slice(0, DIGEST_LENGTH)}`;

/** The provider a key was made for; empty where the key names none. */
export const providerOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf(':')));
