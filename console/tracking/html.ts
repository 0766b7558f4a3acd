/** Text that is markup already. Only `html` makes it, so nothing reaches a page unescaped. */
export type Html = { readonly markup: string };

type Value = Html | string | number | null | undefined | false | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that would turn the text behind them around; one of a name must not reach a sentence. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escapeText = (text: string): string =>
  text.replaceAll(BIDI_CONTROLS, '').replaceAll(/[&<>"']/g, (match) => ESCAPES[match] ?? '');

function markupOf(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

/**
 * Markup of a template: its own text as it stands, every value escaped, unless it is markup itself.
 * Null, undefined and false are nothing; attributes must stand in double quotes.
 *
 * @example html`<b>${'<script>'}</b>`.markup // '<b>&lt;script&gt;</b>'
 */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  markup: strings.reduce((markup, text, index) => markup + markupOf(values[index - 1]) + text),
});

/** A text whose `{name}` places are filled in; a place without a value stays as it is. */
export const filled = (text: string, values: Readonly<Record<string, Html>>): Html => ({
  markup: text
    .split(/(\{\w+\})/)
    .map((part) => values[part.slice(1, -1)]?.markup ?? escapeText(part))
    .join(''),
});
