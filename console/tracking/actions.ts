import { actForBuyer, type BuyerForm, type BuyerResult } from '../../src/process/act-for-buyer.ts';
import { confirmationFor } from '../../src/process/tracking-link.ts';
import { type Answer, pageAnswer, seeOther } from './answer.ts';
import { acceptPage, disputePage } from './ask-page.ts';
import { type Notice, orderPage } from './order-page.ts';
import type { Visit } from './site.ts';

type Act = 'accept' | 'dispute';

const BODY_LIMIT_BYTES = 4_096;
const DONE = { accept: 'accepted', dispute: 'disputed' } as const;

const refuse = ({ wording, view, links }: Visit, notice: Notice): Answer =>
  pageAnswer(409, orderPage(wording, view, { links, notice }));

/** `GET /t/{token}/accept` and `…/dispute`: asks before anything is done. */
function askFirst(act: Act, visit: Visit, notice?: Notice): Answer {
  const { wording, view, links, keys, ports } = visit;
  const { tradeId, version, acceptable, disputable } = view;
  const confirmation = confirmationFor(keys, { act, tradeId, version }, ports.now());
  const form = { links, confirmation, notice };
  if (act === 'accept' && acceptable !== null) {
    return pageAnswer(200, acceptPage(wording, acceptable, form));
  }
  if (act === 'dispute' && disputable.length > 0) {
    return pageAnswer(notice === undefined ? 200 : 422, disputePage(wording, disputable, form));
  }
  return refuse(visit, 'cannot');
}

/**
 * A form of ours, or nothing: one that another site sent, or that is larger than ours can be. No
 * cookie speaks for the buyer, so another site would need the link and a confirmation of it as well.
 */
function formOf({ request: { headers, body } }: Visit): BuyerForm | undefined {
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (site !== 'same-origin' && site !== 'none') return undefined;
  if (body.length > BODY_LIMIT_BYTES) return undefined;
  const fields = new URLSearchParams(body.toString('utf8'));
  return {
    confirmation: fields.get('confirmation') ?? '',
    reason: fields.get('reason') ?? undefined,
    parts: fields.getAll('part'),
  };
}

/** `POST /t/{token}/accept` and `…/dispute`: does what was confirmed, and shows the order. */
async function doIt(act: Act, visit: Visit): Promise<Answer> {
  const { ports, keys, links } = visit;
  const form = formOf(visit);
  const result: BuyerResult =
    form === undefined
      ? 'changed'
      : await actForBuyer({ store: ports.stores.escrows, now: ports.now, keys }, visit, {
          act,
          form,
        });
  switch (result) {
    case 'done':
      return seeOther(`${links.order}${links.order.includes('?') ? '&' : '?'}done=${DONE[act]}`);
    case 'incomplete':
      return askFirst(act, visit, 'incomplete');
    case 'changed':
      return refuse(visit, 'changed');
    case 'refused':
      return refuse(visit, 'cannot');
    default: {
      const unknownResult: never = result;
      return unknownResult;
    }
  }
}

/** What a buyer can do, by route. */
export const actions: Readonly<Record<string, (visit: Visit) => Answer | Promise<Answer>>> = {
  'GET /t/{token}/accept': (visit) => askFirst('accept', visit),
  'POST /t/{token}/accept': (visit) => doIt('accept', visit),
  'GET /t/{token}/dispute': (visit) => askFirst('dispute', visit),
  'POST /t/{token}/dispute': (visit) => doIt('dispute', visit),
};
