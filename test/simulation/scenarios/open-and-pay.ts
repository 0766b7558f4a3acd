import type { Stage } from '../system/stage.ts';

/**
 * Opens the trade and lets the buyer pay. False where that came too late: with the API or the
 * provider down for longer than the payment window, the trade has expired before anyone could pay.
 */
export async function openAndPay(stage: Stage, afterSeconds = 0): Promise<boolean> {
  const opened = await stage.openForSure();
  if (afterSeconds > 0) await stage.wait(afterSeconds);
  return opened.status === 201 && (await stage.pay(opened)) !== 'closed';
}
