import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import { loadEscrow } from './collect.ts';
import { contradiction } from './decide-chargeback.ts';
import { midRate, type RefundPorts } from './make-refunds.ts';
import type { MidRate, ProviderChargeback } from './ports.ts';
import { type EscrowOutcome, runEscrow } from './run.ts';
import { isFunded } from './state.ts';

const NO_RATE: MidRate = { rate: { num: 1n, den: 1n }, rateDate: null };

/**
 * Records what the provider says of a chargeback now. The cause is the fact itself, so that however
 * many webhooks tell of it, it is recorded once, and every change of it is.
 */
export async function recordProviderChargeback(
  ports: RefundPorts,
  tradeId: string,
  chargeback: ProviderChargeback,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, tradeId);
  // Only a loss is valued; asking for a rate before that could hold up the freeze.
  const mid =
    chargeback.status === 'lost' && isFunded(state)
      ? await midRate(ports, state, chargeback.withdrawn.currency)
      : NO_RATE;
  const fact = sha256Hex(canonicalJson(chargeback)).slice(0, 16);
  const outcome = await runEscrow(
    ports,
    { tradeId, cause: `chargeback#${chargeback.chargebackId}#${fact}` },
    { type: 'RecordChargeback', chargeback, mid, at: ports.now().toISOString() },
  );
  return contradicted(outcome, chargeback);
}

/** What the money did is booked; an end that is another than the one we know goes to a person all the same. */
function contradicted(outcome: EscrowOutcome, reported: ProviderChargeback): EscrowOutcome {
  const { state } = outcome;
  const known = isFunded(state)
    ? state.chargebacks.find(({ chargebackId }) => chargebackId === reported.chargebackId)
    : undefined;
  const refused = known === undefined ? undefined : contradiction(known, reported);
  return refused === undefined ? outcome : { ...refused, state };
}
