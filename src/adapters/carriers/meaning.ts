import type { TrackingReason, TrackingStatus } from '../../tracking/status.ts';

/**
 * What a provider's code means in canonical terms. `unmapped` says that the code, or a part of it,
 * is not known to us; `contradictory` that its parts say different things.
 */
export type Meaning = {
  readonly status: TrackingStatus;
  readonly reason?: TrackingReason;
  readonly unmapped?: true;
  readonly contradictory?: true;
};

/** `status` or `status/reason`, so that a table of codes reads as a table. */
export type MeaningText = TrackingStatus | `${TrackingStatus}/${TrackingReason}`;

export type MeaningTable = Readonly<Record<string, MeaningText>>;

/** A code that we do not know says nothing, and shows. */
export const UNMAPPED: Meaning = { status: 'unknown', unmapped: true };

/** A code that is known to say nothing about where the parcel is. */
export const SILENT: Meaning = { status: 'unknown' };

/** @example meaning('exception/weather') // { status: 'exception', reason: 'weather' } */
export const meaning = (text: MeaningText): Meaning => {
  const [status, reason] = text.split('/') as [TrackingStatus, TrackingReason | undefined];
  return reason === undefined ? { status } : { status, reason };
};

/** The meaning of a code in a table; undefined where the table does not have it. */
export const lookUp = (table: MeaningTable, code: string): Meaning | undefined =>
  Object.hasOwn(table, code) ? meaning(table[code] as MeaningText) : undefined;

/** A table from lists of codes, each under what they mean. */
export const tableOf = (
  codesByMeaning: Readonly<Partial<Record<MeaningText, string>>>,
): MeaningTable =>
  Object.fromEntries(
    Object.entries(codesByMeaning).flatMap(([text, codes]) =>
      (codes ?? '').split(/\s+/).map((code) => [code, text as MeaningText] as const),
    ),
  );

/** A meaning that came from one part of a code while another part is not known. */
export const unmapped = (known: Meaning): Meaning => ({ ...known, unmapped: true });

const reasonTexts: readonly (readonly [pattern: RegExp, reason: TrackingReason])[] = [
  [/\bweather\b|\bstorm\b|\bsnow\b|\bflood/i, 'weather'],
  [/\bdamage/i, 'damaged'],
  [/\brefused?\b|\brejected\b/i, 'refused'],
  [/\blost\b|\bmissing (?:package|parcel|item)/i, 'lost'],
  [/\bmis-?sort|\bmis-?sent|\bmis-?routed|\bmis-?shipped/i, 'missort'],
  [/\bduty\b|\bduties\b|\btax(?:es)?\b/i, 'customs_duty_unpaid'],
  [/\bprohibited\b|\bseized\b/i, 'customs_prohibited'],
  [/\bcustoms\b|\bclearance\b|\bpaperwork\b|\bdocument/i, 'customs_docs'],
  [
    /\bnot (?:available|home|in)\b|\bnobody\b|\bno one\b|\bclosed\b|\babsent\b/i,
    'recipient_absent',
  ],
  [/\baddress|\bno such number\b|\bmoved\b|\bvacant\b/i, 'address'],
  [/\bpayment\b|\bcod\b|\bfunds\b/i, 'payment'],
  [/\bsecurity\b/i, 'security'],
  [/\bdelay/i, 'carrier_delay'],
];

/** What can hold a parcel in customs. */
const CUSTOMS_REASONS: readonly TrackingReason[] = [
  'customs_docs',
  'customs_duty_unpaid',
  'customs_prohibited',
  'payment',
  'security',
];

const NEEDS_REASON: readonly TrackingStatus[] = [
  'exception',
  'delivery_attempted',
  'customs_held',
  'returning',
  'failed',
];

/** Adds why, from the carrier's English text, to trouble whose code does not say it. */
export const explained = (said: Meaning, text: string): Meaning => {
  if (said.reason !== undefined || !NEEDS_REASON.includes(said.status)) return said;
  const reason = reasonTexts.find(
    ([pattern, named]) =>
      pattern.test(text) && (said.status !== 'customs_held' || CUSTOMS_REASONS.includes(named)),
  )?.[1];
  return reason === undefined ? said : { ...said, reason };
};
