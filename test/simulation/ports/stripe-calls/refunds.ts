import type { StripeRefund } from '../../world.ts';
import { invalidRequest, STRIPE_READ, STRIPE_WRITE } from '../stripe-errors.ts';
import { createRefund, refundCash, refundObject } from '../stripe-refunds.ts';
import type { StripeState } from '../stripe-state.ts';
import { type Calling, keyed, type Metadata, type Options } from './calling.ts';

const MILLISECONDS_PER_SECOND = 1_000;

type RefundRequest = {
  readonly charge?: string;
  readonly customer?: string;
  readonly amount: number;
  readonly metadata: Metadata;
};

type RefundList = {
  readonly charge?: string;
  readonly created?: { readonly gte: number; readonly lte: number };
};

const isListed = (
  { chargeId, createdAtMs }: StripeRefund,
  { charge, created }: RefundList,
): boolean => {
  if (charge !== undefined) return chargeId === charge;
  const seconds = Math.floor(createdAtMs / MILLISECONDS_PER_SECOND);
  return created !== undefined && seconds >= created.gte && seconds <= created.lte;
};

export const refunds = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'refunds.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const refund = state.refunds.find((one) => one.id === id);
      if (refund === undefined) throw invalidRequest('resource_missing');
      return refundObject(state, refund);
    }),
  list: (which: RefundList) =>
    calling({ kind: 'refunds.list', subject: which.charge ?? '', faults: STRIPE_READ }, () => ({
      object: 'list',
      data: state.refunds
        .filter((refund) => isListed(refund, which))
        .reverse()
        .map((refund) => refundObject(state, refund)),
      has_more: false,
    })),
  create: (parameters: RefundRequest, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'refunds.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { charge: chargeId, customer: customerId = '', amount, metadata } = parameters;
        const amountMinor = BigInt(amount);
        const refund =
          chargeId === undefined
            ? refundCash(state, { customerId, amountMinor, metadata })
            : createRefund(state, { chargeId, amountMinor, metadata });
        return refundObject(state, refund);
      }),
    ),
});
