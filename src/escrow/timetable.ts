import type { DisputeOpened, Side } from '../../events/escrow/dispute-opened.v1.ts';
import type { Payment, Terms } from './state.ts';

const DAY_SECONDS = 86_400;
const MILLISECONDS_PER_SECOND = 1_000;

/** How long each part of a dispute takes, and what silence at its end means. */
export type DisputeTimetable = {
  /** In which the sides negotiate; afterwards either may escalate. */
  readonly negotiationSeconds: number;
  /** After which the dispute escalates by itself. */
  readonly escalationSeconds: number;
  readonly decisionSeconds: number;
  readonly silenceAwards: Side;
};

/** Three days to negotiate, escalated on the seventh, decided within two weeks, else the buyer's. */
export const DEFAULT_TIMETABLE: DisputeTimetable = {
  negotiationSeconds: 3 * DAY_SECONDS,
  escalationSeconds: 7 * DAY_SECONDS,
  decisionSeconds: 14 * DAY_SECONDS,
  silenceAwards: 'buyer',
};

/** So long before evidence is due somebody is told that there is none. */
const EVIDENCE_NEAR_SECONDS = 3 * DAY_SECONDS;

/** An instant so many seconds after another. */
export const secondsAfter = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * MILLISECONDS_PER_SECOND).toISOString();

/** The deadlines of a dispute that is opened now. */
export const deadlinesOf = (
  { negotiationSeconds, escalationSeconds, decisionSeconds, silenceAwards }: DisputeTimetable,
  openedAt: string,
): Pick<
  DisputeOpened,
  'escalatableAt' | 'escalatesAt' | 'decisionSeconds' | 'silenceAwards' | 'openedAt'
> => ({
  escalatableAt: secondsAfter(openedAt, negotiationSeconds),
  escalatesAt: secondsAfter(openedAt, escalationSeconds),
  decisionSeconds,
  silenceAwards,
  openedAt,
});

/** How long Stripe lets a platform hold money, by its country; 90 days where nothing else is said. */
const HOLD_LIMIT_DAYS: Readonly<Record<string, number>> = { TH: 10, US: 730 };
const OTHER_HOLD_LIMIT_DAYS = 90;

/**
 * The hold limit of a platform in that country, in seconds (docs.stripe.com/connect/manual-payouts).
 */
export const holdLimitSecondsIn = (country: string | undefined): number =>
  // Stryker disable next-line StringLiteral: neither is a country
  (HOLD_LIMIT_DAYS[country ?? ''] ?? OTHER_HOLD_LIMIT_DAYS) * DAY_SECONDS;

const HOLD_PARTS = { warning: 80, forced: 95 } as const;
const HUNDRED = 100;

/** Until when the trade's money may be held; undefined where nothing limits it. */
export const holdLimitAt = (
  { holdLimitSeconds }: Pick<Terms, 'holdLimitSeconds'>,
  { capturedAt }: Pick<Payment, 'capturedAt'>,
): string | undefined =>
  holdLimitSeconds === undefined ? undefined : secondsAfter(capturedAt, holdLimitSeconds);

/** When somebody is told of the limit, and when it forces a decision. */
export const holdPartAt = (
  { holdLimitSeconds = 0 }: Pick<Terms, 'holdLimitSeconds'>,
  { capturedAt }: Pick<Payment, 'capturedAt'>,
  part: keyof typeof HOLD_PARTS,
): string => secondsAfter(capturedAt, Math.floor((holdLimitSeconds * HOLD_PARTS[part]) / HUNDRED));

/** Until when the goods must be with the carrier; undefined where the trade sets no time. */
export const shipByOf = (
  { shipWithinSeconds }: Pick<Terms, 'shipWithinSeconds'>,
  { capturedAt }: Pick<Payment, 'capturedAt'>,
): string | undefined =>
  shipWithinSeconds === undefined ? undefined : secondsAfter(capturedAt, shipWithinSeconds);

/** When somebody is told that a chargeback has no answer yet. */
export const evidenceNearAt = (evidenceDueBy: string): string =>
  secondsAfter(evidenceDueBy, -EVIDENCE_NEAR_SECONDS);
