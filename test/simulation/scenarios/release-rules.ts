import type { Random } from '../engine/random.ts';
import type { ApiAnswer } from '../system/api.ts';
import type { Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Plan, Scenario } from './scenario.ts';
import {
  deliveredJourney,
  type MilestoneRequest,
  type TradeRequest,
  tradeRequest,
} from './trade-request.ts';

const DAY = 86_400;
/** The day on which every world begins, and a number of days after it. */
const WORLD_BEGINS = '2026-11-23T08:00:00.000Z';
const dayAfter = (seconds: number): string =>
  new Date(Date.parse(WORLD_BEGINS) + seconds * 1_000).toISOString();

type Release = NonNullable<MilestoneRequest['release']>;

const PAPER: Release = { rule: 'document', documentType: 'bill_of_lading' };
const onDay = (draw: Random): Release => ({
  ...{ rule: 'date', releaseAt: dayAfter(draw.between(0, 20 * DAY)) },
});

const planFor = (
  draw: Random,
  request: TradeRequest,
  play: (stage: Stage) => Promise<void>,
): Plan => ({
  request,
  carrier: { journey: deliveredJourney(draw) },
  ends: ['settled', 'expired'],
  calmEnds: ['settled'],
  play,
});

/**
 * A paper is presented until it is taken, perhaps twice at once, perhaps after one of another kind.
 * Where the money takes days to be held, it is presented again once the goods can go.
 */
async function presentPaper(stage: Stage, milestoneId: string): Promise<void> {
  const { draw, present, insist } = stage;
  if (draw.chance(0.3)) await present(milestoneId, 'other');
  const isTaken = ({ status }: ApiAnswer): boolean => status === 200;
  const insisted = () => insist(() => present(milestoneId), isTaken);
  const [first] = await Promise.all([
    insisted(),
    draw.chance(0.3) ? present(milestoneId) : undefined,
  ]);
  if (isTaken(first)) return;
  await stage.seen('FundsConverted');
  await insisted();
}

/** All of it is released by a bill of lading, as the goods travel, before or after. */
export const releasedByDocument: Scenario = {
  name: 'released-by-document',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const milestones = [{ milestoneId: 'paper', amount: request.amount, release: PAPER }];
    return planFor(draw, { ...request, milestones }, async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.wait(stage.draw.between(0, 6 * DAY));
      await presentPaper(stage, 'paper');
    });
  },
};

/** All of it is released on a day, which may come before the money does. */
export const releasedOnADay: Scenario = {
  name: 'released-on-a-day',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const release = onDay(draw);
    const milestones = [{ milestoneId: 'day', amount: request.amount, release }];
    return planFor(draw, { ...request, milestones }, async (stage) => {
      await openAndPay(stage);
    });
  },
};

const ALL_BASIS_POINTS = 10_000;

/** Shares that are no round parts of anything, and one for each rule. */
function mixedMilestones(draw: Random, { amount }: TradeRequest): readonly MilestoneRequest[] {
  const releases: readonly Release[] = [
    PAPER,
    onDay(draw),
    { rule: 'inspection' },
    ...(draw.chance(0.5) ? [{ rule: 'acceptance' } as const] : []),
  ];
  const cuts = [3_333, 1_501, 2_222].slice(0, releases.length - 1);
  const shares = [...cuts, ALL_BASIS_POINTS - cuts.reduce((sum, cut) => sum + cut, 0)];
  const isByShare = draw.chance(0.5);
  const total = Number(amount.amountMinor);
  const parts = cuts.map((share) => Math.floor((total * share) / ALL_BASIS_POINTS));
  const amounts = [...parts, total - parts.reduce((sum, part) => sum + part, 0)];
  return releases.map((release, index) => ({
    milestoneId: release.rule,
    release,
    inspectionPeriodSeconds: draw.pick([0, 3_600, DAY]),
    ...(isByShare
      ? { shareBasisPoints: shares[index] ?? 0 }
      : {
          amount: { currency: amount.currency, amountMinor: String(amounts[index] ?? 0) },
        }),
  }));
}

/** Milestones by paper, day, inspection and the buyer's word, by shares or by amounts, side by side. */
export const mixedRules: Scenario = {
  name: 'mixed-rules',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const milestones = mixedMilestones(draw, request);
    const hasWord = milestones.some(({ milestoneId }) => milestoneId === 'acceptance');
    return planFor(draw, { ...request, milestones }, async (stage) => {
      if (!(await openAndPay(stage))) return;
      const accept = async () => {
        await stage.seen('ShipmentBooked');
        await stage.wait(stage.draw.between(0, 15 * DAY));
        await stage.insist(stage.accept, ({ status }) => status === 200);
      };
      await Promise.all([
        stage.wait(stage.draw.between(0, 10 * DAY)).then(() => presentPaper(stage, 'document')),
        hasWord ? accept() : undefined,
      ]);
    });
  },
};
