import { compare } from '../money/money.ts';
import { CodedError, isCodedError } from '../platform/errors.ts';
import type { Owner } from '../platform/execute.ts';
import { payoutIdFor, sellerAccountIdFor } from '../platform/ids.ts';
import { LONGEST_LOOK_MS } from './attempt.ts';
import type { Recallable } from './decide-reversal.ts';
import { partsOf } from './payout-state.ts';
import {
  leftToReverse,
  type ProviderReversal,
  type ProviderTransfer,
  type TransferRail,
} from './ports.ts';
import {
  loadPayout,
  loadSeller,
  type PayoutContext,
  runSeller,
  type SellerContext,
  type SellerOutcome,
  type SettlementPorts,
} from './run.ts';
import type { Reversal } from './seller-debts.ts';

/**
 * The transfers that paid a trade's milestones, in the order of the milestones. What was paid along
 * with another payout, or by a file for the bank, can't be taken back.
 */
export async function recallableOf(
  ports: SettlementPorts,
  tradeId: string,
  milestoneIds: readonly string[],
): Promise<readonly Recallable[]> {
  const found = await Promise.all(
    milestoneIds.map(async (milestoneId) => {
      const payoutId = payoutIdFor(tradeId, milestoneId);
      const { state } = await loadPayout(ports, payoutId);
      if (state.status !== 'submitted' && state.status !== 'settled') return undefined;
      const { terms, transferId } = state;
      if (terms.rail !== 'stripe_transfer') return undefined;
      const { amount } = terms;
      const { currency } = amount;
      const minorOf = (id: string) =>
        partsOf(terms)
          .filter((part) => part.tradeId === id)
          .reduce((minor, part) => minor + part.amount.amountMinor, 0n);
      const byOthers = 'reversed' in state ? (state.reversed?.amountMinor ?? 0n) : 0n;
      const left = amount.amountMinor - byOthers;
      const own = minorOf(tradeId);
      const available = { currency, amountMinor: own < left ? own : left };
      const stepMinor = ports.rails.stripe_transfer.stepMinor(currency);
      return { payoutId, milestoneId, transferId, available, stepMinor };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/**
 * Takes a part of a transfer back whose intent is recorded: asks what was taken back, and only then
 * takes it. What the provider refuses is a debt as before; what is unknown throws, and is asked again.
 */
export async function reverseTransfer(
  ports: SettlementPorts,
  { sellerAccountId, cause, owner }: SellerContext & { readonly owner: Owner },
  reversalId: string,
): Promise<SellerOutcome> {
  const context = { sellerAccountId, cause: `${cause}/${reversalId}`, owner };
  const state = await loadSeller(ports, sellerAccountId);
  const reversal = state.reversals.get(reversalId);
  if (reversal?.status !== 'requested') return { kind: 'unchanged', state };
  const { transferId, amount } = reversal;
  const { stripe_transfer: rail } = ports.rails;
  const startedAtMs = ports.now().getTime();

  const transfer = await rail.get(transferId);
  const found = recoveryIn(transfer, reversal);
  if (found !== undefined) return recordReversed(ports, context, found);
  if (compare(leftToReverse(transfer), amount) < 0) {
    return refuse(ports, context, { reversalId, code: 'less_is_left' });
  }
  if (ports.now().getTime() - startedAtMs > LONGEST_LOOK_MS) throw lookedTooLong(reversalId);
  const made = await takeBack(rail, reversal);
  return 'refusal' in made
    ? refuse(ports, context, { reversalId, code: made.refusal })
    : recordReversed(ports, context, made);
}

/** A refusal may be of this try only: the one before it may have taken the money. */
async function takeBack(
  rail: TransferRail,
  reversal: Reversal,
): Promise<ProviderReversal | { readonly refusal: string }> {
  const { reversalId, debtId, transferId, amount } = reversal;
  try {
    return await rail.reverse({ reversalId, debtId, transferId, amount });
  } catch (error) {
    if (!isCodedError(error) || error.retryable) throw error;
    return recoveryIn(await rail.get(transferId), reversal) ?? { refusal: error.code };
  }
}

const recoveryIn = (
  { recoveries }: ProviderTransfer,
  { reversalId }: Reversal,
): ProviderReversal | undefined =>
  recoveries.find((recovery) => recovery.reversalId === reversalId);

const recordReversed = (
  ports: SettlementPorts,
  context: SellerContext,
  { reversalId, providerReversalId, amount }: ProviderReversal,
): Promise<SellerOutcome> =>
  runSeller(ports, context, {
    ...{ type: 'RecordTransferReversed', reversalId, providerReversalId, amount },
    at: ports.now().toISOString(),
  });

const refuse = (
  ports: SettlementPorts,
  context: SellerContext,
  { reversalId, code }: { readonly reversalId: string; readonly code: string },
): Promise<SellerOutcome> =>
  runSeller(ports, context, {
    ...{ type: 'RefuseTransferReversal', reversalId, code },
    at: ports.now().toISOString(),
  });

const lookedTooLong = (reversalId: string): CodedError =>
  new CodedError({
    code: 'seller.looked_too_long',
    message: `What was seen of the transfer is too old to act on ${reversalId}.`,
    retryable: true,
  });

/** Tells the seller's account what the provider has taken back for us, whoever noticed it. */
export async function recordRecoveries(
  ports: SettlementPorts,
  { payoutId, cause }: PayoutContext,
  { recoveries }: ProviderTransfer,
): Promise<SellerOutcome | undefined> {
  if (recoveries.length === 0) return undefined;
  const { state, records } = await loadPayout(ports, payoutId);
  const [owner]: readonly (Owner | undefined)[] = records;
  if (owner === undefined || !('terms' in state)) return undefined;
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, state.terms.destination);
  for (const recovery of recoveries) {
    const context = { sellerAccountId, cause: `${cause}/${recovery.reversalId}`, owner };
    const told = await recordReversed(ports, context, recovery);
    if (told.kind === 'too_early' || told.kind === 'rejected') return told;
  }
  return undefined;
}
