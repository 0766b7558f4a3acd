import { lookUp, type Meaning, type MeaningTable, UNMAPPED } from '../meaning.ts';

/** Ship24's milestones (docs.ship24.com/status). Its codes are finer, and often null. */
const byMilestone: MeaningTable = {
  pending: 'unknown',
  info_received: 'label_created',
  in_transit: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  failed_attempt: 'delivery_attempted',
  available_for_pickup: 'available_for_pickup',
  exception: 'exception',
  delivered: 'delivered',
};

/** The status codes that say more than their milestone, by the words they are made of. */
const byCode: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/^exception_(?:.*_)?returned/, { status: 'returned' }],
  [/^exception_(?:.*_)?return/, { status: 'returning' }],
  [/^exception_(?:.*_)?lost/, { status: 'failed', reason: 'lost' }],
  [/^exception_(?:.*_)?damaged?/, { status: 'exception', reason: 'damaged' }],
  [/^exception_(?:.*_)?delay/, { status: 'exception', reason: 'carrier_delay' }],
  [
    /^customs_(?:.*_)?(?:clearance_completed|cleared|released)/,
    { status: 'in_transit', reason: 'customs_cleared' },
  ],
  [/^customs_(?:.*_)?(?:held|rejected|exception|required)/, { status: 'customs_held' }],
  [/^customs_/, { status: 'customs_processing' }],
];

/** What a code may refine: where its milestone is this general, and never what is an end. */
const GENERAL: readonly string[] = ['in_transit', 'exception'];

/**
 * Ship24's milestone and status code in canonical terms. No milestone says nothing.
 *
 * @example ship24Meaning('delivered', 'delivery_delivered') // { status: 'delivered' }
 */
export const ship24Meaning = (milestone: string, code: string): Meaning => {
  if (milestone === '') return { status: 'unknown' };
  const said = lookUp(byMilestone, milestone);
  if (said === undefined) return UNMAPPED;
  if (!GENERAL.includes(milestone)) return said;
  return byCode.find(([pattern]) => pattern.test(code))?.[1] ?? said;
};
