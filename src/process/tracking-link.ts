import { tradeIdOf, tradeSuffixOf } from '../platform/ids.ts';
import { isSigned, type LinkKeys, MAC_LENGTH, macOf } from './signature.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How long somebody may think about a form. */
const CONFIRMATION_MINUTES = 30;

const SUFFIX_LENGTH = 26;
const DAY_LENGTH = 4;
const TOKEN = new RegExp(
  `^[0-9a-hjkmnp-tv-z]{${SUFFIX_LENGTH}}(?:[0-9a-z]{4}){1,2}[0-9A-Za-z_-]{${MAC_LENGTH}}$`,
);

const dayOf = (instant: Date): number => Math.floor(instant.getTime() / DAY_MS);

/** Whose page a link opens, from when, for how long, and after how many that were revoked. */
export type LinkTerms = {
  readonly tradeId: string;
  readonly generation?: number;
  readonly now: Date;
  readonly days: number;
};

/** Days and generations, in four characters of the token. */
const inFour = (value: number): string => value.toString(36).padStart(DAY_LENGTH, '0');

/**
 * The token of a trade's tracking page: the trade, the last day on which it is good, its generation
 * where links were revoked before it, and the signature of all. It stands for the buyer, so it is all
 * that a page asks for. The same link is given all day.
 */
export function trackingToken(
  [key]: LinkKeys,
  { tradeId, generation = 0, now, days }: LinkTerms,
): string {
  const lastDay = inFour(dayOf(now) + days);
  const text = `${tradeSuffixOf(tradeId)}${lastDay}${generation === 0 ? '' : inFour(generation)}`;
  return text + macOf(key, 'tracking-link', text);
}

export type TokenReading =
  | { readonly kind: 'valid'; readonly tradeId: string; readonly generation: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Which trade a token opens. One that was never signed is told from one that is too old. */
export function readTrackingToken(keys: LinkKeys, token: string, now: Date): TokenReading {
  if (!TOKEN.test(token)) return { kind: 'unknown' };
  const text = token.slice(0, -MAC_LENGTH);
  if (!isSigned(keys, 'tracking-link', { text, mac: token.slice(-MAC_LENGTH) }))
    return { kind: 'unknown' };
  const end = SUFFIX_LENGTH + DAY_LENGTH;
  const lastDay = Number.parseInt(text.slice(SUFFIX_LENGTH, end), 36);
  if (dayOf(now) > lastDay) return { kind: 'expired' };
  const generation = Number.parseInt(text.slice(end) || '0', 36);
  return { kind: 'valid', tradeId: tradeIdOf(text.slice(0, SUFFIX_LENGTH)), generation };
}

/** What a form asks to be confirmed: one act on one trade as it was then. */
export type Confirmable = {
  readonly act: 'accept' | 'dispute';
  readonly tradeId: string;
  readonly version: number;
};

const confirmed = ({ act, tradeId, version }: Confirmable, minute: string): string =>
  [act, tradeId, version, minute].join('\n');

/** The hidden value of a form: good for half an hour, and for the trade as it is now. */
export function confirmationFor([key]: LinkKeys, what: Confirmable, now: Date): string {
  const minute = Math.floor(now.getTime() / MINUTE_MS).toString(36);
  return `${minute}.${macOf(key, 'confirmation', confirmed(what, minute))}`;
}

/** Whether a form's value was made for just this, and not too long ago. */
export function isConfirmation(
  keys: LinkKeys,
  what: Confirmable,
  { value, now }: { readonly value: string; readonly now: Date },
): boolean {
  const [minute = '', mac = ''] = value.split('.');
  if (!isSigned(keys, 'confirmation', { text: confirmed(what, minute), mac })) return false;
  const age = Math.floor(now.getTime() / MINUTE_MS) - Number.parseInt(minute, 36);
  return age >= 0 && age <= CONFIRMATION_MINUTES;
}
