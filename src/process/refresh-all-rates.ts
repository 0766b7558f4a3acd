import { problemOfDay, problemOfIndicative } from '../fx/judge-day.ts';
import type { RatesPublisher, RatesStore } from '../fx/ports.ts';
import { type RefreshOutcome, refreshRates } from '../fx/refresh-rates.ts';
import { type Staleness, stalenessOf } from '../fx/staleness.ts';
import type { CurrencyCode } from '../money/currency.ts';

type Source = {
  readonly store: Pick<RatesStore, 'latest' | 'putIfAbsent'>;
  readonly publisher: RatesPublisher;
};

export type RefreshAllPorts = {
  readonly ecb: Source;
  readonly indicative: Source;
  /** Currencies that the ECB has announced to publish no longer. */
  readonly discontinued: readonly CurrencyCode[];
  readonly hash: (text: string) => string;
  readonly now: () => Date;
};

export type RefreshedRates = {
  readonly ecb: RefreshOutcome;
  readonly indicative: RefreshOutcome;
  /** Of the ECB's latest stored day; undefined where there is none. */
  readonly staleness: Staleness | undefined;
};

/**
 * Brings both sources up to date. The second one first, because it is the witness for moves of the
 * first that are hard to believe; it is judged by the first in turn, and never needed for it.
 */
export async function refreshAllRates(ports: RefreshAllPorts): Promise<RefreshedRates> {
  const { ecb, indicative, discontinued, hash, now } = ports;
  const reference = await ecb.store.latest();
  const indicativeOutcome = await refreshRates({
    ...{ ...indicative, hash, now },
    judge: (published) => problemOfIndicative(published, { reference, now: now() }),
  });
  const witness = await indicative.store.latest();
  const ecbOutcome = await refreshRates({
    ...{ ...ecb, hash, now },
    judge: (published, previous) =>
      problemOfDay(published, { previous, witness, discontinued, now: now() }),
  });
  const { rateDate } = ecbOutcome;
  return {
    ecb: ecbOutcome,
    indicative: indicativeOutcome,
    staleness: rateDate === undefined ? undefined : stalenessOf(rateDate, now()),
  };
}
