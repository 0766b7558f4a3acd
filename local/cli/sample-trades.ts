import { setTimeout as wait } from 'node:timers/promises';
import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { StripeSandbox } from '../sandboxes/stripe/server.ts';
import type { Marketplace, OpenedTrade } from './marketplace.ts';
import { sampleTrades } from './sample-data.ts';

export type SamplePlay = {
  readonly marketplace: Marketplace;
  /** Where the buyers pay. */
  readonly stripe: StripeSandbox;
  readonly signal: AbortSignal;
};

/** So that the paid trades are seen in different states at the same time. */
const BETWEEN_PAYMENTS_MS = 4_000;

const open = (
  { marketplace }: Pick<SamplePlay, 'marketplace'>,
  body: CreateTrade,
): Promise<OpenedTrade> => marketplace.openTrade(body, `sample-${body.reference}`);

/** The sample trades once they are opened; their buyers pay these, one after the other. */
export type OpenedSamples = readonly [first: OpenedTrade, ...rest: OpenedTrade[]];

/** Opens a few trades as marketplaces do: one stays unpaid, and one is canceled. */
export async function openSampleTrades(
  play: Pick<SamplePlay, 'marketplace'>,
): Promise<OpenedSamples> {
  const { lamps, bearings, frames, microscopes, valves } = sampleTrades;
  await open(play, valves);
  const { id } = await open(play, microscopes);
  const first = await open(play, lamps);
  const rest = [await open(play, bearings), await open(play, frames)];
  await play.marketplace.cancelTrade(id);
  return [first, ...rest];
}

/** Pays them one after the other. Stops in between where the signal aborts. */
export async function paySampleTrades(
  { stripe, signal }: Pick<SamplePlay, 'stripe' | 'signal'>,
  opened: OpenedSamples,
): Promise<void> {
  for (const { payment } of opened) {
    if (signal.aborted) return;
    stripe.control.pay(payment.paymentIntentId);
    await wait(BETWEEN_PAYMENTS_MS, undefined, { signal });
  }
}
