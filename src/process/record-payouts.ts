import type { TreasuryEvent } from '../../events/index.ts';
import type { ExecutionPorts } from '../platform/execute.ts';
import type { SettlementPorts } from '../settlement/run.ts';
import { impairAccount, stripeAccountChanged } from '../settlement/seller-desk.ts';
import { announcePayout } from '../treasury/announce-payout.ts';
import type { ProviderPayouts } from '../treasury/ports.ts';
import { done, type Handled, handledBy, ignored } from './handled.ts';
import { PLATFORM } from './platform-owner.ts';

/** The provider's payouts to our own bank account, and where they are recorded. */
export type TreasuryDesk = ExecutionPorts<TreasuryEvent> & { readonly payouts: ProviderPayouts };

/** A seller's account changed: whether it can be paid now is asked. */
export async function recordAccount(
  ports: SettlementPorts,
  accountId: string,
  cause: string,
): Promise<Handled> {
  const outcome = await stripeAccountChanged(ports, { accountId, cause });
  return outcome === undefined ? done : handledBy(outcome);
}

/** What Stripe pays out to our own bank account is expected there, until it says that it does not come. */
export async function recordOwnPayout(
  { payouts, ...ports }: TreasuryDesk,
  payoutId: string,
  cause: string,
): Promise<Handled> {
  const payout = await payouts.get(payoutId);
  const news = `${cause}#${payout.calledOff ?? payout.traceId ?? ''}`;
  return handledBy(await announcePayout(ports, payout, { marketplaceId: PLATFORM, cause: news }));
}

/** Stripe could not pay a seller out to their bank. What Stripe says of it now is what counts. */
export async function recordFailedPayout(
  ports: SettlementPorts,
  { objectId, account }: { readonly objectId: string; readonly account: string },
  cause: string,
): Promise<Handled> {
  const code = await ports.rails.stripe_transfer.bankRefusal(account, objectId);
  if (code === undefined) return ignored('payout that did not fail after all');
  return handledBy(await impairAccount(ports, { accountId: account, cause }, code));
}
