import type { EscrowEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { makeRefunds, type RefundPorts } from '../../../src/escrow/make-refunds.ts';
import type { PaymentProvider } from '../../../src/escrow/ports.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { fakePayments } from '../../support/fake-payments.ts';
import { recordOf } from '../../support/records.ts';
import { commands, histories } from '../escrow/escrow-states.ts';

/** A refund that is valued, as the bank asks about its charge and is answered. */
const valued = histories.refund_valued;
const { chargeId } = story.escrowFunded;
const turn: readonly EscrowEvent[] = [
  story.chargebackOpened,
  story.chargebackAdjusted,
  story.chargebackWon,
];

async function setUp(history: readonly EscrowEvent[]) {
  const records = inMemoryRecordStore<EscrowEvent>();
  const { provider, refunds } = fakePayments();
  let size = 0;
  const tell = async (...events: readonly EscrowEvent[]) => {
    for (const event of events) {
      size += 1;
      await records.append({
        ...recordOf(escrowStream(tradeId), size, [event]),
        ...{ journal: [], events: [event] },
      });
    }
  };
  await tell(...history);
  /** Carries the refund out; `asked` is done once this worker knows what the provider has. */
  const work = (cause: string, asked = async (): Promise<void> => {}) => {
    const payments: PaymentProvider = {
      ...provider,
      findRefund: async (request) => {
        const found = await provider.findRefund(request);
        await asked();
        return found;
      },
    };
    const ports: RefundPorts = {
      ...{ payments, rates: { mid: async () => commands.ValueRefund.mid } },
      store: journaledStore(records),
      now: () => new Date(story.refundValued.valuedAt),
    };
    return makeRefunds(ports, { tradeId, cause });
  };
  return { refunds, tell, work };
}

/**
 * World 236734986: a worker had asked for the refund, found none, and was slow. The bank's inquiry came and ended
 * meanwhile; another worker made the refund under the key of after the chargeback, and then the slow one made
 * it under the key of before.
 */
describe('A refund around which a chargeback comes and ends', () => {
  it('is made once, though a slow worker knows of no chargeback', async () => {
    const { refunds, tell, work } = await setUp(valued);
    await work('slow', async () => {
      await tell(...turn);
      await work('quick');
    });
    expect(refunds.all()).toHaveLength(1);
  });

  it('is asked for under another key where the provider repeats that the charge was disputed', async () => {
    const { refunds, tell, work } = await setUp(valued);
    refunds.dispute(chargeId);
    expect(await work('during')).toMatchObject({ code: 'refund.charge_disputed' });
    refunds.endDispute(chargeId);
    await tell(...turn);
    await work('after');
    expect(refunds.all()).toHaveLength(1);
  });

  it('does not turn to bank on a refusal from before an end that the worker did not know', async () => {
    const { refunds, tell, work } = await setUp(valued);
    refunds.dispute(chargeId);
    const outcome = await work('slow', () => tell(...turn));
    expect(outcome).toMatchObject({ kind: 'too_early', code: 'refund.charge_disputed' });
    refunds.endDispute(chargeId);
    await work('again');
    expect(refunds.all()).toHaveLength(1);
  });
});
