import {
  lookUp,
  type Meaning,
  type MeaningTable,
  tableOf,
  UNMAPPED,
  unmapped,
} from '../meaning.ts';

/** USPS's status categories (Tracking API v3 and TrackV2). */
const byCategory: MeaningTable = {
  'pre-shipment': 'label_created',
  accepted: 'picked_up',
  acceptance: 'picked_up',
  'in transit': 'in_transit',
  'in-transit': 'in_transit',
  'arriving late': 'exception/carrier_delay',
  'arriving on-time': 'in_transit',
  forwarded: 'in_transit',
  'out for delivery': 'out_for_delivery',
  'out-for-delivery': 'out_for_delivery',
  'available for pickup': 'available_for_pickup',
  'delivery attempt': 'delivery_attempted',
  'delivery exception': 'exception',
  alert: 'exception',
  delivered: 'delivered',
  'delivered to agent': 'delivered',
  'return to sender': 'returning',
};

/** Event codes of USPS (Publication 199), and of the international post (UPU M40). */
const byCode: MeaningTable = tableOf({
  label_created: 'MA GX GC MR NP',
  picked_up: '03 43 80 PA TM OA EMA',
  in_transit: `06 07 10 19 41 42 81 82 A1 AD AE AX EF L1 NT PC SF T1 TL TI UA LD U1 OX EMB EMC EMD EMF
    EMG EMJ EMK EDD`,
  'in_transit/customs_cleared': 'EDC EXC',
  customs_processing: 'EDB EXA',
  customs_held: 'EME EXB',
  out_for_delivery: 'OF EDG',
  available_for_pickup: '14 16 EDH',
  delivery_attempted: '30 53 54 55 EMH',
  'delivery_attempted/recipient_absent': '02 51 52 56',
  exception: '71 EDA EDE EDF',
  'exception/missort': '08 15',
  'exception/address': '05',
  delivered: '01 17 EMI',
  returning: '09 28 29 44',
  'returning/refused': '04',
  'returning/address': '21 22 23 24 25 26',
  'returning/recipient_absent': '27 31',
  failed: '11',
  unknown: 'DX',
});

/** USPS's names of events and statuses, in the order in which they must be looked for. */
const byText: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/\bto original sender\b|\breturned to sender\b/i, { status: 'returned' }],
  [/\breturn(?:ing)? to sender\b|\bbeing returned\b/i, { status: 'returning' }],
  [/\brefused\b/i, { status: 'returning', reason: 'refused' }],
  [/\b(?:held|detained|seized)\b.*\bcustoms\b/i, { status: 'customs_held' }],
  [/\bcustoms\b.*\b(?:complete|released)\b/i, { status: 'in_transit', reason: 'customs_cleared' }],
  [/\bcustoms\b/i, { status: 'customs_processing' }],
  [/\bnotice left\b|\bdelivery attempt|\bno access\b/i, { status: 'delivery_attempted' }],
  [/\bout for delivery\b/i, { status: 'out_for_delivery' }],
  [
    /\b(?:available|ready|held).*\bpick-?up\b|\bheld at post office\b/i,
    { status: 'available_for_pickup' },
  ],
  [
    /\bundeliverable\b|\binsufficient address\b|\bno such number\b/i,
    { status: 'exception', reason: 'address' },
  ],
  [/\bdead letter\b|\bdead mail\b|\bdestroyed\b/i, { status: 'failed' }],
  [
    /\blabel (?:has been )?(?:created|printed)\b|\bpre-?shipment\b|\bawaiting item\b|\belectronic (?:shipping|shipment) info/i,
    { status: 'label_created' },
  ],
  [/\bwas delivered\b|^delivered\b|\bpicked up at\b/i, { status: 'delivered' }],
  [/\bin possession of item\b|\baccept(?:ed|ance)\b|^picked up\b/i, { status: 'picked_up' }],
  [/\bdelay|\bmissent\b|\balert\b|\brescheduled\b/i, { status: 'exception' }],
  [
    /\btransit\b|\barriv|\bdepart|\bprocess|\bsort|\bforwarded\b|\bon its way\b|\bdispatched\b|\bmoving through\b|\bpreparing for delivery\b/i,
    { status: 'in_transit' },
  ],
];

/** An answer that is no news: the item is not known, or not yet. */
const NO_RECORD = /\bno record\b|\bnot available\b|\bnot yet available\b|\bcould not locate\b/i;

const meaningOfText = (words: string): Meaning | undefined =>
  NO_RECORD.test(words)
    ? { status: 'unknown' }
    : byText.find(([pattern]) => pattern.test(words))?.[1];

/** What an event says: by its code, else by its name. What went back to its sender says so in words. */
export const uspsEventMeaning = (code: string, name: string): Meaning => {
  const named = meaningOfText(name);
  if (named?.status === 'returned') return named;
  const said = lookUp(byCode, code.toUpperCase());
  if (said !== undefined) return said;
  if (named === undefined) return UNMAPPED;
  return code === '' ? named : unmapped(named);
};

/** Categories so wide that the words beside them say more. */
const WIDE: ReadonlySet<string> = new Set(['alert', 'delivery exception', '']);

/** What the whole item's category and status say. */
export const uspsSummaryMeaning = (category: string, words: string): Meaning => {
  const named = meaningOfText(words);
  const said = lookUp(byCategory, category.toLowerCase());
  if (named?.status === 'returned') return named;
  if (said !== undefined && !WIDE.has(category.toLowerCase())) return said;
  if (named !== undefined && named.status !== 'delivered') return named;
  return said ?? named ?? UNMAPPED;
};
