import type {
  PaymentProvider,
  ProviderRefund,
  RefundOf,
  RefundRequest,
} from '../../src/escrow/ports.ts';
import { type Money, money } from '../../src/money/money.ts';
import { CodedError } from '../../src/platform/errors.ts';

type Call = 'findRefund' | 'refund' | 'getRefund' | 'refundsOf';

const refusal = (code: string): CodedError =>
  new CodedError({ code: `stripe.${code}`, message: 'Refused.', retryable: false });

const inDollars = (amount: Money): Money =>
  amount.currency === 'USD' ? amount : money('USD', (amount.amountMinor * 114n) / 100n);

const noAnswer = (): CodedError =>
  new CodedError({ code: 'stripe.no_answer', message: 'No answer.', retryable: true });

function succeeded({ amount, of }: { readonly amount: Money; readonly of: string }) {
  const debited = of.startsWith('cash of ') ? amount : inDollars(amount);
  return { status: 'succeeded', debited, fee: money(debited.currency, 0n) } as const;
}

const sourceOf = (of: RefundOf): string =>
  'chargeId' in of ? of.chargeId : `cash of ${of.unusedOf}`;

/** What the provider repeats under a key, whatever has become of the charge: a refund's id, or a refusal. */
function rememberedKeys() {
  const answers = new Map<string, string | undefined>();
  return {
    answerTo: (
      { refundId, attempt, afterChargebacks = 0 }: RefundRequest,
      make: () => string | undefined,
    ): string | undefined => {
      const key = `${refundId}:${attempt}:${afterChargebacks}`;
      if (!answers.has(key)) answers.set(key, make());
      return answers.get(key);
    },
  };
}

/**
 * The refunds of a provider that settles in dollars, at 1.14 for a euro. A refund is
 * pending until it is let through, and one key makes one; `loseAnswerOf` lets the next such call take effect and then fail.
 */
export function fakeRefunds() {
  const refunds = new Map<string, ProviderRefund & { readonly of: string }>();
  const calls: Call[] = [];
  const disputedCharges = new Set<string>();
  const keys = rememberedKeys();
  let lost: Call | undefined;
  let settlesAtOnce = false;

  const answer = <T>(call: Call, value: T): T => {
    calls.push(call);
    if (lost !== call) return value;
    lost = undefined;
    throw noAnswer();
  };
  const known = (id: string) => {
    const refund = refunds.get(id);
    if (refund === undefined) throw refusal('resource_missing');
    return refund;
  };
  const refundsOf = (of: string) => [...refunds.values()].filter((refund) => refund.of === of);
  const change = (id: string, changes: Partial<ProviderRefund>): void => {
    refunds.set(id, { ...known(id), ...changes });
  };
  const succeed = (id: string): void => change(id, succeeded(known(id)));
  const add = (
    { tradeId, refundId, attempt, amount, ...of }: RefundRequest,
    changes: Partial<ProviderRefund> = {},
  ): ProviderRefund => {
    const providerRefundId = `re_${refunds.size + 1}`;
    const body = { providerRefundId, of: sourceOf(of), tradeId, refundId, attempt, amount };
    const open = { debited: null, fee: null, failureReason: null, status: 'pending' } as const;
    const taken = 'chargeId' in of ? {} : ({ takenFrom: 'cash_balance' } as const);
    refunds.set(providerRefundId, { ...body, ...open, ...taken, ...changes });
    if (settlesAtOnce) succeed(providerRefundId);
    return known(providerRefundId);
  };

  const port: Pick<PaymentProvider, Call> = {
    findRefund: async ({ refundId, attempt, ...of }) =>
      answer(
        'findRefund',
        refundsOf(sourceOf(of)).find(
          (refund) => refund.refundId === refundId && refund.attempt === attempt,
        ),
      ),
    refund: async (request) => {
      const id = keys.answerTo(request, () =>
        disputedCharges.has(sourceOf(request)) ? undefined : add(request).providerRefundId,
      );
      if (id === undefined) throw refusal('charge_disputed');
      return answer('refund', known(id));
    },
    getRefund: async (id) => answer('getRefund', known(id)),
    refundsOf: async (chargeId) => answer('refundsOf', refundsOf(chargeId)),
  };

  return {
    port,
    calls,
    add,
    succeed,
    fail: (id: string, failureReason = 'declined'): void =>
      change(id, { status: 'failed', failureReason }),
    settleAtOnce: (): boolean => (settlesAtOnce = true),
    all: (): readonly ProviderRefund[] => [...refunds.values()],
    dispute: (chargeId: string) => disputedCharges.add(chargeId),
    endDispute: (chargeId: string) => disputedCharges.delete(chargeId),
    loseAnswerOf: (call: Call): void => {
      lost = call;
    },
  };
}
