import { tradeIdOf, tradeSuffixOf } from '../platform/ids.ts';
import { isSigned, type LinkKeys, MAC_LENGTH, macOf } from './signature.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How long somebody may think about a form. */
const CONFIRMATION_MINUTES = 30;

const SUFFIX_LENGTH = 26;
const TOKEN = new RegExp(
  `^[0-9a-hjkmnp-tv-z]{${SUFFIX_LENGTH}}[0-9a-z]{4}[0-9A-Za-z_-]{${MAC_LENGTH}}$`,
);

const dayOf = (instant: Date): number => Math.floor(instant.getTime() / DAY_MS);

/**
 * The token of a trade's tracking page: the trade, the last day on which it is good, and the
 * signature of both. It stands for the buyer, so it is all that a page asks for; nothing is stored.
 * The same link is given all day.
 */
export function trackingToken(
  [key]: LinkKeys,
  { tradeId, now, days }: { readonly tradeId: string; readonly now: Date; readonly days: number },
): string {
  const lastDay = (dayOf(now) + days).toString(36).padStart(4, '0');
  const text = `${tradeSuffixOf(tradeId)}${lastDay}`;
  return text + macOf(key, 'tracking-link', text);
}

export type TokenReading =
  | { readonly kind: 'valid'; readonly tradeId: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Which trade a token opens. One that was never signed is told from one that is too old. */
export function readTrackingToken(keys: LinkKeys, token: string, now: Date): TokenReading {
  if (!TOKEN.test(token)) return { kind: 'unknown' };
  const text = token.slice(0, -MAC_LENGTH);
  if (!isSigned(keys, 'tracking-link', { text, mac: token.slice(-MAC_LENGTH) }))
    return { kind: 'unknown' };
  const lastDay = Number.parseInt(text.slice(SUFFIX_LENGTH), 36);
  if (dayOf(now) > lastDay) return { kind: 'expired' };
  return { kind: 'valid', tradeId: tradeIdOf(text.slice(0, SUFFIX_LENGTH)) };
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
