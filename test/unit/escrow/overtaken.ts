import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands } from './escrow-states.ts';
import { fundedOf } from './grown.ts';

/** A chargeback is lost that took a part of what was decided for the buyer and had not gone back. */
export const usd = (minor: bigint) => money('USD', minor);
export const eur = (minor: bigint) => money('EUR', minor);
export const { chargebackId } = story.chargebackOpened;
export const at = story.chargebackLost.closedAt;
export const paid = story.escrowFunded.received;
export const restId = refundIdFor(tradeId, `rest#${chargebackId}`);
export const taken = 400_000n;

/** The chargeback, or another, is lost: so much of the charge. */
export const lost = (minor: bigint, id = chargebackId): EscrowCommand => ({
  ...commands.RecordChargebackLost,
  chargeback: reportedChargeback({
    ...{ chargebackId: id, status: 'lost', amount: eur(minor) },
    withdrawn: usd((minor * 114n) / 100n),
  }),
  at,
});

export const refundsOf = (history: readonly EscrowEvent[]) =>
  fundedOf(history).refunds.map(({ refundId, amount, status }) => ({ refundId, amount, status }));
