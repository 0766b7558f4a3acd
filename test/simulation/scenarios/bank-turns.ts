import { isAnswered, type Stage } from '../system/stage.ts';
import type { StripeDispute } from '../world.ts';
import { decide, ENDS_OF_CHARGEBACK, size } from './chargebacks.ts';
import { openAndPay } from './open-and-pay.ts';
import { paid, part } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A person looks at what becomes of the money, and deletes the message. */
const ALREADY_LOST = ['chargeback.already_lost'];

/** Within so many days, or sometimes within a second. */
const sometime = ({ draw, wait }: Stage, days: number): Promise<void> =>
  wait(draw.chance(0.7) ? draw.between(0, days * DAY) : draw.unit());

/** The bank disputes all of the charge or a part, at times in what it settled in. */
const begin = (stage: Stage, isInquiry = false): Promise<StripeDispute | undefined> =>
  stage.chargeBack(size(stage), { isInquiry, inSettled: stage.draw.chance(0.3) });

/** The seller has the goods accepted and is paid before the bank comes, or not. */
async function acceptMaybe(stage: Stage, chance: number): Promise<void> {
  if (!stage.draw.chance(chance)) return;
  await stage.seen('ShipmentBooked');
  await stage.insist(stage.accept, ({ status }) => status === 200);
}

/** The inquiry ends by itself, or the bank takes the money, and then it may go no further. */
async function goOn(stage: Stage, dispute: StripeDispute): Promise<void> {
  const { draw } = stage;
  await sometime(stage, 10);
  if (draw.chance(0.2)) await stage.reviewChargeback(dispute);
  const next = draw.pick(['closed', 'escalated', 'escalated', 'prevented'] as const);
  if (next === 'prevented') return stage.prevent(dispute);
  await stage.endInquiry(dispute, next);
  if (next === 'closed') return undefined;
  if (draw.chance(0.7)) return decide(stage, dispute);
  // A refund that is on its way for seconds is not overtaken by all that a bank says.
  await stage.wait(draw.between(HOUR, 2 * DAY));
  return stage.prevent(dispute);
}

/** While the bank asks, the marketplace gives the buyer some or all of it back. */
async function refundMaybe(stage: Stage): Promise<void> {
  const { draw } = stage;
  if (!draw.chance(0.5)) return;
  const thousandths = draw.pick([100, 400, 1_000, 1_000]);
  await sometime(stage, 5);
  const amount = part(await paid(stage), thousandths);
  await stage.insist(() => stage.refund('asked-for', amount), isAnswered);
}

/** The bank asks before it takes anything: nothing is released, and a refund is made. */
export const bankAsksFirst: Scenario = {
  name: 'bank-asks-first',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await acceptMaybe(stage, 0.3);
      await sometime(stage, 4);
      const dispute = await begin(stage, true);
      if (dispute === undefined) return;
      await Promise.all([
        goOn(stage, dispute),
        refundMaybe(stage),
        stage.draw.chance(0.3) ? stage.accept() : undefined,
      ]);
    },
  }),
};

/** What was won, and is back, the bank takes again, once or twice; then it decides. */
export const bankChangesItsMind: Scenario = {
  name: 'bank-changes-its-mind',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await acceptMaybe(stage, 0.4);
      await sometime(stage, 4);
      const dispute = await begin(stage);
      if (dispute === undefined) return;
      const times = stage.draw.chance(0.2) ? 2 : 1;
      for (let turn = 0; turn < times; turn += 1) {
        await sometime(stage, 10);
        await stage.endChargeback(dispute, 'won');
        await sometime(stage, 10);
        await stage.takeAnew(dispute);
      }
      await decide(stage, dispute);
    },
  }),
};

/** What was lost is won after all: its money is booked, and a person looks at who gets it. */
export const wonOnAppeal: Scenario = {
  name: 'won-on-appeal',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    deadLetterCodes: ALREADY_LOST,
    deletedCodes: ALREADY_LOST,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await acceptMaybe(stage, 0.4);
      await sometime(stage, 4);
      const dispute = await begin(stage);
      if (dispute === undefined) return;
      await sometime(stage, 10);
      await stage.endChargeback(dispute, 'lost');
      await sometime(stage, 30);
      await stage.winOnAppeal(dispute);
    },
  }),
};
