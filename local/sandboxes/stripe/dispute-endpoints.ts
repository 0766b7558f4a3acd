import type { Stripe } from 'stripe';
import { evidenceFiles, evidenceTexts } from './dispute-objects.ts';
import { endDispute, isOpen, notOpen } from './disputes.ts';
import { type Actor, type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { clearableText, flag, group, text, unsupportedParameters } from './parameters.ts';

const url = '/v1/disputes';
const returns = { kind: 'dispute' } as const;

/** @throws StripeApiError 404 resource_missing. */
export function requireDispute({ world, account }: Actor, id: string): Stripe.Dispute {
  const dispute = world.store.find('dispute', account, id);
  if (dispute) return dispute;
  throw resourceMissing({ what: 'dispute', id, param: 'dispute' });
}

const disputeOf = (call: Call) => requireDispute(call, call.path['id'] ?? '');

const evidence = group({
  ...unsupportedParameters('appeal', 'enhanced_evidence', ...evidenceFiles),
  ...Object.fromEntries(evidenceTexts.map((name) => [name, clearableText()])),
});

/** What the sandbox's bank makes of evidence, as Stripe's testing page tells: the text decides. */
const decisiveTexts: Record<string, 'won' | 'lost'> = {
  winning_evidence: 'won',
  losing_evidence: 'lost',
};

/** Stores evidence, and hands it to the bank unless it is only staged. */
function respond(
  call: Actor,
  dispute: Stripe.Dispute,
  given: { evidence: object | undefined; submit: boolean },
): Stripe.Dispute {
  if (!isOpen(dispute)) throw notOpen(dispute);
  const submitted = given.submit && given.evidence !== undefined;
  const inquiry = dispute.status.startsWith('warning_');
  const details = dispute.evidence_details;
  return call.world.store.change('dispute', dispute.id, {
    evidence: { ...dispute.evidence, ...given.evidence },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || given.evidence !== undefined,
      submission_count: details.submission_count + (submitted ? 1 : 0),
      ...(submitted && { submission_method: 'manual' }),
    },
    ...(submitted && { status: inquiry ? 'warning_under_review' : 'under_review' }),
  });
}

const update = endpoint({
  method: 'POST',
  path: `${url}/:id`,
  parameters: {
    ...unsupportedParameters('intended_submission_method'),
    evidence,
    metadata: metadata(),
    submit: flag(),
  },
  returns,
  execute(call) {
    const { world, parameters } = call;
    const before = disputeOf(call);
    const { evidence: given, submit = true } = parameters;
    const responded = given ? respond(call, before, { evidence: given, submit }) : before;
    const changed = world.store.change('dispute', before.id, {
      metadata: mergeMetadata(responded.metadata, parameters.metadata),
    });
    emit(call, 'charge.dispute.updated', changed, { status: before.status });
    const verdict = decisiveTexts[changed.evidence.uncategorized_text ?? ''];
    const decided = verdict !== undefined && changed.status.endsWith('under_review');
    return decided ? endDispute(call, changed, verdict) : changed;
  },
});

export const disputeEndpoints = [
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, created: timeRange(), charge: text(), payment_intent: text() },
    returns: { kind: 'dispute', list: true },
    execute({ world, account, parameters }) {
      const { charge, payment_intent } = parameters;
      const disputes = world.store
        .list('dispute', account)
        .filter((dispute) => isWithin(dispute.created, parameters.created))
        .filter((dispute) => passes(dispute, { charge, payment_intent }));
      return paginate(disputes, parameters, { url, what: 'dispute' });
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: disputeOf }),
  update,
  endpoint({
    method: 'POST',
    path: `${url}/:id/close`,
    parameters: {},
    returns,
    execute: (call) => endDispute(call, disputeOf(call), 'lost'),
  }),
];
