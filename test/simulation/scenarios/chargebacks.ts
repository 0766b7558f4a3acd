import { money } from '../../../src/money/money.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import type { StripeDispute } from '../world.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Plan, Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
const HUNDRED = 100n;

/** Where a trade rests whose charge the bank disputed. */
export const ENDS_OF_CHARGEBACK = {
  ends: ['settled', 'refunded', 'charged_back', 'expired'],
  calmEnds: ['settled', 'refunded', 'charged_back'],
} as const;

/** The bank gets evidence or not, and decides; a part may come back long after it was lost. */
export async function decide(stage: Stage, dispute: StripeDispute): Promise<void> {
  const { draw, wait } = stage;
  await wait(draw.between(0, 20 * DAY));
  if (draw.chance(0.3)) await stage.reviewChargeback(dispute);
  await wait(draw.between(0, DAY));
  const end = draw.chance(0.5) ? 'lost' : 'won';
  await stage.endChargeback(dispute, end);
  if (end === 'won' || draw.chance(0.7)) return;
  await wait(draw.between(0, 5 * DAY));
  await stage.giveBack(dispute, draw.between(1, 1_000));
}

/** All of the charge, or a part. */
export const size = ({ draw }: Stage): number => (draw.chance(0.5) ? 100 : draw.between(1, 99));

/** The bank disputes the charge, all of it or a part, and that ends. */
export async function chargeBack(stage: Stage): Promise<void> {
  const dispute = await stage.chargeBack(size(stage));
  if (dispute !== undefined) await decide(stage, dispute);
}

/** As the goods are on their way, in inspection or not even ordered, and as somebody accepts them. */
export const chargebackBeforeRelease: Scenario = {
  name: 'chargeback-before-release',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.wait(stage.draw.pick([0, stage.draw.unit(), stage.draw.between(0, 4 * DAY)]));
      await Promise.all([chargeBack(stage), stage.draw.chance(0.3) ? stage.accept() : undefined]);
    },
  }),
};

/**
 * The seller is paid, or about to be, and the bank takes it back: what is lost the seller owes, and
 * the next payouts are less.
 */
export const chargebackAfterRelease: Scenario = {
  name: 'chargeback-after-release',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.seen('ShipmentBooked');
      await stage.insist(stage.accept, ({ status }) => status === 200);
      await stage.wait(stage.draw.pick([0, stage.draw.unit(), stage.draw.between(0, 2 * DAY)]));
      await chargeBack(stage);
    },
  }),
};

/** Milestones of which some are released when the bank disputes a part; two banks' words may differ. */
export const chargebackOnMilestones: Scenario = {
  name: 'chargeback-on-milestones',
  weight: 1,
  plan: (draw, ordinal): Plan => {
    const request = tradeRequest(draw, ordinal, { seller: 'regular' });
    const inspections = [0, 2 * DAY, 9 * DAY];
    const milestones = [2_500, 3_333, 4_167].map((shareBasisPoints, index) => ({
      ...{ milestoneId: `part-${index + 1}`, shareBasisPoints },
      inspectionPeriodSeconds: inspections[index] ?? 0,
    }));
    return {
      request: { ...request, milestones },
      carrier: { journey: deliveredJourney(draw) },
      ...ENDS_OF_CHARGEBACK,
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.seen('DeliveryConfirmed');
        await stage.wait(stage.draw.between(0, 9 * DAY));
        const first = await stage.chargeBack(stage.draw.between(1, 60));
        if (first === undefined) return;
        await decide(stage, first);
        if (!stage.draw.chance(0.3)) return;
        const second = await stage.chargeBack(stage.draw.between(1, 40));
        if (second !== undefined) await decide(stage, second);
      },
    };
  },
};

/** A refund is asked for, or made, or fails for it, as the bank takes the money back. */
export const chargebackRacesRefund: Scenario = {
  name: 'chargeback-races-refund',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.seen('ShipmentBooked');
      const { draw: chance } = stage;
      if (chance.chance(0.3)) await stage.accept();
      const { payIn } = JSON.parse(
        (await stage.insist(stage.get, ({ status }) => status === 200)).body,
      ) as { payIn: { currency: 'EUR'; amountMinor: string } };
      const share = BigInt(chance.pick([10, 40, 100]));
      const amount = money(payIn.currency, (BigInt(payIn.amountMinor) * share) / HUNDRED);
      await Promise.all([
        stage.wait(chance.unit()).then(() => chargeBack(stage)),
        stage
          .wait(chance.pick([0, chance.unit(), chance.between(0, DAY)]))
          .then(() => stage.insist(() => stage.refund('race', amount), isAnswered)),
      ]);
      // What the bank did not take of a refund that was called off goes back all the same.
      await stage.seen('ChargebackWon', 'ChargebackLost');
      await stage.insist(stage.accept, isAnswered);
    },
  }),
};

/** The buyer disputes here and at the bank, and a part is set aside for duties: who decides first? */
export const chargebackRacesDispute: Scenario = {
  name: 'chargeback-races-dispute',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal, { seller: 'regular' });
    const minor = BigInt(request.amount.amountMinor);
    const part = (hundredths: number) =>
      money(request.amount.currency, (minor * BigInt(hundredths)) / HUNDRED);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ...ENDS_OF_CHARGEBACK,
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.seen('FundsConverted');
        const { draw: chance } = stage;
        const isEarmarked =
          chance.chance(0.3) && (await stage.earmark('customs', part(20))).status !== 409;
        await stage.wait(chance.between(0, 3 * DAY));
        const dispute = async () => {
          const disputed = await stage.insist(() => stage.dispute('both'), isAnswered);
          await stage.wait(chance.between(7 * DAY, 16 * DAY));
          if (disputed.status === 200 && chance.chance(0.6)) {
            await stage.decide('both', part(chance.pick([0, 37, 80])));
          }
        };
        const isOvertaken = chance.chance(0.5);
        if (isOvertaken) {
          // The award's refund is on its way to the provider as the bank takes a part of the charge.
          await dispute();
          await stage.wait(chance.pick([0, chance.unit()]));
          await chargeBack(stage);
        } else {
          await Promise.all([
            stage.wait(chance.pick([0, chance.unit(), DAY])).then(() => chargeBack(stage)),
            dispute(),
          ]);
        }
        if (isEarmarked) await stage.insist(() => stage.payDuties('customs'), isAnswered);
      },
    };
  },
};
