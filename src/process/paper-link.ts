import { tradeIdOf, tradeSuffixOf } from '../platform/ids.ts';
import { isSigned, type LinkKeys, MAC_LENGTH, macOf } from './signature.ts';

/** The papers of a consignment that customs asks for. */
export const paperTypes = ['commercial_invoice', 'packing_list'] as const;
export type PaperType = (typeof paperTypes)[number];

/** Which paper of which trade, in which language (ISO 639). */
export type PaperName = {
  readonly tradeId: string;
  readonly type: PaperType;
  readonly language: string;
};

const MINUTE_MS = 60_000;
const PURPOSE = 'paper-link';
const LETTERS: Readonly<Record<PaperType, string>> = { commercial_invoice: 'i', packing_list: 'p' };
const TOKEN = new RegExp(
  `^([0-9a-z]{26})([ip])([a-z]{2})([0-9a-z]{6})([0-9A-Za-z_-]{${MAC_LENGTH}})$`,
);

/** The token of a paper, good until the minute in which `until` lies is over. */
export function paperToken([key]: LinkKeys, name: PaperName, until: Date): string {
  const minute = Math.floor(until.getTime() / MINUTE_MS)
    .toString(36)
    .padStart(6, '0');
  const text = `${tradeSuffixOf(name.tradeId)}${LETTERS[name.type]}${name.language}${minute}`;
  return text + macOf(key, PURPOSE, text);
}

export type PaperReading =
  | (PaperName & { readonly kind: 'valid' })
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Which paper a token opens; one that is too old is told from one that was never given. */
export function readPaperToken(keys: LinkKeys, token: string, now: Date): PaperReading {
  const [, suffix = '', letter = '', language = '', minute = '', mac = ''] =
    TOKEN.exec(token) ?? [];
  const text = `${suffix}${letter}${language}${minute}`;
  if (mac === '' || !isSigned(keys, PURPOSE, { text, mac })) return { kind: 'unknown' };
  const isOver = Math.floor(now.getTime() / MINUTE_MS) > Number.parseInt(minute, 36);
  if (isOver) return { kind: 'expired' };
  const type = letter === 'i' ? 'commercial_invoice' : 'packing_list';
  return { kind: 'valid', tradeId: tradeIdOf(suffix), type, language };
}
