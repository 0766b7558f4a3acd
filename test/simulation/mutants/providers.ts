import type { Mutant } from './mutant.ts';

const SETTLE = 'src/settlement/settle.ts';
const ATTEMPT = 'src/settlement/attempt.ts';
const COLLECT = 'src/escrow/collect.ts';
const CAPTURED_AT = 'src/adapters/stripe/captured-at.ts';
const PAYMENTS = 'src/adapters/stripe/payment-provider.ts';
const RAIL = 'src/adapters/stripe/transfer-rail.ts';
const LABEL = 'src/shipment/order-label.ts';

/** Bugs in how the product deals with providers. */
export const PROVIDERS: readonly Mutant[] = [
  {
    name: 'debit-dated-by-its-start',
    bug: 'The money of a bank debit counts from the day on which the debit started.',
    patches: [
      {
        file: CAPTURED_AT,
        find: 'details !== null && TAKEN_AT_ONCE.has(details.type) ? created : balance.created',
        replace: 'created',
      },
    ],
  },
  {
    name: 'card-dated-by-its-booking',
    bug: 'The money of a card counts from when Stripe got round to booking it.',
    patches: [
      {
        file: CAPTURED_AT,
        find: 'details !== null && TAKEN_AT_ONCE.has(details.type) ? created : balance.created',
        replace: 'balance.created',
      },
    ],
  },
  {
    name: 'transfer-not-looked-up',
    bug: 'A payout is sent again without asking whether it was sent: the key alone is trusted.',
    patches: [
      {
        file: ATTEMPT,
        find: 'const found = await rail.find(attempt);',
        replace: 'const found = undefined as ProviderTransfer | undefined;',
      },
    ],
  },
  {
    name: 'transfer-key-random',
    bug: 'Every try to pay has an idempotency key of its own.',
    patches: [
      {
        file: RAIL,
        find: `\${attemptIdFor(payoutId, attempt)}:transfer\``,
        replace: `\${attemptIdFor(payoutId, attempt)}:transfer:\${Math.random()}\``,
      },
    ],
  },
  {
    name: 'transfer-key-shared',
    bug: 'All payouts of a trade share one idempotency key.',
    patches: [
      {
        file: RAIL,
        find: `\${attemptIdFor(payoutId, attempt)}:transfer\``,
        replace: `\${tradeId}:transfer\``,
      },
    ],
  },
  {
    name: 'transfer-before-intent',
    bug: 'The money is sent before the intent to send it is recorded.',
    patches: [
      {
        file: SETTLE,
        find: "  return runPayout(ports, context, { type: 'RequestPayout', release, plan, route, at });",
        replace: `  const terms = { ...ownPart(release), rail: route.rail, destination: release.payoutAccountId };
  const { payoutId, tradeId, amount, destination } = terms;
  const { marketplaceId } = context.owner;
  const { currency } = amount;
  const early = { payoutId, tradeId, marketplaceId, attempt: 1, currency, destination, amount };
  if ((await ports.rails[route.rail].find(early)) === undefined) {
    await ports.rails[route.rail].create(early);
  }
  return runPayout(ports, context, { type: 'RequestPayout', release, plan, route, at });`,
      },
    ],
  },
  {
    name: 'transfer-drawn-blindly',
    bug: 'Payouts are drawn from a charge that may not cover them all.',
    patches: [
      {
        file: 'src/escrow/decide-release.ts',
        find: '  settled.currency === amount.currency &&\n  compare(settled, amount) >= 0;',
        replace: 'settled.currency === amount.currency;',
      },
    ],
  },
  {
    name: 'intent-not-looked-up',
    bug: 'A payment intent is created without asking whether there is one.',
    patches: [
      {
        file: COLLECT,
        find: '(await ports.payments.findForTrade(tradeId)) ??',
        replace: '',
      },
    ],
  },
  {
    name: 'intent-key-random',
    bug: 'Every try to create a payment intent has an idempotency key of its own.',
    patches: [
      {
        file: PAYMENTS,
        find: `\${tradeId}:payment-intent\``,
        replace: `\${tradeId}:\${Math.random()}\``,
      },
    ],
  },
  {
    name: 'canceled-without-asking',
    bug: 'A trade is canceled in our books while its payment stays open at the provider.',
    patches: [
      {
        file: COLLECT,
        find: 'const provider = await ports.payments.cancel(paymentIntentId);',
        replace:
          "const provider = { ...(await ports.payments.get(paymentIntentId)), status: 'canceled' as const };",
      },
    ],
  },
  {
    name: 'refused-cancel-taken-for-canceled',
    bug: 'When the provider refuses to cancel, because it was just paid, it counts as canceled.',
    patches: [
      {
        file: PAYMENTS,
        find: `        throw error;
      return get(paymentIntentId);`,
        replace: `        throw error;
      return { ...before, status: 'canceled' };`,
      },
    ],
  },
  {
    name: 'unrecorded-intent-left-open',
    bug: 'A cancellation forgets the payment intent that was created and never recorded.',
    patches: [
      {
        file: COLLECT,
        find: "if (state.status !== 'canceling' || isHeldUp) return { kind: 'unchanged', state };",
        replace: `if (state.status !== 'canceling' || isHeldUp) return { kind: 'unchanged', state };
  if (state.paymentIntentId === null) {
    const at = ports.now().toISOString();
    return runEscrow(ports, context, { type: 'RecordPaymentClosed', at });
  }`,
      },
    ],
  },
  {
    name: 'payment-booked-net',
    bug: 'What the provider settled is recorded less its fee, which is then booked again.',
    patches: [
      {
        file: PAYMENTS,
        find: 'settled: fromStripeAmount(balance.amount, balance.currency),',
        replace: 'settled: fromStripeAmount(balance.amount - balance.fee, balance.currency),',
      },
    ],
  },
  {
    name: 'label-before-record',
    bug: 'The label is bought before the carrier’s shipment is recorded.',
    patches: [
      {
        file: LABEL,
        find: "  return answer.kind === 'refused'\n    ? runShipment(ports, context, refusalOf(answer))",
        replace: `  if (answer.kind !== 'refused') await ports.carrier.buy(answer);
  return answer.kind === 'refused'
    ? runShipment(ports, context, refusalOf(answer))`,
      },
    ],
  },
  {
    name: 'label-on-any-shipment',
    bug: 'The label is bought on whichever shipment the carrier finds under our reference.',
    patches: [
      {
        file: LABEL,
        find: '    carrierShipmentId,\n    request: () => ports.labelRequest(order),',
        replace:
          '    carrierShipmentId: (await ports.carrier.findPrepared(context.shipmentId, 1))?.carrierShipmentId ?? carrierShipmentId,\n    request: () => ports.labelRequest(order),',
      },
    ],
  },
  {
    name: 'delivery-without-its-window',
    bug: 'A delivery counts as soon as the carrier reports it.',
    patches: [
      {
        file: 'src/shipment/scans.ts',
        find: 'return stableAt === undefined\n',
        replace: 'return stableAt !== null\n',
      },
    ],
  },
  {
    name: 'postage-exists-taken-for-refusal',
    bug: 'A label that another try has just bought counts as refused.',
    patches: [
      {
        file: 'src/adapters/carriers/easypost/carrier.ts',
        find: "if (bought.code !== 'SHIPMENT.POSTAGE.EXISTS') return toRefusal(bought);",
        replace: 'return toRefusal(bought);',
      },
    ],
  },
  {
    name: 'stale-signature-accepted',
    bug: 'Stripe’s signatures never grow old.',
    patches: [
      {
        file: 'src/adapters/stripe/webhook.ts',
        find: 'const TOLERANCE_SECONDS = 300;',
        replace: 'const TOLERANCE_SECONDS = 300_000_000;',
      },
    ],
  },
  {
    name: 'signature-not-compared',
    bug: 'A webhook of the carrier’s needs a signature, but any will do.',
    patches: [
      {
        file: 'src/adapters/carriers/easypost/verify.ts',
        find: 'return timingSafeEqual(createHmac',
        replace: 'return true || timingSafeEqual(createHmac',
      },
    ],
  },
  {
    name: 'later-return-ignored',
    bug: 'A parcel that was delivered stays delivered, though it comes back.',
    patches: [
      {
        file: 'src/tracking/verdict.ts',
        find: 'return goesBack ? enter(next) : CONFLICT;',
        replace: 'return goesBack ? STAY : CONFLICT;',
      },
    ],
  },
];
