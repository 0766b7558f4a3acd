import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame } from './support/arithmetic.ts';
import { escrowOf, eventsOf, firstOf } from './support/history.ts';
import { publicStatus } from './support/lifecycle.ts';

const MINUTE_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

/**
 * The read models are what a replay of the events gives: a summary for each trade, a posting for
 * each leg, the turnover of each account by the minute, a tracker for each label.
 */
export const readModelsEqualReplay = invariant({
  name: '11-read-models-equal-replay',
  number: 11,
  when: 'rest',
  find: (world, report) => {
    checkSummaries(world, report);
    checkPostings(world, report);
    checkTrackers(world, report);
  },
});

function checkSummaries(world: World, report: Report): void {
  for (const { tradeId } of world.trades) {
    const records = escrowOf(world, tradeId);
    const summary = world.views.trades.get(tradeId);
    const terms = firstOf(records, 'TradeOpened');
    if (terms === undefined) {
      if (summary !== undefined) report(tradeId, 'a summary of a trade that was never opened');
      continue;
    }
    const isRight =
      summary !== undefined &&
      summary.status === publicStatus(records) &&
      summary.version === records.length &&
      summary.marketplaceId === terms.marketplaceId &&
      summary.reference === terms.reference &&
      isSame(summary.amount, terms.amount) &&
      isSame(summary.payIn, terms.quote.sell) &&
      summary.openedAt === records[0]?.recordedAt &&
      summary.updatedAt === records.at(-1)?.recordedAt;
    if (isRight) continue;
    const shown = summary === undefined ? 'missing' : `${summary.status} ${summary.version}`;
    report(tradeId, `summary ${shown}, events ${publicStatus(records)} ${records.length}`);
  }
}

/** The turnover of one account in one currency in one minute. */
type Slice = { postings: number; debitMinor: bigint; creditMinor: bigint };

function checkPostings(world: World, report: Report): void {
  const slices = new Map<string, Slice>();
  let legs = 0;
  for (const record of world.records) {
    legs += checkRecord(world, record, { slices, report });
  }
  const { postings } = world.views;
  if (postings.size !== legs) report(null, `${postings.size} postings of ${legs} legs`);
  checkSlices(world, slices, report);
}

/** Answers how many legs the record has. */
function checkRecord(
  { views }: World,
  { streamId, sequence, recordedAt, tradeId, journal }: TradelaneRecord,
  { slices, report }: { readonly slices: Map<string, Slice>; readonly report: Report },
): number {
  let count = 0;
  journal.forEach(({ kind, legs }, entryIndex) => {
    legs.forEach(({ account, currency, amountMinor, scope }, legIndex) => {
      count += 1;
      addTo(slices, `${account}#${currency}#${recordedAt.slice(0, MINUTE_LENGTH)}`, amountMinor);
      const postingId = `${streamId}#${sequence}#${entryIndex}#${legIndex}`;
      const posting = views.postings.get(postingId);
      const isRight =
        posting !== undefined &&
        posting.account === account &&
        posting.currency === currency &&
        posting.amountMinor === amountMinor &&
        posting.scope === scope &&
        posting.kind === kind &&
        posting.bookedAt === recordedAt &&
        posting.tradeId === tradeId;
      if (!isRight) report(tradeId, `posting ${postingId} is missing or not the leg`);
    });
  });
  return count;
}

function addTo(slices: Map<string, Slice>, key: string, amountMinor: bigint): void {
  const slice = slices.get(key) ?? { postings: 0, debitMinor: 0n, creditMinor: 0n };
  slice.postings += 1;
  if (amountMinor > 0n) slice.debitMinor += amountMinor;
  else slice.creditMinor -= amountMinor;
  slices.set(key, slice);
}

function checkSlices({ views }: World, slices: Map<string, Slice>, report: Report): void {
  if (views.slices.size !== slices.size) {
    report(null, `${views.slices.size} slices of the trial balance for ${slices.size}`);
  }
  for (const [key, due] of slices) {
    const slice = views.slices.get(key);
    const isRight =
      slice?.postings === due.postings &&
      slice.debitMinor === due.debitMinor &&
      slice.creditMinor === due.creditMinor;
    if (!isRight) {
      report(null, `slice ${key} has ${slice?.postings ?? 0} of ${due.postings} postings`);
    }
  }
}

function checkTrackers({ records, views }: World, report: Report): void {
  for (const { provider, trackerId, shipmentId, tradeId } of eventsOf(records, 'LabelPurchased')) {
    const known = views.trackers.get(`${provider}#${trackerId}`);
    if (known !== shipmentId) report(tradeId, `tracker ${trackerId} leads to ${known}`);
  }
  for (const { provider, parcels, shipmentId, tradeId } of eventsOf(records, 'ParcelsLabeled')) {
    for (const { trackerId } of parcels) {
      const known = views.trackers.get(`${provider}#${trackerId}`);
      if (known !== shipmentId) report(tradeId, `tracker ${trackerId} leads to ${known}`);
    }
  }
}
