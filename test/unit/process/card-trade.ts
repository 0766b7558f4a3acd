import { story } from '../../support/builders.ts';
import { chainDesk } from './chain-desk.ts';

const { tradeOpened, escrowFunded, fundsConverted, milestoneReleased } = story;

export const PAYOUT = 'po_1RiF6bQ7dVxTn1Ys';

/** The trade is paid by card, and held. */
export async function paidByCard() {
  const desk = chainDesk();
  await desk.escrow(tradeOpened, escrowFunded, fundsConverted, milestoneReleased);
  return desk;
}

/** What the provider lists, its payout, and the bank's credit of that. */
export async function paidOut(desk: ReturnType<typeof chainDesk>): Promise<bigint> {
  const net = await desk.provider(PAYOUT);
  await desk.bank('USD', { amountMinor: net, text: `STRIPE ${PAYOUT}` });
  return net;
}
