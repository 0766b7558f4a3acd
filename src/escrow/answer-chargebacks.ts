import { assertInvariant } from '../platform/errors.ts';
import { type CollectionPorts, loadEscrow } from './collect.ts';
import type { RefundPorts } from './make-refunds.ts';
import type { ChargebackWords, EvidenceVault, ProviderChargeback } from './ports.ts';
import { recordProviderChargeback } from './record-chargeback.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';
import { type Chargeback, type ChargebackAnswer, isFunded } from './state.ts';

type Request = {
  readonly chargebackId: string;
  readonly responseId: string;
  readonly words?: ChargebackWords | undefined;
};

/**
 * Contests a chargeback with what we hold, and with a person's own words where there are any. Those
 * are put into the vault before the intent that names them.
 */
export async function contestChargeback(
  { evidence, ...ports }: EscrowPorts & { readonly evidence: EvidenceVault },
  context: EscrowContext,
  { chargebackId, responseId, words }: Request,
): Promise<EscrowOutcome> {
  if (words !== undefined) await evidence.put(responseId, words);
  return runEscrow(ports, context, {
    ...{ type: 'RequestResponse', chargebackId, responseId, response: 'contest' },
    ...(words === undefined ? {} : { wordsReference: responseId }),
    at: ports.now().toISOString(),
  });
}

/** Gives a chargeback up. The bank has the money; what the trade loses follows from its loss. */
export const acceptChargeback = (
  ports: EscrowPorts,
  context: EscrowContext,
  { chargebackId, responseId }: Request,
): Promise<EscrowOutcome> =>
  runEscrow(ports, context, {
    ...{ type: 'RequestResponse', chargebackId, responseId, response: 'accept' },
    at: ports.now().toISOString(),
  });

export type AnswerPorts = RefundPorts & { readonly evidence: Pick<EvidenceVault, 'get'> };

/**
 * Gives the provider every answer that is intended and that it does not have. It is asked before it
 * is told: whether evidence was handed in, and whether there is anything left to answer. Safe to
 * repeat from any point.
 */
export async function answerChargebacks(
  ports: AnswerPorts,
  { tradeId }: Pick<EscrowContext, 'tradeId'>,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, tradeId);
  let outcome: EscrowOutcome = { kind: 'unchanged', state };
  if (!isFunded(state)) return outcome;
  for (const chargeback of state.chargebacks) {
    const { status, answer } = chargeback;
    if (status !== 'open' || answer?.status !== 'requested') continue;
    // To give a chargeback up is to give the money to the buyer.
    if (state.block !== undefined && answer.response === 'accept') continue;
    const reported = await answerOnce(ports, tradeId, { chargeback, answer });
    outcome = await recordProviderChargeback(ports, tradeId, reported);
    if (outcome.kind === 'too_early' || outcome.kind === 'rejected') return outcome;
  }
  return outcome;
}

async function answerOnce(
  { payments, evidence }: CollectionPorts & Pick<AnswerPorts, 'evidence'>,
  tradeId: string,
  { chargeback, answer }: { readonly chargeback: Chargeback; readonly answer: ChargebackAnswer },
): Promise<ProviderChargeback> {
  const { chargebackId } = chargeback;
  const found = await payments.getChargeback(chargebackId);
  const isAnswered = found.status !== 'open' || found.submissions > chargeback.submissions;
  if (isAnswered || answer.responseId === null) return found;
  // To close an inquiry would win it, and pay the seller.
  if (answer.response === 'accept' && found.isInquiry === true) return found;
  const request = { tradeId, chargebackId, responseId: answer.responseId };
  if (answer.response === 'accept') return payments.acceptChargeback(request);
  const { evidence: held, wordsReference: reference } = answer;
  assertInvariant(
    held !== null,
    'chargeback.no_evidence',
    `${chargebackId} is contested by nothing.`,
  );
  const words = reference === null ? {} : { words: await evidence.get(reference) };
  return payments.contestChargeback({ ...request, ...words, evidence: held });
}
