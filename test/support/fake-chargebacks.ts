import type {
  ContestRequest,
  PaymentProvider,
  ProviderChargeback,
} from '../../src/escrow/ports.ts';
import { money } from '../../src/money/money.ts';
import { CodedError } from '../../src/platform/errors.ts';
import { story } from './builders.ts';

/** A chargeback of the story's charge as the provider reports it, or one that differs. */
export function reportedChargeback(changes: Partial<ProviderChargeback> = {}): ProviderChargeback {
  const { chargebackId, tradeId, chargeId, amount, withdrawn, fee, reason } =
    story.chargebackOpened;
  return {
    ...{ chargebackId, tradeId, chargeId, amount, withdrawn, fee, reason },
    reinstated: money(withdrawn.currency, 0n),
    status: 'open',
    evidenceDueBy: story.chargebackOpened.evidenceDueBy ?? null,
    ...{ needsResponse: true, submissions: 0, responseId: null },
    ...changes,
  };
}

type Call = 'getChargeback' | 'contestChargeback' | 'acceptChargeback';

/**
 * The disputes that a provider knows of, as they are put there. `loseAnswerOf` lets the next such call
 * take effect and then fail.
 */
export function fakeChargebacks() {
  const known = new Map<string, ProviderChargeback>();
  const calls: Call[] = [];
  const handedIn: ContestRequest[] = [];
  let lost: Call | undefined;

  const find = (id: string): ProviderChargeback => {
    const chargeback = known.get(id);
    if (chargeback !== undefined) return chargeback;
    throw new CodedError({
      code: 'stripe.resource_missing',
      message: `There is no dispute ${id}.`,
      retryable: false,
    });
  };
  const answer = (call: Call, id: string, changes: Partial<ProviderChargeback> = {}) => {
    calls.push(call);
    known.set(id, { ...find(id), ...changes });
    if (lost !== call) return find(id);
    lost = undefined;
    throw new CodedError({ code: 'stripe.no_answer', message: 'No answer.', retryable: true });
  };
  const port: Pick<PaymentProvider, Call> = {
    getChargeback: async (id) => answer('getChargeback', id),
    contestChargeback: async (request) => {
      const { chargebackId: id, responseId } = request;
      const submissions = find(id).submissions + 1;
      handedIn.push(request);
      return answer('contestChargeback', id, { submissions, responseId, needsResponse: false });
    },
    acceptChargeback: async ({ chargebackId: id }) =>
      answer('acceptChargeback', id, { status: 'lost', needsResponse: false }),
  };
  return {
    port,
    calls,
    /** Every evidence that was handed in. */
    handedIn,
    put: (chargeback: ProviderChargeback): void => {
      known.set(chargeback.chargebackId, chargeback);
    },
    loseAnswerOf: (call: Call): void => {
      lost = call;
    },
  };
}
