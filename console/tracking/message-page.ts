import { html } from './html.ts';
import { page } from './layout.ts';
import type { Wording } from './wording.ts';

/** A page that says why there is nothing else to see. */
export const messagePage = (wording: Wording, what: 'notFound' | 'gone' | 'busy'): string => {
  const { label } = wording.texts;
  return page(wording, label[what], html`<section><p>${label[`${what}Text`]}</p></section>`);
};
