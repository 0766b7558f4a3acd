import { CreateQuote } from '../../../events/marketplace/create-quote.v1.ts';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { openTrade } from '../../../src/escrow/open-trade.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { toJson } from '../../../src/platform/json.ts';
import { offerQuote, presentQuote } from '../../../src/process/offer-quote.ts';
import { refusalOfPayout } from '../../../src/process/payable-seller.ts';
import { keepParties, toProposal } from '../../../src/process/trade-proposal.ts';
import { presentTrade, readEscrow, readTrade } from '../../../src/process/trade-view.ts';
import { DEFAULT_CORRIDORS } from '../../../src/settlement/corridors.ts';
import type { Task } from '../engine/tasks.ts';
import { type ChangeRequest, perform } from './api-acts.ts';
import {
  nowOf,
  offersOf,
  type Plant,
  paymentsOf,
  quoteDeskFor,
  SETTINGS,
  storesOf,
} from './plant.ts';

type Caller = { readonly marketplaceId: string; readonly requestId: string };

export type OpenRequest = Caller & {
  readonly action: 'open';
  readonly idempotencyKey: string;
  readonly body: string;
  /** A setting of the deployment: how long money may be held where the platform is. */
  readonly holdLimitSeconds?: number;
};
type QuoteRequest = Caller & {
  readonly action: 'quote';
  readonly idempotencyKey: string;
  readonly body: string;
};
type GetRequest = Caller & { readonly action: 'get'; readonly tradeId: string };
/** A request of the marketplace, authenticated. */
export type ApiRequest = QuoteRequest | OpenRequest | GetRequest | ChangeRequest;

/** An answer; `body` is JSON text. `none` where the function died before it answered. */
export type ApiAnswer = {
  readonly status: number | 'none';
  readonly code: string | null;
  readonly body: string;
};

/** One run of the API function, as `functions/marketplace-api` composes it. */
export function runApi(plant: Plant, request: ApiRequest, done: (answer: ApiAnswer) => void): void {
  const task = plant.sim.startTask('marketplace-api');
  task.onDeath = () => done({ status: 'none', code: null, body: '' });
  void answer(plant, task, request).then(done, (error: unknown) => done(problemOf(error)));
}

/** Whatever a handler throws becomes an answer; what may pass is worth another try. */
function problemOf(error: unknown): ApiAnswer {
  if (!isCodedError(error)) return problem(500, 'internal_error');
  return problem(error.retryable ? 503 : 500, error.code);
}

const problem = (status: number, code: string): ApiAnswer => ({ status, code, body: '' });

function answer(plant: Plant, task: Task, request: ApiRequest): Promise<ApiAnswer> {
  switch (request.action) {
    case 'quote':
      return postQuote(plant, task, request);
    case 'open':
      return postTrade(plant, task, request);
    case 'get':
      return present(plant, task, request);
    default:
      return act(plant, task, request);
  }
}

/** What another request has settled already. */
const CONFLICT = /^idempotency\.|^quote\.(?:used|expired)$/;

async function postQuote(plant: Plant, task: Task, request: QuoteRequest): Promise<ApiAnswer> {
  const { marketplaceId, idempotencyKey } = request;
  const body = CreateQuote.parse(JSON.parse(request.body));
  const offers = offersOf(plant, task);
  const result = await offerQuote(offers, { marketplaceId, idempotencyKey, body });
  return result.kind === 'refused'
    ? problem(CONFLICT.test(result.code) ? 409 : 422, result.code)
    : { status: 201, code: null, body: toJson(presentQuote(result.stored, offers)) };
}

async function postTrade(plant: Plant, task: Task, request: OpenRequest): Promise<ApiAnswer> {
  const { marketplaceId, idempotencyKey, holdLimitSeconds } = request;
  const settings = { ...SETTINGS, ...(holdLimitSeconds === undefined ? {} : { holdLimitSeconds }) };
  const parsed = CreateTrade.safeParse(JSON.parse(request.body));
  if (!parsed.success) return problem(422, 'request.invalid');
  const proposal = toProposal(parsed.data, { marketplaceId, idempotencyKey, ...settings });
  const result = await openTrade(
    {
      store: storesOf(plant, task).escrows,
      now: nowOf(plant, task),
      payments: paymentsOf(plant, task),
      quotes: quoteDeskFor(plant, task, { marketplaceId, quoteId: parsed.data.quoteId }),
      keepParties: () => keepParties(plant.vault.storeFor(task), proposal, parsed.data),
      paymentWindowSeconds: SETTINGS.paymentWindowSeconds,
      refusalOfPayout: (terms) => refusalOfPayout(DEFAULT_CORRIDORS, terms),
    },
    proposal,
  );
  if (result.kind === 'refused') {
    return problem(CONFLICT.test(result.code) ? 409 : 422, result.code);
  }
  const { tradeId } = proposal;
  const history = await readTrade(storesOf(plant, task), { tradeId, marketplaceId });
  const payment = result.payment === null ? null : result.payment.paymentIntentId;
  const view = history === undefined ? {} : presentTrade(history);
  return { status: 201, code: null, body: toJson({ ...view, paymentIntentId: payment }) };
}

async function present(
  plant: Plant,
  task: Task,
  request: { readonly tradeId: string; readonly marketplaceId: string },
): Promise<ApiAnswer> {
  const history = await readTrade(storesOf(plant, task), request);
  return history === undefined
    ? problem(404, 'trade.not_found')
    : { status: 200, code: null, body: toJson(presentTrade(history)) };
}

async function act(plant: Plant, task: Task, request: ChangeRequest): Promise<ApiAnswer> {
  const own = await readEscrow(storesOf(plant, task), request);
  if (own === undefined) return problem(404, 'trade.not_found');
  const outcome = await perform(plant, task, request);
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    return problem(409, outcome.code);
  }
  return present(plant, task, request);
}
