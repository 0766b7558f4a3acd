import * as z from 'zod/mini';
import { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { confirmPayout, payRelease, type SettlementPorts } from '../settlement/settle.ts';
import { type Handled, handledBy, inOrder } from './handled.ts';

/** What the settlement queue carries: released milestones, and payouts that wait for confirmation. */
export const SettlementMessage = z.discriminatedUnion('kind', [RoutedRecord, DeadlinePassed]);
export type SettlementMessage = z.infer<typeof SettlementMessage>;

/** Pays what was released; asks the provider again about a payout it has not confirmed in time. */
export const consumeSettlement =
  (ports: SettlementPorts) =>
  async (message: SettlementMessage): Promise<Handled> => {
    if (message.kind === 'deadline_passed') {
      const { subjectId: payoutId, messageId: cause } = message;
      return handledBy(await confirmPayout(ports, { payoutId, cause }));
    }
    const { record, messageId } = message;
    const { marketplaceId } = record;
    const releases = record.events.filter((event) => event.type === 'MilestoneReleased');
    return inOrder(
      releases.map(
        (release) => async () =>
          handledBy(await payRelease(ports, release, { marketplaceId, cause: messageId })),
      ),
    );
  };
