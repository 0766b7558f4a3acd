import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import type { EventOf } from './support/history.ts';
import { silenceOf } from './support/silence.ts';

const DAY_MS = 86_400_000;
/** Between two countries, by docs/carriers.md: the waits, of which the last goes on. */
const WAITS_MS = [2 * DAY_MS, 2 * DAY_MS, 3 * DAY_MS, 7 * DAY_MS] as const;
const OVERDUE_MS = 10 * DAY_MS;
const GIVEN_UP_MS = 60 * DAY_MS;

/**
 * A silent parcel is asked about, as often as its lane says and no oftener; a silence that is too long
 * is told to a person, once; and nobody forgets a parcel before its lane gives it up.
 */
export const carrierAskedInTime = invariant({
  name: '15-carrier-asked-in-time',
  number: 15,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'CarrierAsked') checkAsked(world, { streamId, tradeId, event }, report);
      }
    }
  },
});

function checkAsked(
  { streams, settings }: World,
  asked: {
    readonly streamId: string;
    readonly tradeId: string;
    readonly event: EventOf<'CarrierAsked'>;
  },
  report: Report,
): void {
  const { tradeId, event } = asked;
  const silence = silenceOf(streams.get(asked.streamId) ?? []);
  const before = silence.asked.at(-2);
  const askedMs = Date.parse(event.askedAt);
  const waitedMs = askedMs - Date.parse(before?.askedAt ?? silence.since);
  // Two clocks are in it: who finds that it is time, and who asks.
  if (waitedMs < waitOf(event.asks) - 2 * settings.maxSkewMs) {
    report(tradeId, `asked for the ${event.asks}. time after ${waitedMs} ms`);
  }
  if (event.asks !== silence.asked.length || event.silentSince !== silence.since) {
    report(tradeId, `question ${event.asks} since ${event.silentSince} is miscounted`);
  }
  const isOverdue = askedMs - Date.parse(silence.since) >= OVERDUE_MS;
  const told = silence.told;
  if (told !== (isOverdue ? 1 : 0)) report(tradeId, `a silence was told ${told} times`);
  const nextMs = askedMs + waitOf(event.asks + 1) - Date.parse(silence.since);
  if ((event.nextAskAt === undefined) !== nextMs > GIVEN_UP_MS) {
    report(tradeId, `asked again at ${event.nextAskAt} since ${event.silentSince}`);
  }
}

const waitOf = (ask: number): number =>
  WAITS_MS[ask - 1] ?? (WAITS_MS.at(-1) as (typeof WAITS_MS)[number]);
