import {
  acceptChargeback,
  answerChargebacks,
  contestChargeback,
} from '../../src/escrow/answer-chargebacks.ts';
import { closePayment } from '../../src/escrow/collect.ts';
import { makeRefunds } from '../../src/escrow/make-refunds.ts';
import { refundTrade } from '../../src/escrow/refund-trade.ts';
import { type EscrowPorts, runEscrow } from '../../src/escrow/run.ts';
import { money } from '../../src/money/money.ts';
import { reversalIdFor } from '../../src/platform/ids.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import type { Corridor } from '../../src/settlement/corridors.ts';
import { reverseTransfer } from '../../src/settlement/reverse-transfer.ts';
import { loadSeller } from '../../src/settlement/run.ts';
import { recordDebt } from '../../src/settlement/seller-desk.ts';
import { payRelease } from '../../src/settlement/settle.ts';
import { marketplaceId, story, tradeId } from '../support/builders.ts';
import { unknownOutcomes } from '../support/provider-failures.ts';
import { deskAt } from '../support/stripe-desk.ts';
import {
  drawnRelease,
  fundPlatform,
  received,
  stripeOfEachTest,
  treasury,
  untilHandled,
} from './stripe-money-calls.support.ts';

const stripe = stripeOfEachTest();

/** A marketplace's books, empty, in front of the Stripe of this test. */
const desk = () => deskAt(stripe());

const intentsOf = async (id: string): Promise<number> => {
  const { data } = await stripe().direct.paymentIntents.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata['trade_id'] === id).length;
};

const recovering: readonly Corridor[] = [{ rails: ['stripe_transfer'], recoverByReversal: true }];

const memories = ['remembers', 'has forgotten'] as const;
const cases = unknownOutcomes.flatMap((failure) => memories.map((memory) => ({ failure, memory })));

/** The money is held in the trade's own currency, as the story has it. */
const convert = (ports: EscrowPorts) => {
  const { quote } = story.tradeOpened;
  const conversion = { quote, midSell: quote.midSell, spread: quote.spread };
  const at = quote.createdAt;
  const command = { type: 'ConvertFunds', conversion, at } as const;
  return runEscrow(ports, { tradeId, cause: 'convert' }, command);
};

/** Tries, is left without an answer, and tries again. */
async function twice(
  route: string,
  { failure, memory }: (typeof cases)[number],
  call: () => Promise<unknown>,
): Promise<void> {
  stripe().failNext(route, failure);
  await expect(call()).rejects.toMatchObject({ retryable: true });
  if (memory === 'has forgotten') stripe().forgetKeys();
  await untilHandled(call);
}

describe.each(cases)(
  'a money call whose first try was $failure, when Stripe $memory its key',
  (each) => {
    it('asks the buyer for money once', async () => {
      const { open, requestPayment, typesOf } = desk();
      await open();
      // While Stripe remembers that it failed, it says so again; then only asking helps.
      await twice('POST /v1/payment_intents', each, requestPayment);
      expect(await intentsOf(tradeId)).toBe(1);
      expect(typesOf().filter((type) => type === 'PaymentRequested')).toHaveLength(1);
    });

    it('closes a payment once', async () => {
      const { collection, open, requestPayment, typesOf } = desk();
      await open();
      const { paymentIntentId } = await requestPayment();
      const cause = { tradeId, cause: 'cancel' };
      await runEscrow(collection, cause, { type: 'RequestCancellation' });
      await twice('POST /v1/payment_intents/*/cancel', each, () => closePayment(collection, cause));
      const intent = await stripe().direct.paymentIntents.retrieve(paymentIntentId);
      expect(intent.status).toBe('canceled');
      expect(typesOf().filter((type) => type === 'TradeCanceled')).toHaveLength(1);
    });

    it('pays the seller once', async () => {
      const { settlement } = desk();
      await fundPlatform(stripe());
      const release = drawnRelease();
      const pay = () => payRelease(settlement, release, { marketplaceId, cause: 'release' });
      await twice('POST /v1/transfers', each, pay);
      const { data } = await stripe().direct.transfers.list({ limit: 100 });
      expect(data).toHaveLength(1);
    });

    it('takes back what a seller owes once', async () => {
      const settlement = { ...desk().settlement, corridors: recovering };
      const release = drawnRelease();
      await fundPlatform(stripe());
      await payRelease(settlement, release, { marketplaceId, cause: 'release' });
      const { debtId } = story.sellerDebtIncurred;
      const recorded = await recordDebt(
        settlement,
        { owner: { tradeId, marketplaceId }, cause: 'debt' },
        {
          ...{ debt: story.sellerDebtIncurred, payoutAccountId: release.payoutAccountId },
          ...{ sellerCountry: 'US', milestoneIds: [release.milestoneId] },
        },
      );
      expect(recorded.state.reversals.size).toBe(1);
      const reversalId = reversalIdFor(debtId, story.payoutRequested.payoutId);
      const owner = { tradeId, marketplaceId };
      const context = { sellerAccountId: release.payoutAccountId, cause: 'reversal', owner };
      await twice('POST /v1/transfers/tr_*/reversals', each, () =>
        reverseTransfer(settlement, context, reversalId),
      );
      const { data } = await stripe().direct.transfers.list({ limit: 100 });
      const { amountMinor } = story.sellerDebtIncurred.amount;
      expect(data.map((transfer) => transfer.amount_reversed)).toEqual([Number(amountMinor)]);
      const seller = await loadSeller(settlement, release.payoutAccountId);
      expect(seller.reversals.get(reversalId)?.status).toBe('reversed');
    });
  },
);

