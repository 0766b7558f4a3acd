import { closeInquiry } from '../stripe-dispute-turns.ts';
import { contestDispute, disputeObject, endDispute, find, isInquiry } from '../stripe-disputes.ts';
import { STRIPE_READ, STRIPE_WRITE } from '../stripe-errors.ts';
import type { StripeState } from '../stripe-state.ts';
import { type Calling, keyed, type Metadata, type Options } from './calling.ts';

type DisputeParameters = { readonly metadata?: Metadata; readonly submit?: boolean };

export const disputes = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'disputes.retrieve', subject: id, faults: STRIPE_READ }, () =>
      disputeObject(state, id),
    ),
  update: (id: string, parameters: DisputeParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'disputes.update', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        contestDispute(state, id, parameters.metadata ?? {});
        return disputeObject(state, id);
      }),
    ),
  close: (id: string, parameters: DisputeParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'disputes.close', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        if (isInquiry(find(state, id).dispute)) closeInquiry(state, id);
        else endDispute(state, id, 'lost');
        return disputeObject(state, id);
      }),
    ),
});
