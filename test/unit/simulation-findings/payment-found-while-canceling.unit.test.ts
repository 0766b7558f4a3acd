import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import { cancelTrade } from '../../../src/escrow/cancel-trade.ts';
import { closePayment } from '../../../src/escrow/collect.ts';
import { openTrade } from '../../../src/escrow/open-trade.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { deadlinesOf } from '../../../src/process/deadlines-of.ts';
import { historyOf } from '../../../src/process/escrow-history.ts';
import { later, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { escrowDesk, storyProposal } from '../escrow/desk.ts';

/**
 * Seed 3782399298 of a stormy world: the payment's webhook was lost, the window ended, Stripe said
 * "paid" to the cancellation, the refusal was recorded, and the next call failed. The second try
 * found nothing to cancel any more: the buyer's money lay at Stripe and in no book, for good.
 */
describe('A cancellation that meets money whose webhook was lost', () => {
  const paidAndCanceling = async () => {
    const desk = escrowDesk();
    await desk.ready();
    await openTrade(desk.ports, storyProposal);
    desk.payments.pay('pi_1');
    return desk;
  };

  it('books the money in the first thing it records', async () => {
    const { ports, context, types } = await paidAndCanceling();
    await cancelTrade(ports, context('api#1'));
    expect(types().slice(2)).toEqual(['CancellationRequested', 'EscrowFunded']);
  });

  it('books it at the second try where the first could not record anything', async () => {
    const { ports, context, state } = await paidAndCanceling();
    const { store } = ports;
    const failing = {
      ...ports,
      store: {
        ...store,
        append: async (record: Parameters<typeof store.append>[0]) => {
          if (record.events.some(({ type }) => type !== 'CancellationRequested')) {
            throw new Error('InternalServerError');
          }
          return store.append(record);
        },
      },
    };
    await expect(cancelTrade(failing, context('api#1'))).rejects.toThrow();
    expect(await state()).toMatchObject({ status: 'canceling' });
    await closePayment(ports, context('message-1'));
    expect(await state()).toMatchObject({ status: 'funded' });
  });
});

/**
 * A bank debit is in processing when the window ends. The one deadline of the trade was used up by
 * then, so that a lost webhook would have left its money unbooked.
 */
describe('A cancellation that is refused because the payment is in processing', () => {
  const { payBy, tradeId } = story.tradeOpened;
  const opened = recordOf('escrow#trd_1', 1, [story.tradeOpened]) as EventRecord<EscrowEvent>;
  const hour = 3_600;

  /** What a refusal so many seconds after the end of the window sets. */
  const deadlinesAfter = (seconds: number) => {
    const record = recordOf('escrow#trd_1', 4, [story.cancellationRefused]);
    const recordedAt = later(payBy, seconds);
    return deadlinesOf({ ...record, recordedAt } as TradelaneRecord, historyOf([opened]).state);
  };
  const dueAfter = (seconds: number) => deadlinesAfter(seconds).map(({ dueAt }) => dueAt);

  it('sets a deadline at which the provider is asked again', () => {
    expect(deadlinesAfter(30)).toEqual([
      expect.objectContaining({
        deadline: 'payment_due',
        subjectId: tradeId,
        dueAt: later(payBy, 12 * hour),
      }),
    ]);
  });

  /**
   * Seed 163 of a stormy world: the end of the window, two requests of the marketplace and a repeat
   * were refused, and each refusal went on asking every 12 hours beside the others, two records a time.
   */
  it('sets the same one as every other refusal of those hours', () => {
    expect(dueAfter(-1_200)).toEqual(dueAfter(30));
    expect(dueAfter(11 * hour)).toEqual(dueAfter(30));
    expect(dueAfter(13 * hour)).toEqual([later(payBy, 24 * hour)]);
  });

  it('never sets one again that has just passed by another clock', () => {
    expect(dueAfter(-20)).toEqual([later(payBy, 12 * hour)]);
    expect(dueAfter(12 * hour - 20)).toEqual([later(payBy, 24 * hour)]);
  });
});
