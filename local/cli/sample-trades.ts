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

const open = ({ marketplace }: SamplePlay, body: CreateTrade): Promise<OpenedTrade> =>
  marketplace.openTrade(body, `sample-${body.reference}`);

/**
 * Opens a few trades as marketplaces do: one stays unpaid, one is canceled, and the buyers of the
 * others pay one after the other. Stops in between where the signal aborts.
 */
export async function playSampleTrades(play: SamplePlay): Promise<void> {
  const { lamps, bearings, frames, microscopes, valves } = sampleTrades;
  await open(play, valves);
  const { id } = await open(play, microscopes);
  const awaited: OpenedTrade[] = [];
  for (const body of [lamps, bearings, frames]) awaited.push(await open(play, body));
  await play.marketplace.cancelTrade(id);
  for (const { payment } of awaited) {
    if (play.signal.aborted) return;
    play.stripe.control.pay(payment.paymentIntentId);
    await wait(BETWEEN_PAYMENTS_MS, undefined, { signal: play.signal });
  }
}
