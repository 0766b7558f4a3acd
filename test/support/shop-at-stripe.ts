import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent, SellerEvent } from '../../events/index.ts';
import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { inMemoryEvidenceVault } from '../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { ensurePaymentIntent, loadEscrow } from '../../src/escrow/collect.ts';
import type { EscrowCommand } from '../../src/escrow/commands.ts';
import { runEscrow } from '../../src/escrow/run.ts';
import { balancesOf, isBalanced } from '../../src/ledger/balances.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { consumeEscrow } from '../../src/process/consume-escrow.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import { consumeSettlement } from '../../src/process/consume-settlement.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { routeRecord } from '../../src/process/routes.ts';
import { bundledDay } from '../unit/fx/rate-days.ts';
import { bodyOf, marketplaceId, story, termsOf, tradeId } from './builders.ts';
import { settlementWith } from './fake-rail.ts';
import { fakeTreasury } from './fake-treasury.ts';
import { startStripe } from './stripe-under-test.ts';

const now = () => new Date();

/**
 * The product's books in memory, in front of a Stripe that credits more than the story's trade needs,
 * so that the seller is paid from the charge. Whatever is decided is delivered by `deliver`.
 */
export async function shopAtStripe() {
  const stripe = await startStripe({ rates: { usd: '1.20', jpy: '160', gbp: '0.85' } });
  const { sandbox, product } = stripe;
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const sellers = inMemoryRecordStore<SellerEvent>();
  const rates = inMemoryRatesStore();
  await rates.putIfAbsent(bundledDay);
  const escrow = { store: journaledStore(escrows), now };
  const payments = stripePaymentProvider(product);
  const collection = {
    ...{ ...escrow, payments, rates: rateDesk(rates), evidence: inMemoryEvidenceVault() },
  };
  const settlement = {
    ...settlementWith({
      ...{ rail: stripeTransferRail(product), now, store: journaledStore(payouts) },
      sellers: journaledStore(sellers),
    }),
    escrows: escrow.store,
  };
  const feed = stripeEventFeed(product, { livemode: false });
  const consumers = {
    payments: consumePayments({ collection, settlement, feed, treasury: fakeTreasury().ports }),
    settlement: consumeSettlement(settlement),
    escrow: consumeEscrow(escrow),
  };
  const records = () =>
    [...escrows.all(), ...payouts.all(), ...sellers.all()] as unknown as TradelaneRecord[];

  const routed = new Set<string>();
  const deliver = async (): Promise<void> => {
    for (const message of records().flatMap(routeRecord)) {
      if (routed.has(message.messageId) || !(message.target in consumers)) continue;
      const handled = await consumers[message.target as keyof typeof consumers](message);
      if (handled.kind === 'rejected') throw new Error(handled.code);
      if (handled.kind === 'too_early') continue;
      routed.add(message.messageId);
      return deliver();
    }
  };
  const told = (eventType: StripeEventReceived['eventType'], objectId: string, account?: string) =>
    consumers.payments({
      ...{ kind: 'stripe_event_received', version: 1, eventId: 'evt_1', eventType, objectId },
      ...(account === undefined ? {} : { account }),
      receivedAt: now().toISOString(),
    });
  const run = (command: EscrowCommand, cause: string = command.type) =>
    runEscrow(escrow, { tradeId, marketplaceId, cause }, command);
  return { stripe, sandbox, collection, settlement, records, deliver, told, run };
}

export type Shop = Awaited<ReturnType<typeof shopAtStripe>>;

/** The story's trade: paid, converted, delivered. Answers its charge and its seller's account. */
export async function deliveredTrade(
  { sandbox, collection, told, run, stripe }: Shop,
  pay = (paymentIntentId: string): unknown => sandbox.control.pay(paymentIntentId),
) {
  const { id: account } = sandbox.control.openAccount({ country: 'US' });
  const seller = { ...story.tradeOpened.seller, payoutAccountId: account };
  await run({ type: 'OpenTrade', terms: termsOf({ seller }) });
  const state = await loadEscrow(collection, tradeId);
  if (state.status !== 'awaiting_payment') throw new Error(`The trade is ${state.status}.`);
  const cause = { tradeId, cause: 'request' };
  const { paymentIntentId } = await ensurePaymentIntent(collection, cause, state);
  pay(paymentIntentId);
  await told('payment_intent.succeeded', paymentIntentId);
  const { quote } = state.terms;
  const conversion = { quote, midSell: quote.midSell, spread: quote.spread };
  await run({ type: 'ConvertFunds', conversion, at: now().toISOString() });
  await run({ type: 'BookShipment', booking: bodyOf(story.shipmentBooked) });
  const { inspectionEndsAt: _, confirmedAt: __, ...delivery } = bodyOf(story.deliveryConfirmed);
  await run({ type: 'ConfirmDelivery', ...delivery, at: now().toISOString() });
  const { latest_charge: charge } = await stripe.direct.paymentIntents.retrieve(paymentIntentId);
  return { account, charge: String(charge) };
}

/** The buyer accepts, and the seller is paid. */
export async function payTheSeller({ run, deliver, settlement, told }: Shop): Promise<void> {
  const evidenceSha256 = 'a'.repeat(64);
  await run({ type: 'AcceptGoods', evidenceSha256, at: now().toISOString() });
  await deliver();
  const [transfer] = await settlement.rails.stripe_transfer.ofTrade(tradeId);
  if (transfer === undefined) throw new Error('The seller was not paid.');
  await told('transfer.created', transfer.transferId);
  await deliver();
}

/** What the books say lies at Stripe, and what Stripe says: the same, to the cent, in every currency. */
export function expectToTheCent({ records, sandbox }: Shop): void {
  const balances = balancesOf(records().flatMap(({ journal }) => journal));
  expect(isBalanced(balances)).toBe(true);
  const ours = balances
    .filter(({ account }) => account === '1100')
    .map(({ currency, debitMinor, creditMinor }) => [currency, debitMinor - creditMinor] as const);
  const { available, pending } = sandbox.control.balance();
  const held = Map.groupBy([...available, ...pending], ({ currency }) => currency.toUpperCase());
  const theirs = [...held].map(
    ([currency, amounts]) =>
      [currency, amounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n)] as const,
  );
  const notZero = (all: readonly (readonly [string, bigint])[]) =>
    all.filter(([, minor]) => minor !== 0n).sort();
  expect(notZero(ours)).toEqual(notZero(theirs));
}
