import type { TimelineKind, TrackingView } from '../../src/process/tracking-view.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';
import { dated, type Wording } from './wording.ts';

/** What a page says above the order: that something was done, or why it was not. */
export type Notice = 'accepted' | 'disputed' | 'changed' | 'cannot' | 'incomplete';

const isGood = (notice: Notice): boolean => notice === 'accepted' || notice === 'disputed';

/** Where the pages of one order are, in the language that was chosen. */
export type Links = { readonly order: string; readonly accept: string; readonly dispute: string };

/** The most that is listed, so that a page stays small; the rest is counted. */
const MOST = { items: 12, scans: 30, timeline: 40 } as const;

/** The page of an order: its status, what comes next, what its buyer can do, where the parcels are. */
export const orderPage = (
  wording: Wording,
  view: TrackingView,
  { links, notice }: { readonly links: Links; readonly notice?: Notice | undefined },
): string =>
  page(
    wording,
    wording.texts.label.title,
    html`${notice && noticeOf(wording, notice)}${statusSection(wording, view)}${actions(wording, view, links)}
${parcels(wording, view)}${orderSection(wording, view)}${history(wording, view)}
<footer><p>${wording.texts.label.times}</p><p>${wording.texts.label.keep}</p></footer>`,
  );

export const noticeOf = ({ texts }: Wording, notice: Notice): Html =>
  html`<p class="note${!isGood(notice) && ' warn'}" role="status">${texts.label[notice]}</p>`;

const section = (title: string, content: Html, id: string): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;

function statusSection(wording: Wording, view: TrackingView): Html {
  const { texts } = wording;
  const { step, by } = view.next;
  const left = by === undefined ? undefined : wording.daysLeft(by);
  return section(
    texts.label.status,
    html`<p class="state">${texts.status[view.status]}</p>${steps(wording, view)}
<h3>${texts.label.next}</h3><p>${dated(wording, texts.next[step], by)}</p>
${left && html`<p class="left">${left}</p>`}`,
    'status',
  );
}

const STEPS = ['paid', 'dispatched', 'delivered', 'settled'] as const satisfies TimelineKind[];

/** The way of an order that goes well; for one that does not, the status alone is said. */
function steps({ texts }: Wording, { status, timeline }: TrackingView): Html | false {
  const onTheWay = [
    'awaiting_payment',
    'funded',
    'in_fulfilment',
    'delivered',
    'released',
    'settled',
  ];
  if (!onTheWay.includes(status)) return false;
  const withdrawn = timeline.find(
    ({ kind }) => kind === 'delivered' || kind === 'deliveryWithdrawn',
  );
  const isDone = (step: (typeof STEPS)[number]): boolean =>
    timeline.some(({ kind }) => kind === step) &&
    !(step === 'delivered' && withdrawn?.kind === 'deliveryWithdrawn');
  const last = STEPS.findLast(isDone);
  return html`<ol class="steps">${STEPS.map((step) =>
    isDone(step)
      ? html`<li class="done"${step === last && html` aria-current="step"`}>✓ ${texts.event[step]}</li>`
      : html`<li>${texts.event[step]}</li>`,
  )}</ol>`;
}

function actions({ texts }: Wording, view: TrackingView, links: Links): Html | false {
  const { label } = texts;
  const mayAccept = view.acceptable !== null;
  const mayDispute = view.disputable.length > 0;
  if (!mayAccept && !mayDispute) return false;
  return section(
    label.actions,
    html`<div class="acts">${
      mayAccept &&
      html`<div><p>${label.acceptHint}</p><a class="button" href="${links.accept}">${label.accept}</a></div>`
    }${
      mayDispute &&
      html`<div><p>${label.disputeHint}</p><a class="button second" href="${links.dispute}">${label.dispute}</a></div>`
    }</div>`,
    'actions',
  );
}

function parcels(wording: Wording, { parcels: all }: TrackingView): Html {
  const { texts, count } = wording;
  const [first] = all;
  if (first === undefined)
    return section(texts.label.parcels, html`<p>${texts.label.noParcels}</p>`, 'parcels');
  return section(
    count('parcels', all.length),
    html`${all.map(
      ({
        carrier,
        trackingNumber,
        status,
        isInDoubt,
        notes,
        scans,
      }) => html`<p class="state">${texts.parcel[status]}</p>
${isInDoubt && html`<p class="note warn">${texts.label.inDoubt}</p>`}
${notes.map((note) => html`<p class="note warn">${texts.note[note]}</p>`)}
<dl><dt>${texts.label.carrier}</dt><dd><bdi>${carrier}</bdi></dd>
<dt>${texts.label.trackingNumber}</dt><dd><bdi>${trackingNumber}</bdi></dd></dl>
${
  scans.length === 0
    ? html`<p>${texts.label.noScans}</p>`
    : html`<h3>${texts.label.history}</h3><ol class="line">${scans
        .slice(0, MOST.scans)
        .map((scan) => scanLine(wording, scan))}</ol>`
}`,
    )}`,
    'parcels',
  );
}

function scanLine(
  { texts, country, scannedAt }: Wording,
  scan: TrackingView['parcels'][number]['scans'][number],
): Html {
  const place = [
    scan.city === undefined ? undefined : html`<bdi>${scan.city}</bdi>`,
    scan.country === undefined ? undefined : html`<bdi>${country(scan.country)}</bdi>`,
  ].filter((part) => part !== undefined);
  const [first, second] = place;
  return html`<li>${texts.parcel[scan.status]}${
    first !== undefined &&
    html`<span class="where">${first}${second !== undefined && html` · ${second}`}</span>`
  }${scannedAt(scan.at, scan.timeQuality)}</li>`;
}

function orderSection(wording: Wording, view: TrackingView): Html {
  const { texts, country, money, count } = wording;
  const { label } = texts;
  const more = view.items.length - MOST.items;
  return section(
    label.goods,
    html`<ul class="goods">${view.items
      .slice(0, MOST.items)
      .map(
        ({ description, quantity }) =>
          html`<li><span dir="auto">${description}</span><span>${count('pieces', quantity)}</span></li>`,
      )}${more > 0 && html`<li>+ ${more}</li>`}</ul><dl>${
      view.reference !== undefined &&
      html`<dt>${label.order}</dt><dd><bdi>${view.reference}</bdi></dd>`
    }<dt>${label.price}</dt><dd>${money(view.price)}</dd>${
      view.partly !== null &&
      html`<dt>${label.received}</dt><dd>${money(view.partly.received)}</dd>
<dt>${label.remaining}</dt><dd>${money(view.partly.remaining)}</dd>`
    }
<dt>${label.from}</dt><dd>${country(view.from)}</dd><dt>${label.to}</dt><dd>${country(view.to)}</dd>${
      view.refunds.length > 0 &&
      html`<dt>${label.refunds}</dt><dd>${view.refunds.map(
        ({ amount, state }) => html`<p>${money(amount)} – ${texts.refund[state]}</p>`,
      )}</dd>`
    }</dl>`,
    'order',
  );
}

const history = ({ texts, date }: Wording, { timeline }: TrackingView): Html =>
  section(
    texts.label.history,
    html`<ol class="line">${timeline
      .slice(0, MOST.timeline)
      .map(({ kind, at }) => html`<li>${texts.event[kind]}${date(at)}</li>`)}</ol>`,
    'history',
  );
