import type { PaymentProvider, ProviderPayment } from '../../src/escrow/ports.ts';
import { type Money, money } from '../../src/money/money.ts';
import { CodedError } from '../../src/platform/errors.ts';
import { paymentOf } from './builders.ts';
import { fakeChargebacks } from './fake-chargebacks.ts';
import { fakeRefunds } from './fake-refunds.ts';

type Call = 'findForTrade' | 'create' | 'get' | 'cancel';

type Intent = ProviderPayment & { readonly amount: Money };

function afterTransfers(
  { paymentIntentId, amount }: Intent,
  transferred: Money,
): Partial<ProviderPayment> {
  const restMinor = transferred.amountMinor - amount.amountMinor;
  if (restMinor < 0n) return { transferred };
  return {
    status: 'succeeded',
    payment: paymentOf({ paymentIntentId, received: amount }),
    transferred: restMinor === 0n ? null : money(amount.currency, restMinor),
  };
}

/** What has been transferred may be the whole now. */
function lowered(intent: Intent, amount: Money): Intent {
  if (intent.status !== 'open') return intent;
  const { transferred } = intent;
  const changes = transferred === null ? {} : afterTransfers({ ...intent, amount }, transferred);
  return { ...intent, amount, ...changes };
}

/** An intent of another system on the same Stripe account. */
const foreign = (paymentIntentId: string) =>
  ({
    ...{ paymentIntentId, tradeId: null, clientSecret: null, payment: null, transferred: null },
    status: 'open',
    amount: paymentOf().received,
  }) as const;

/**
 * A provider that keeps payment intents as Stripe does: the buyer pays one, or it is canceled, and
 * neither can be undone. `loseAnswerOf` lets the next such call take effect and then fail.
 */
export function fakePayments() {
  const intents = new Map<string, Intent>();
  const calls: Call[] = [];
  let lost: Call | undefined;

  const answer = (call: Call, payment: ProviderPayment): ProviderPayment => {
    if (lost === call) {
      lost = undefined;
      throw new CodedError({ code: 'stripe.connection', message: 'No answer.', retryable: true });
    }
    return payment;
  };
  const known = (paymentIntentId: string) => {
    const intent = intents.get(paymentIntentId);
    if (intent === undefined) throw new Error(`There is no payment intent ${paymentIntentId}.`);
    return intent;
  };
  const change = (paymentIntentId: string, changes: Partial<ProviderPayment>): void => {
    const intent = known(paymentIntentId);
    if (intent.status === 'open' || intent.status === 'processing') {
      intents.set(paymentIntentId, { ...intent, ...changes });
    }
  };

  const refunds = fakeRefunds();
  const chargebacks = fakeChargebacks();
  const provider: PaymentProvider = {
    ...refunds.port,
    ...chargebacks.port,
    refusalOf: () => undefined,
    findForTrade: async (tradeId) => {
      calls.push('findForTrade');
      return [...intents.values()].find((intent) => intent.tradeId === tradeId);
    },
    findForPayer: async (payerId) => intents.get(payerId.replace(/^cus_of_/, '')),
    create: async ({ tradeId, amount }) => {
      calls.push('create');
      const paymentIntentId = `pi_${intents.size + 1}`;
      const clientSecret = `${paymentIntentId}_secret`;
      const intent = { paymentIntentId, tradeId, status: 'open', clientSecret } as const;
      intents.set(paymentIntentId, { ...intent, payment: null, transferred: null, amount });
      return answer('create', known(paymentIntentId));
    },
    get: async (paymentIntentId) => {
      calls.push('get');
      return answer('get', known(paymentIntentId));
    },
    lower: async (paymentIntentId, amount) => {
      intents.set(paymentIntentId, lowered(known(paymentIntentId), amount));
      return known(paymentIntentId);
    },
    cancel: async (paymentIntentId) => {
      calls.push('cancel');
      if (known(paymentIntentId).status === 'open') change(paymentIntentId, { status: 'canceled' });
      return answer('cancel', known(paymentIntentId));
    },
  };

  return {
    provider,
    refunds,
    chargebacks,
    calls,
    created: () => calls.filter((call) => call === 'create').length,
    /** The buyer has paid, and the money is there. */
    pay: (paymentIntentId: string, changes: Partial<ReturnType<typeof paymentOf>> = {}): void => {
      const { amount } = known(paymentIntentId);
      const payment = paymentOf({ paymentIntentId, received: amount, ...changes });
      change(paymentIntentId, { status: 'succeeded', payment });
    },
    /** The buyer has transferred so much in all: the whole is charged, a part waits for the rest. */
    transfer: (paymentIntentId: string, transferred: Money): void =>
      change(paymentIntentId, afterTransfers(known(paymentIntentId), transferred)),
    /** The buyer is paying; Stripe refuses to cancel, and the money is not there yet. */
    process: (paymentIntentId: string): void => change(paymentIntentId, { status: 'processing' }),
    /** The buyer's bank refused; the intent waits for another try. */
    fail: (paymentIntentId: string): void => change(paymentIntentId, { status: 'open' }),
    loseAnswerOf: (call: Call): void => {
      lost = call;
    },
    /** An intent of another system on the same Stripe account. */
    addForeign: (id: string) => intents.set(id, foreign(id)),
  };
}
