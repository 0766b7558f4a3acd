import type { Stripe } from 'stripe';
import { idOf } from './references.ts';
import type { World } from './world.ts';

/** The texts that may be given as evidence; files are kept elsewhere at Stripe. */
export const evidenceTexts = [
  ...(['access_activity_log', 'billing_address', 'cancellation_policy_disclosure'] as const),
  ...(['cancellation_rebuttal', 'customer_email_address', 'customer_name'] as const),
  ...(['customer_purchase_ip', 'duplicate_charge_explanation', 'duplicate_charge_id'] as const),
  ...(['product_description', 'refund_policy_disclosure', 'refund_refusal_explanation'] as const),
  ...(['service_date', 'shipping_address', 'shipping_carrier', 'shipping_date'] as const),
  ...(['shipping_tracking_number', 'uncategorized_text'] as const),
];

export const evidenceFiles = [
  ...(['cancellation_policy', 'customer_communication', 'customer_signature'] as const),
  ...(['duplicate_charge_documentation', 'receipt', 'refund_policy'] as const),
  ...(['service_documentation', 'shipping_documentation', 'uncategorized_file'] as const),
];

const secondsToRespond = 20 * 24 * 60 * 60;

export function buildDispute(
  world: World,
  facts: { charge: Stripe.Charge; amount: number; reason: string; inquiry: boolean },
): Stripe.Dispute {
  const { charge, amount, reason, inquiry } = facts;
  return {
    id: world.ids.next('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.nowSeconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: emptyEvidence(),
    evidence_details: {
      due_by: world.nowSeconds() + secondsToRespond,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    ...disputedMethod(charge, inquiry),
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

function disputedMethod(charge: Stripe.Charge, inquiry: boolean): Partial<Stripe.Dispute> {
  const card = charge.payment_method_details?.card;
  if (!card) return {};
  return {
    payment_method_details: {
      type: 'card',
      card: {
        brand: card.brand ?? 'visa',
        case_type: inquiry ? 'inquiry' : 'chargeback',
        network: card.network ?? 'visa',
        network_reason_code: '10.4',
      },
    },
  };
}

function emptyEvidence(): Stripe.Dispute.Evidence {
  const names = [...evidenceTexts, ...evidenceFiles];
  const empty = Object.fromEntries(names.map((name) => [name, null]));
  return { ...(empty as Record<(typeof names)[number], null>), enhanced_evidence: {} };
}
