import type { PaymentProvider, ProviderChargeback } from '../../src/escrow/ports.ts';
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
    ...changes,
  };
}

/** The disputes that a provider knows of, as they are put there. */
export function fakeChargebacks() {
  const known = new Map<string, ProviderChargeback>();
  const port: Pick<PaymentProvider, 'getChargeback'> = {
    getChargeback: async (id) => {
      const chargeback = known.get(id);
      if (chargeback !== undefined) return chargeback;
      throw new CodedError({
        code: 'stripe.resource_missing',
        message: `There is no dispute ${id}.`,
        retryable: false,
      });
    },
  };
  return {
    port,
    put: (chargeback: ProviderChargeback): void => {
      known.set(chargeback.chargebackId, chargeback);
    },
  };
}
