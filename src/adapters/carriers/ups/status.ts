import type { TrackingStatus } from '../../../tracking/status.ts';
import { lookUp, type Meaning, type MeaningTable, tableOf, UNMAPPED } from '../meaning.ts';

/** UPS's activity types (developer.ups.com, Tracking, "Package Activity Types"). */
const byType: MeaningTable = tableOf({
  delivered: 'D',
  in_transit: 'I DO W',
  out_for_delivery: 'O',
  picked_up: 'P',
  label_created: 'M',
  cancelled: 'MV',
  exception: 'X',
  available_for_pickup: 'DD',
  returning: 'RS',
  unknown: 'NA U',
});

/** UPS's status codes of two letters that say more than their type. */
const byLetters: MeaningTable = tableOf({
  label_created: 'I/MP M/MP',
  out_for_delivery: 'I/OT I/OF',
  picked_up: 'I/PU I/OR',
  returning: 'X/RS I/RS',
});

/** UPS's description codes ("Status/Description Codes"), which say most. */
const byDescription: MeaningTable = tableOf({
  label_created: '3 43 44 45 65 77 79 80 131 135 157 166',
  picked_up: '38 160 167 168 169',
  in_transit: '5 10 16 19 25 39 47 57 70 71 72 73 74 75 87 93 94 137 138 158 159 164 165',
  'in_transit/customs_cleared': '14 84 134',
  customs_processing: '12 92',
  customs_held: '123 126',
  'customs_held/customs_docs': '58 124 125 141',
  out_for_delivery: '6 21 37 78 89 91 146 162',
  available_for_pickup: '17 40 144 161',
  delivery_attempted: '22 23 24 60 66 145',
  'delivery_attempted/recipient_absent': '61',
  'delivery_attempted/payment': '62',
  exception: '13 29 30 76 83 129',
  'exception/address': '50',
  'exception/carrier_delay': '46 48 49 86 90',
  'exception/weather': '32 51 52 53',
  'exception/damaged': '59',
  'exception/payment': '85',
  'exception/security': '132 139',
  returning: '33 35 36 118 119',
  'returning/refused': '64',
  delivered: '11 26 143',
  returned: '34 67',
  'returned/damaged': '81',
  failed: '69',
  'failed/lost': '68',
  'failed/customs_prohibited': '147 149',
  cancelled: '7',
  unknown: `0 18 20 27 28 41 42 54 55 56 63 82 88 95 96 97 98 99 100 101 102 103 104 105 106 107 108
    109 110 111 112 113 114 115 116 117 120 121 122 127 128 130 133 136 140 142 148 153 154 155 156
    163`,
});

/** What UPS says in words only, in answers that have no description codes. */
const byWords: readonly (readonly [type: string, pattern: RegExp, meaning: Meaning])[] = [
  ['D', /\breturned to\b/i, { status: 'returned' }],
  ['I', /^out for delivery\b/i, { status: 'out_for_delivery' }],
  ['X', /\breturn(?:ed|ing)? to (?:the )?(?:sender|shipper)\b/i, { status: 'returning' }],
  ['X', /\brefused\b/i, { status: 'returning', reason: 'refused' }],
  ['X', /\battempt/i, { status: 'delivery_attempted' }],
  ['X', /\bcustoms\b|\bclearance\b/i, { status: 'customs_held' }],
];

/** What each type can't be, whatever its description says. */
const impossible: Readonly<Record<string, readonly TrackingStatus[]>> = {
  M: ['delivered', 'returned', 'out_for_delivery', 'failed'],
  I: ['delivered', 'returned'],
  X: ['label_created', 'delivered'],
  D: ['label_created', 'picked_up', 'cancelled'],
};

/**
 * UPS's codes in canonical terms: the description code, else the letters, else the type. Where the
 * type rules out what the description says, the type counts and the contradiction shows.
 *
 * @example upsMeaning({ type: 'I', letters: 'OT', description: '021' }) // out_for_delivery
 */
export const upsMeaning = ({
  type,
  letters,
  description,
  words = '',
}: {
  readonly type: string;
  readonly letters: string;
  readonly description: string;
  readonly words?: string;
}): Meaning => {
  const kind = type.toUpperCase();
  const coarse = lookUp(byLetters, `${kind}/${letters.toUpperCase()}`) ?? lookUp(byType, kind);
  const number = /^0*(\d{1,3})$/.exec(description)?.[1];
  const fine = number === undefined ? undefined : lookUp(byDescription, number);
  if (fine === undefined) return inWords(kind, words) ?? coarse ?? UNMAPPED;
  return coarse !== undefined && (impossible[kind] ?? []).includes(fine.status)
    ? { ...coarse, contradictory: true }
    : fine;
};

const inWords = (type: string, words: string): Meaning | undefined =>
  byWords.find(([kind, pattern]) => kind === type && pattern.test(words))?.[2];