/** A trade whose money has come and is held. */
async function held() {
  const books = desk();
  const { collection, settlement, feed, open, requestPayment } = books;
  await open();
  const { paymentIntentId } = await requestPayment();
  stripe().sandbox.control.pay(paymentIntentId);
  const consume = consumePayments({ collection, settlement, feed, treasury });
  await consume(received(paymentIntentId));
  await convert(collection);
  return { ...books, consume, paymentIntentId };
}

describe.each(cases)(
  'a claim whose first try was $failure, when Stripe $memory its key',
  (each) => {
    it.each([
      ['POST /v1/disputes/du_*', 'hands evidence in', contestChargeback],
      ['POST /v1/disputes/*/close', 'gives a chargeback up', acceptChargeback],
    ] as const)('%s: %s once', async (route, _what, answer) => {
      const { collection, consume, paymentIntentId, typesOf } = await held();
      const { id: chargebackId } = stripe().sandbox.control.openDispute(paymentIntentId);
      await consume(received(chargebackId, 'charge.dispute.created'));
      const context = { tradeId, cause: 'api#1' };
      await answer(collection, context, { chargebackId, responseId: 'cbr_1' });
      await twice(route, each, () => answerChargebacks(collection, { tradeId }));
      const dispute = await stripe().direct.disputes.retrieve(chargebackId);
      const isContested = answer === contestChargeback;
      expect(dispute.evidence_details.submission_count).toBe(isContested ? 1 : 0);
      expect(dispute.status).toBe(isContested ? 'under_review' : 'lost');
      expect(typesOf().filter((type) => type === 'ChargebackAnswered')).toHaveLength(1);
    });

    it('gives the buyer money back once', async () => {
      const { collection, paymentIntentId, typesOf } = await held();
      const context = { tradeId, cause: 'api#1' };
      const amount = money('EUR', 10_000n);
      await refundTrade(collection, context, { idempotencyKey: 'key-1', amount });
      await twice('POST /v1/refunds', each, () => makeRefunds(collection, context));
      const { data } = await stripe().direct.refunds.list({ payment_intent: paymentIntentId });
      expect(data.map((refund) => refund.amount)).toEqual([10_000]);
      expect(typesOf().filter((type) => type === 'RefundSubmitted')).toHaveLength(1);
    });
  },
);

describe.each(cases)(
  'a call for a bank transfer whose first try was $failure, when Stripe $memory its key',
  (each) => {
    it('asks once for a payment though the customer was asked for twice', async () => {
      const { open, requestPayment } = desk();
      await open();
      await twice('POST /v1/customers', each, requestPayment);
      expect(await intentsOf(tradeId)).toBe(1);
    });

    it('gives back once what was transferred and never charged', async () => {
      const { collection, settlement, feed, open, requestPayment, typesOf } = desk();
      await open();
      const { paymentIntentId } = await requestPayment();
      stripe().sandbox.control.transfer(paymentIntentId, 10_000);
      const consume = consumePayments({ collection, settlement, feed, treasury });
      await consume(received(paymentIntentId, 'payment_intent.partially_funded'));
      const context = { tradeId, cause: 'cancel' };
      await runEscrow(collection, context, { type: 'RequestCancellation' });
      await closePayment(collection, context);
      await twice('POST /v1/refunds', each, () => makeRefunds(collection, context));
      const { data } = await stripe().direct.refunds.list({ limit: 100 });
      expect(data.map((refund) => refund.amount)).toEqual([10_000]);
      expect(typesOf().filter((type) => type === 'RefundSubmitted')).toHaveLength(1);
    });
  },
);
