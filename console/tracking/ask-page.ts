import type { TrackingView } from '../../src/process/tracking-view.ts';
import { filled, type Html, html } from './html.ts';
import { page } from './layout.ts';
import { type Links, type Notice, noticeOf } from './order-page.ts';
import type { Wording } from './wording.ts';

/** Asks before the goods are accepted; the form carries the confirmation that is good for once. */
export const acceptPage = (
  wording: Wording,
  acceptable: NonNullable<TrackingView['acceptable']>,
  { links, confirmation }: { readonly links: Links; readonly confirmation: string },
): string => {
  const { label } = wording.texts;
  return page(
    wording,
    label.acceptQuestion,
    html`<form class="card" method="post" action="${links.accept}">
<p>${filled(label.acceptEffect, { amount: wording.money(acceptable.amount) })}</p>
${acceptable.early && html`<p class="note warn">${label.acceptEarly}</p>`}
${confirm(confirmation, label.acceptConfirm)}<a href="${links.order}">${label.back}</a></div></form>`,
  );
};

const confirm = (confirmation: string, text: string): Html =>
  html`<input type="hidden" name="confirmation" value="${confirmation}">
<div class="row"><button>${text}</button>`;

const REASONS = ['not_received', 'not_as_described', 'damaged', 'incomplete', 'other'] as const;

/** Asks what is wrong, and with which part where there are several. */
export const disputePage = (
  wording: Wording,
  disputable: TrackingView['disputable'],
  {
    links,
    confirmation,
    notice,
  }: {
    readonly links: Links;
    readonly confirmation: string;
    readonly notice?: Notice | undefined;
  },
): string => {
  const { label, reason } = wording.texts;
  return page(
    wording,
    label.disputeQuestion,
    html`${notice && noticeOf(wording, notice)}<form class="card" method="post" action="${links.dispute}"><p>${label.disputeEffect}</p>
<fieldset><legend>${label.reason}</legend>${REASONS.map(
      (code) =>
        html`<label><input type="radio" name="reason" value="${code}" required>${reason[code]}</label>`,
    )}</fieldset>
${disputable.length > 1 && parts(wording, disputable)}${confirm(confirmation, label.disputeConfirm)}
<a href="${links.order}">${label.back}</a></div></form>`,
  );
};

const parts = ({ texts, money }: Wording, disputable: TrackingView['disputable']): Html =>
  html`<fieldset><legend>${texts.label.parts}</legend>${disputable.map(
    ({ milestoneId, amount }, index) =>
      html`<label><input type="checkbox" name="part" value="${milestoneId}" checked><span>${filled(
        texts.label.part,
        { n: html`${index + 1}`, amount: money(amount) },
      )}</span></label>`,
  )}</fieldset>`;
