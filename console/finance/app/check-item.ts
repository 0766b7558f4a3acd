import type { Money } from './answers.ts';
import { moneyText } from './format.ts';
import { type Language, type Words, wordOf } from './words.ts';

type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMoney = (value: Item): value is Item & Money =>
  typeof value['amountMinor'] === 'string' && typeof value['currency'] === 'string';

/** What another column says, or nobody reads: times to the millisecond, lists of ids. */
const UNTOLD = new Set([
  ...['currency', 'left', 'right', 'raisedAt', 'updatedAt', 'status', 'ageBusinessDays'],
  ...['id', 'code', 'place'],
]);
/** These say by themselves what they are. */
const PLAIN = new Set(['account', 'rec', 'detail', 'positions']);
const MINOR = 'Minor';

/**
 * An item of a check as a person reads it: amounts with their currency, accounts, recs and kinds by
 * their names, and what has no value left out. Fields that nobody has a word for stand under their own.
 */
export function checkItemText(item: Item, w: Words, language: Language): string {
  return Object.entries(item)
    .filter(([name, value]) => value !== null && value !== undefined && !UNTOLD.has(name))
    .map(([name, value]) => {
      const text = valueText(name, value, { item, w, language });
      const label = wordOf(w.checkField, name);
      return PLAIN.has(name) ? text : `${label} ${text}`;
    })
    .join(' · ');
}

type Context = { readonly item: Item; readonly w: Words; readonly language: Language };

function valueText(name: string, value: unknown, context: Context): string {
  const { item, w, language } = context;
  if (Array.isArray(value)) {
    return value.map((one) => valueText(name, one, context)).join('; ');
  }
  if (isItem(value)) {
    return isMoney(value)
      ? moneyText(language, value.amountMinor, value.currency)
      : checkItemText(value, w, language);
  }
  const text = String(value);
  if (name.endsWith(MINOR)) return moneyText(language, text, String(item['currency'] ?? ''));
  if (name === 'account')
    return text in w.accountName ? `${text} ${wordOf(w.accountName, text)}` : text;
  if (name === 'rec') return wordOf(w.rec, text);
  return name === 'kind' || name === 'type' ? wordOf(w.breakKind, text) : text;
}
