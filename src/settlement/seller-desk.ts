import type { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import type { PayoutEvent } from '../../events/index.ts';
import type { Owner } from '../platform/execute.ts';
import { attemptIdFor, sellerAccountIdFor } from '../platform/ids.ts';
import { routeFor } from './corridors.ts';
import { type RetryTrigger, retryPayout } from './retry.ts';
import { recallableOf } from './reverse-transfer.ts';
import {
  loadPayout,
  loadSeller,
  type PayoutOutcome,
  runPayout,
  runSeller,
  type SellerOutcome,
  type SettlementPorts,
} from './run.ts';
import type { SellerCommand } from './seller.ts';

export type Message = { readonly owner: Owner; readonly cause: string };

export type Told = PayoutOutcome | SellerOutcome;

/**
 * Opens a debt of the seller who is paid at that account. Where the corridor says so, it is taken back
 * of the trade's own transfers first; the rest is kept from later payouts.
 */
export async function recordDebt(
  ports: SettlementPorts,
  { owner, cause }: Message,
  { debt, payoutAccountId, sellerCountry: country, milestoneIds }: DebtOfTrade,
): Promise<SellerOutcome> {
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, payoutAccountId);
  const { currency } = debt.amount;
  const route = routeFor(ports.corridors, { country, currency, payoutAccountId });
  const recallable =
    route?.recoverByReversal === true ? await recallableOf(ports, debt.tradeId, milestoneIds) : [];
  const context = { sellerAccountId, cause, owner };
  return runSeller(ports, context, { type: 'RecordDebt', debt, recallable });
}

/** A debt, and what its trade says of the seller and of what was to be paid. */
export type DebtOfTrade = {
  readonly debt: SellerDebtIncurred;
  readonly payoutAccountId: string;
  readonly sellerCountry: string;
  readonly milestoneIds: readonly string[];
};

/** What an event of a payout means for the seller's account; undefined where it means nothing. */
function consequenceOf(
  event: PayoutEvent,
): { readonly destination: string; readonly command: SellerCommand } | undefined {
  switch (event.type) {
    case 'PayoutRolledForward': {
      const { payoutId, attempt, parts, destination } = event;
      const creditId = attemptIdFor(payoutId, attempt);
      const command = { type: 'CarryCredit', creditId, reason: 'below_minimum', parts } as const;
      return { destination, command };
    }
    case 'PayoutLeftOver': {
      const { payoutId, attempt, parts, destination } = event;
      const creditId = `${attemptIdFor(payoutId, attempt)}#rest`;
      const command = { type: 'CarryCredit', creditId, reason: 'left_over', parts } as const;
      return { destination, command };
    }
    case 'PayoutReversed': {
      const { payoutId, tradeId, milestoneId, sellerId, destination, amount } = event;
      const creditId = `${event.transferId}#${event.totalReversed.amountMinor}`;
      const parts = [{ payoutId, tradeId, milestoneId, sellerId, amount }];
      const command = { type: 'CarryCredit', creditId, reason: 'reversed', parts } as const;
      return { destination, command };
    }
    case 'PayoutFailed':
    case 'PayoutReturned': {
      const { payoutId, attempt, code, destination } = event;
      return { destination, command: { type: 'LetWait', payoutId, attempt, code } };
    }
    case 'PayoutReissued': {
      const { payoutId, attempt, destination } = event;
      return { destination, command: { type: 'Resume', payoutId, attempt } };
    }
    default:
      return undefined;
  }
}

/** Tells the seller's account what became of a payout. */
export async function followPayout(
  ports: SettlementPorts,
  { owner, cause }: Message,
  event: PayoutEvent,
): Promise<Told | undefined> {
  if (event.type === 'CarriedPayoutsSettled') {
    return tellCarried(ports, cause, event);
  }
  const consequence = consequenceOf(event);
  if (consequence === undefined) return undefined;
  const { destination, command } = consequence;
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, destination);
  return runSeller(ports, { sellerAccountId, cause, owner }, command);
}

/** Each payout that went with another is paid through it. */
async function tellCarried(
  ports: SettlementPorts,
  cause: string,
  {
    payoutId: carrierPayoutId,
    carried,
    settledAt: at,
  }: Extract<PayoutEvent, { type: 'CarriedPayoutsSettled' }>,
): Promise<Told | undefined> {
  for (const payoutId of new Set(carried.map((part) => part.payoutId))) {
    const [owner] = (await loadPayout(ports, payoutId)).records;
    const told = await runPayout(
      ports,
      { payoutId, cause, ...(owner === undefined ? {} : { owner }) },
      { type: 'RecordPaidThrough', carrierPayoutId, at },
    );
    if (told.kind === 'too_early' || told.kind === 'rejected') return told;
  }
  return undefined;
}

/** Tries every payout of the seller again that waits for the account to change. */
export async function retryWaiting(
  ports: SettlementPorts,
  { sellerAccountId, cause }: { readonly sellerAccountId: string; readonly cause: string },
  trigger: RetryTrigger,
): Promise<PayoutOutcome | undefined> {
  const { waiting } = await loadSeller(ports, sellerAccountId);
  for (const payoutId of waiting.keys()) {
    const outcome = await retryPayout(ports, { payoutId, cause }, trigger);
    if (outcome.kind === 'too_early' || outcome.kind === 'rejected') return outcome;
  }
  return undefined;
}

/**
 * An account of Stripe's changed. One that a bank had refused can be paid again if Stripe says that it
 * can; then whatever waits is tried.
 */
export async function stripeAccountChanged(
  ports: SettlementPorts,
  { accountId, cause }: { readonly accountId: string; readonly cause: string },
): Promise<Told | undefined> {
  const seller = await loadSeller(ports, accountId);
  if (seller.impairedBy !== undefined) {
    const restored = await runSeller(
      ports,
      { sellerAccountId: accountId, cause },
      { type: 'RestoreAccount', payoutAccountId: accountId, at: ports.now().toISOString() },
    );
    if (restored.kind === 'too_early' || restored.kind === 'rejected') return restored;
  }
  return retryWaiting(ports, { sellerAccountId: accountId, cause }, 'account_changed');
}

/** The seller's bank refused a payout of Stripe's: nothing more is sent there for now. */
export const impairAccount = (
  ports: SettlementPorts,
  { accountId, cause }: { readonly accountId: string; readonly cause: string },
  code: string,
): Promise<SellerOutcome> =>
  runSeller(
    ports,
    {
      sellerAccountId: accountId,
      cause,
      // No trade and no marketplace is meant: the account is one seller's in all of them.
      owner: { tradeId: accountId, marketplaceId: accountId },
    },
    { type: 'ImpairAccount', payoutAccountId: accountId, code, at: ports.now().toISOString() },
  );
