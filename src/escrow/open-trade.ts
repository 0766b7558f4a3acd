import { type CollectionPorts, ensurePaymentIntent, loadEscrow } from './collect.ts';
import type { ProviderPayment, QuoteDesk } from './ports.ts';
import { type EscrowContext, runEscrow } from './run.ts';
import type { EscrowState, Terms } from './state.ts';

export type OpenTradePorts = CollectionPorts & {
  readonly quotes: QuoteDesk;
  /** Keeps the parties' personal data; called before anything names them, safe to repeat. */
  readonly keepParties: () => Promise<void>;
  readonly paymentWindowSeconds: number;
  /** Why the goods can't be sent as they are, asked once, before anything is priced or kept. */
  readonly refusalOfGoods?: () => Refusal | undefined;
  /** Why the seller could not be paid out; nothing, where nobody knows of a reason. */
  readonly refusalOfPayout?: (proposal: TradeProposal) => Refusal | undefined;
};

/** Why there is no such trade, and which fields of the request are to blame, by JSON Pointer. */
export type Refusal = {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly {
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
  }[];
};

/** A trade to open: its terms but for what checkout itself decides. */
export type TradeProposal = Omit<Terms, 'quote' | 'payBy'>;

export type OpenTradeResult =
  | {
      readonly kind: 'opened';
      readonly replayed: boolean;
      readonly payment: ProviderPayment | null;
    }
  | Refused;

type Refused = Refusal & { readonly kind: 'refused' };

const MILLISECONDS_PER_SECOND = 1_000;

/**
 * Opens a trade and the payment for it. The trade's id follows from the marketplace's idempotency
 * key, so the same request again finds the same trade and another body under the key is refused.
 */
export async function openTrade(
  ports: OpenTradePorts,
  proposal: TradeProposal,
): Promise<OpenTradeResult> {
  const { tradeId, marketplaceId, requestHash } = proposal;
  const context = { tradeId, marketplaceId, cause: `open#${requestHash}` };

  const before = await loadEscrow(ports, tradeId);
  if (before.status !== 'not_opened' && before.terms.requestHash !== requestHash) {
    return {
      kind: 'refused',
      code: 'idempotency.key_reused',
      detail: 'This Idempotency-Key has already opened a trade with a different body.',
    };
  }
  const replayed = before.status !== 'not_opened';
  const opened = replayed
    ? ({ kind: 'open', state: before } as const)
    : await open(ports, context, proposal);
  if (opened.kind === 'refused') return opened;
  const { state } = opened;
  const unpaid = state.status === 'awaiting_payment' || state.status === 'canceling';
  const payment = unpaid ? await ensurePaymentIntent(ports, context, state) : null;
  return { kind: 'opened', replayed, payment };
}

/** Prices the trade and opens it, once its people are kept. */
async function open(
  ports: OpenTradePorts,
  context: EscrowContext,
  proposal: TradeProposal,
): Promise<{ readonly kind: 'open'; readonly state: EscrowState } | Refused> {
  const refusal = ports.refusalOfGoods?.() ?? ports.refusalOfPayout?.(proposal);
  if (refusal !== undefined) return { kind: 'refused', ...refusal };
  const priced = await price(ports, proposal);
  if (priced.kind === 'refused') return priced;
  await ports.keepParties();
  const opened = await runEscrow(ports, context, { type: 'OpenTrade', terms: priced.terms });
  if (opened.kind === 'rejected')
    return { kind: 'refused', code: opened.code, detail: opened.detail };
  return { kind: 'open', state: opened.state };
}

async function price(
  ports: OpenTradePorts,
  proposal: TradeProposal,
): Promise<
  | { readonly kind: 'priced'; readonly terms: Terms }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
> {
  const now = ports.now();
  const { tradeId, amount, payInCurrency } = proposal;
  const answer = await ports.quotes.quote({ tradeId, amount, payInCurrency, now });
  if (answer.kind === 'refused') return answer;
  const refusal = ports.payments.refusalOf(answer.quote.sell);
  if (refusal !== undefined) return { kind: 'refused', ...refusal };
  const windowMs = ports.paymentWindowSeconds * MILLISECONDS_PER_SECOND;
  const windowEnd = new Date(now.getTime() + windowMs).toISOString();
  const { quote, payBy = windowEnd } = answer;
  const [earlier = windowEnd] = [payBy, windowEnd].toSorted();
  return { kind: 'priced', terms: { ...proposal, quote, payBy: earlier } };
}
