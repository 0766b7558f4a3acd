import type { DisputeOpened, Side } from '../../events/escrow/dispute-opened.v1.ts';

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
