import { type Html, html } from './html.ts';
import { directionOf, languageNames, languages } from './language.ts';
import { css } from './style.ts';
import type { Wording } from './wording.ts';

/** Markup that is not escaped: the style is ours, and in a style element nothing is text. */
const style: Html = { markup: `<style>${css}</style>` };

/** The switch needs no script: it is a form, and its button shows the page in the language chosen. */
const languageSwitch = ({ texts, locale }: Wording): Html =>
  html`<form class="language" method="get"><label for="lang">${texts.label.language}</label>
<select id="lang" name="lang">${languages.map(
    (code) =>
      html`<option value="${code}" lang="${code}"${code === locale.language && html` selected`}>${languageNames[code]}</option>`,
  )}</select><button class="second">${texts.label.show}</button></form>`;

/** A whole document around the content of a page. */
export const page = (wording: Wording, title: string, content: Html): string => {
  const { language } = wording.locale;
  const { label } = wording.texts;
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${title}</title><link rel="icon" href="data:,">${style}</head>
<body><a class="skip" href="#content">${label.skip}</a>
<header><h1>${title}</h1>${languageSwitch(wording)}</header>
<main id="content" tabindex="-1">${content}</main></body></html>
`.markup;
};
