import type { StripeState } from '../stripe-state.ts';

/** Stripe's search shows what was made up to a minute late, in an outage later. */
const SEARCH_LAG_MS = 60_000;

/** Search is not read after write: what is younger than its lag may be missing. */
export function ofTrade<
  T extends { readonly tradeId: string | null; readonly createdAtMs: number },
>({ sim }: StripeState, objects: readonly T[], query: string): readonly T[] {
  const wanted = /^metadata\['trade_id'\]:'([^']+)'$/.exec(query)?.[1];
  const shownUntilMs = sim.scheduler.nowMs() - SEARCH_LAG_MS;
  return objects.filter(
    ({ tradeId, createdAtMs }) =>
      tradeId === wanted && (createdAtMs <= shownUntilMs || !sim.strikes('staleSearch')),
  );
}
