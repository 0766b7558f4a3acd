import * as fc from 'fast-check';
import { filled, html } from '../../../console/tracking/html.ts';

describe('Markup', () => {
  it('keeps what is markup, and escapes what is text', () => {
    expect(html`<p title="${`"'`}">${'<b>&'}${html`<i>${1}</i>`}</p>`.markup).toBe(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</i></p>',
    );
  });

  it('leaves out what is not there', () => {
    expect(html`<p>${null}${undefined}${false}${[html`a`, html`b`]}</p>`.markup).toBe('<p>ab</p>');
  });

  it('takes no text for markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { markup } = html`<i>${text}</i>`;
        expect(markup.slice(3, -4)).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('lets no text turn the text behind it around', () => {
    expect(html`${'a\u202eb\u2066c\u200f'}`.markup).toBe('abc');
  });

  it('fills in markup by name, and leaves other braces alone', () => {
    expect(filled('<{date}> {other}', { date: html`<b>now</b>` }).markup).toBe(
      '&lt;<b>now</b>&gt; {other}',
    );
  });
});
