import { escrowStream, shipmentIdFor } from '../../../src/platform/ids.ts';
import type { Random } from '../engine/random.ts';
import type { EventType } from '../invariants/support/history.ts';
import type { Mutable } from '../ports/queue-state.ts';
import { transferIn } from '../ports/stripe-cash.ts';
import { pay } from '../ports/stripe-intents.ts';
import type { ApiCall } from '../world.ts';
import { type ApiAnswer, type ApiRequest, runApi } from './api.ts';
import { type BuyersBank, buyersBank } from './buyers-bank.ts';
import { type Changes, changesOf, type Unnumbered } from './changes.ts';
import { type FinanceStage, financeStage } from './finance.ts';
import type { Plant } from './plant.ts';
import { type SellerStage, sellerStage } from './seller.ts';

/** What the people around one trade can do: the marketplace's backend and the buyer. */
export type Stage = SellerStage &
  BuyersBank &
  Changes &
  FinanceStage & {
    /** Chance of this trade's own, apart from what the scheduler draws. */
    readonly draw: Random;
    readonly tradeId: string;
    readonly wait: (seconds: number) => Promise<void>;
    /** One request, which may go unanswered. `body` replaces the trade's own. */
    readonly open: (body?: unknown) => Promise<ApiAnswer>;
    /** One request for a price, under the trade's key. */
    readonly quote: (body: unknown) => Promise<ApiAnswer>;
    /** One request to open another trade with that body, which nobody will pay. */
    readonly openOther: (body: unknown) => Promise<ApiAnswer>;
    /** The same request until it is answered by something else than trouble. */
    readonly openForSure: () => Promise<ApiAnswer>;
    readonly get: () => Promise<ApiAnswer>;
    readonly accept: () => Promise<ApiAnswer>;
    readonly cancel: () => Promise<ApiAnswer>;
    /** Repeats a request, ever more slowly, until the answer will do; the last answer anyhow. */
    readonly insist: (
      request: () => Promise<ApiAnswer>,
      isEnough: (answer: ApiAnswer) => boolean,
    ) => Promise<ApiAnswer>;
    /** The buyer pays by what the marketplace was answered. */
    readonly pay: (
      opened: ApiAnswer,
      how?: { readonly slowly: boolean },
    ) => Promise<'paid' | 'processing' | 'closed'>;
    readonly labelSold: () => Promise<void>;
    /** Waits until the trade's own stream has an event of one of these types. */
    readonly seen: (...types: readonly EventType[]) => Promise<void>;
    /** The buyer sends so much to the provider by bank transfer, for what the marketplace was answered. */
    readonly transfer: (
      opened: ApiAnswer,
      amountMinor: bigint,
    ) => Promise<ReturnType<typeof transferIn> | 'closed'>;
  };

export type StageOptions = {
  readonly plant: Plant;
  readonly ordinal: number;
  readonly draw: Random;
  readonly marketplaceId: string;
  readonly idempotencyKey: string;
  readonly tradeId: string;
  readonly body: unknown;
  /** How long money may be held where the platform is; without a limit where it is left out. */
  readonly holdLimitSeconds: number | undefined;
  readonly apiCalls: ApiCall[];
};

/** How long a client waits for an answer that does not come. */
const CLIENT_TIMEOUT_MS = 30_000;
const NETWORK_MS = 30;
const MOST_TRIES = 60;
const LONGEST_WAIT_SECONDS = 3_600;

export const isAnswered = ({ status }: ApiAnswer): boolean => status !== 'none' && status < 500;

