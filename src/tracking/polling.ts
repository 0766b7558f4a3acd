import * as z from 'zod/mini';
import { countryCode } from '../../events/common.ts';

const daySeconds = 86_400;
const seconds = z.int().check(z.gte(1), z.lte(365 * daySeconds));

/**
 * How patient we are with the carriers of a lane. `askAfterSeconds` are the waits before the first,
 * second … question since the last news; the last of them goes on. From `overdueSeconds` of silence
 * on a person is told, after `giveUpSeconds` nobody asks any more. A lane without countries is every
 * lane, or every one that does or does not cross a border.
 */
const Lane = z.strictObject({
  /** ISO 3166-1 alpha-2. */
  from: z.optional(countryCode),
  to: z.optional(countryCode),
  crossesBorder: z.optional(z.boolean()),
  askAfterSeconds: z.array(seconds).check(z.minLength(1), z.maxLength(20)),
  overdueSeconds: seconds,
  giveUpSeconds: seconds,
});
export type Lane = z.infer<typeof Lane>;

const DOMESTIC: Lane = {
  crossesBorder: false,
  askAfterSeconds: [daySeconds, daySeconds, 2 * daySeconds, 4 * daySeconds],
  overdueSeconds: 5 * daySeconds,
  giveUpSeconds: 45 * daySeconds,
};

/** Between airports and at customs a parcel may rest for days without a scan. */
const ACROSS_BORDERS: Lane = {
  askAfterSeconds: [2 * daySeconds, 2 * daySeconds, 3 * daySeconds, 7 * daySeconds],
  overdueSeconds: 10 * daySeconds,
  giveUpSeconds: 60 * daySeconds,
};

/** The lanes of a deployment. The first that fits counts; the usual ones stand behind them. */
export const PollingPolicy = z.strictObject({
  lanes: z._default(z.array(Lane), []),
  /** Who else is to follow every parcel and push what they learn; their keys are in the secret. */
  subscribe: z._default(
    z.array(z.enum(['17track', 'aftership', 'ship24', 'easypost', 'shippo', 'ups'])),
    [],
  ),
});
export type PollingPolicy = z.infer<typeof PollingPolicy>;

/** The usual patience, everywhere. */
export const USUAL_POLLING: PollingPolicy = { lanes: [], subscribe: [] };

const lanesOf = ({ lanes }: Pick<PollingPolicy, 'lanes'>): readonly Lane[] => [
  ...lanes,
  DOMESTIC,
  ACROSS_BORDERS,
];

/** The lane of a parcel between two countries. */
export const laneBetween = (policy: PollingPolicy, from: string, to: string): Lane =>
  lanesOf(policy).find(
    (lane) =>
      (lane.from ?? from) === from &&
      (lane.to ?? to) === to &&
      (lane.crossesBorder ?? from !== to) === (from !== to),
  ) ?? ACROSS_BORDERS;

/** How long to wait after the last news or question, once so many questions were in vain. */
export const waitSeconds = ({ askAfterSeconds }: Lane, asks: number): number =>
  askAfterSeconds[asks] ?? askAfterSeconds.at(-1) ?? daySeconds;

const after = (instant: string, waited: number): string =>
  new Date(Date.parse(instant) + waited * 1_000).toISOString();

/**
 * When to ask about a parcel of which nothing was heard since `silentSince`; undefined once the lane
 * gives up. `asks` were in vain, the last one at `askedAt`.
 */
export function nextAskAt(
  lane: Lane,
  silence: {
    readonly silentSince: string;
    readonly asks: number;
    readonly askedAt?: string | undefined;
  },
): string | undefined {
  const { silentSince, asks, askedAt } = silence;
  const next = after(askedAt ?? silentSince, waitSeconds(lane, asks));
  return next > after(silentSince, lane.giveUpSeconds) ? undefined : next;
}

/** Whether a silence is longer than its lane allows. */
export const isOverdue = ({ overdueSeconds }: Lane, silentSince: string, at: string): boolean =>
  at >= after(silentSince, overdueSeconds);

/** Looks that fall into one part of the wait are one look. */
const PARTS_OF_A_WAIT = 4;

/**
 * When to look whether a parcel is silent, after news at that instant: no lane asks sooner. News that
 * come close together lead to the same look, so that a parcel that moves costs few of them.
 */
export function firstLookAt(policy: PollingPolicy, newsAt: string): string {
  const shortest = Math.min(...lanesOf(policy).map((lane) => waitSeconds(lane, 0)));
  const gridMs = Math.max(1, Math.floor(shortest / PARTS_OF_A_WAIT)) * 1_000;
  return new Date(Math.ceil(Date.parse(after(newsAt, shortest)) / gridMs) * gridMs).toISOString();
}