export function createStage(options: StageOptions): Stage {
  const { plant, draw, tradeId, marketplaceId, idempotencyKey } = options;
  const resume = resumeOf(options);

  const wait = (seconds: number): Promise<void> =>
    new Promise((resolve) => {
      resume('script.wait', seconds * 1_000, resolve);
    });
  const request = requestOf(options, resume);
  const { holdLimitSeconds } = options;
  const limited = holdLimitSeconds === undefined ? {} : { holdLimitSeconds };
  const open = (body: unknown = options.body): Promise<ApiAnswer> =>
    request({
      ...{ action: 'open', marketplaceId, idempotencyKey, body: JSON.stringify(body) },
      ...limited,
    });
  const quote: Stage['quote'] = (body) =>
    request({ action: 'quote', marketplaceId, idempotencyKey, body: JSON.stringify(body) });
  const openOther: Stage['openOther'] = (body) => {
    const otherKey = `${idempotencyKey}-other`;
    const text = JSON.stringify(body);
    return request({ action: 'open', marketplaceId, idempotencyKey: otherKey, body: text });
  };
  const act = (action: 'get' | 'accept' | 'cancel') => (): Promise<ApiAnswer> =>
    request({ action, marketplaceId, tradeId });
  const insist: Stage['insist'] = async (attempt, isEnough) => {
    let answer = await attempt();
    for (let tries = 1; tries < MOST_TRIES && !isEnough(answer); tries += 1) {
      await wait(Math.min(LONGEST_WAIT_SECONDS, 2 ** tries));
      answer = await attempt();
    }
    return answer;
  };

  return {
    ...buyersBank({ plant, tradeId, wait }),
    ...financeStage({ ...options, wait }),
    ...sellerStage({ ...options, payoutAccountId: payoutAccountOf(options.body), wait }),
    draw,
    tradeId,
    wait,
    open,
    quote,
    openOther,
    insist,
    openForSure: () => insist(() => open(), isAnswered),
    get: act('get'),
    accept: act('accept'),
    cancel: act('cancel'),
    ...changesOf({ marketplaceId, tradeId }, request),
    pay: (opened, how = { slowly: false }) =>
      new Promise((resolve) => {
        const paymentIntentId = paymentIntentOf(opened);
        if (paymentIntentId === null) resolve('closed');
        else resume('buyer.pay', 0, () => resolve(pay(plant.stripe, paymentIntentId, how)));
      }),
    seen: (...types) =>
      new Promise((resolve) =>
        plant.witness.call({ streamId: escrowStream(tradeId), types }, resolve),
      ),
    transfer: transferOf(plant, resume),
    labelSold: () =>
      new Promise((resolve) => {
        const { labels, waiters } = plant.carrier;
        const reference = shipmentIdFor(tradeId, 1);
        if (labels.some((label) => label.reference === reference)) resolve();
        else waiters.set(reference, [...(waiters.get(reference) ?? []), resolve]);
      }),
  };
}

const payoutAccountOf = (body: unknown): string =>
  (body as { readonly parties: { readonly seller: { readonly payoutAccountId: string } } }).parties
    .seller.payoutAccountId;

/** What the marketplace was answered to pay by; null where the trade was never opened, or is closed. */
function paymentIntentOf({ status, body }: ApiAnswer): string | null {
  if (status !== 201) return null;
  return (JSON.parse(body) as { paymentIntentId: string | null }).paymentIntentId;
}

const transferOf =
  ({ stripe }: Plant, resume: Resume): Stage['transfer'] =>
  (opened, amountMinor) =>
    new Promise((resolve) => {
      const paymentIntentId = paymentIntentOf(opened);
      if (paymentIntentId === null) return resolve('closed');
      return resume('buyer.transfer', 0, () =>
        resolve(transferIn(stripe, paymentIntentId, amountMinor)),
      );
    });

type Resume = (kind: string, afterMs: number, go: () => void) => void;

/** The script goes on as a step of its own, after so long. */
const resumeOf =
  ({ plant: { sim }, ordinal }: StageOptions): Resume =>
  (kind, afterMs, go) =>
    sim.scheduler.at(sim.scheduler.nowMs() + afterMs, () =>
      sim.scheduler.add({
        task: `trade ${ordinal}`,
        kind,
        subject: '',
        run: () => {
          go();
          return '';
        },
      }),
    );

function pathOf(action: ApiRequest['action'], tradeId: string): string {
  if (action === 'quote') return '/v1/quotes';
  return action === 'open' ? '/v1/trades' : `/v1/trades/${tradeId}/${action}`;
}

const requestOf =
  ({ plant, tradeId, apiCalls }: StageOptions, resume: Resume) =>
  (request: Unnumbered): Promise<ApiAnswer> =>
    new Promise((resolve) => {
      const requestId = `req_${apiCalls.length + 1}`;
      const apiCall: Mutable<ApiCall> = {
        method: request.action === 'get' ? 'GET' : 'POST',
        path: pathOf(request.action, tradeId),
        tradeId,
        requestId,
        idempotencyKey: 'idempotencyKey' in request ? request.idempotencyKey : null,
        atMs: plant.sim.scheduler.nowMs(),
        status: 'open',
        code: null,
      };
      apiCalls.push(apiCall);
      resume('api.request', NETWORK_MS, () =>
        runApi(plant, { ...request, requestId } as ApiRequest, (answer) => {
          apiCall.status = answer.status;
          apiCall.code = answer.code;
          const afterMs = answer.status === 'none' ? CLIENT_TIMEOUT_MS : NETWORK_MS;
          resume(`api.answer ${answer.status}`, afterMs, () => resolve(answer));
        }),
      );
    });
